package dev.cardea.fuzz;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs each fuzz target for a while, one after the other, each in a JVM of its own, and fails if one finds something or if
 * its coverage is small at the end, or what it was at the first input: a fuzzer without its instrumentation is green and tests
 * nothing. Beyond the seeds nothing need be found: they hold what earlier runs found.
 */
public final class Fuzzing {
    private static final Pattern STATUS = Pattern.compile("^#(\\d+)\\s+(\\w+)\\s+cov: (\\d+) ft: \\d+.*exec/s: (\\d+)");
    /** More than a fuzzer sees that sees nothing of the code: it counts two. */
    private static final int LEAST_COVERAGE = 100;

    /** Inputs longer than this are not worth a line among the seeds. */
    private static final int MAX_SEED = 1_000;

    private final Path folder;

    private Fuzzing(Path folder) {
        this.folder = folder;
    }

    /** @param arguments a folder to work in, seconds for each target, and names of targets if not all of them */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> names = List.of(arguments).subList(2, arguments.length);
        boolean clean = true;
        for (Seeds seeds : Seeds.values()) {
            if (names.isEmpty() || names.contains(seeds.word())) {
                Path folder = Path.of(arguments[0]).resolve(seeds.word());
                clean &= new Fuzzing(folder).run(seeds, Integer.parseInt(arguments[1]));
            }
        }
        if (!clean) {
            throw new IllegalStateException("see above; logs and findings are in " + arguments[0]);
        }
    }

    private boolean run(Seeds seeds, int seconds) throws IOException, InterruptedException {
        Path begin = Files.createDirectories(folder.resolve("seeds"));
        Path grown = Files.createDirectories(folder.resolve("corpus"));
        Path least = Files.createDirectories(folder.resolve("merged"));
        int number = 0;
        for (byte[] seed : seeds.all()) {
            Files.write(begin.resolve("seed-" + number++), seed);
        }
        int exit = jazzer(seeds, "run", "-max_total_time=" + seconds, grown.toString(), begin.toString());
        List<Matcher> statuses = statuses();
        Matcher end = statuses.get(statuses.size() - 1);
        int begun = coverage(statuses.get(0));
        int seeded = statuses.stream()
                .filter(status -> status.group(2).equals("INITED"))
                .mapToInt(Fuzzing::coverage)
                .findFirst()
                .orElse(begun);
        System.out.printf(
                "%s: exit %d, %s runs, coverage %d at the first input, %d after the seeds, %d at the end, %s per second%n",
                seeds.word(), exit, end.group(1), begun, seeded, coverage(end), end.group(4));
        if (exit == 0) {
            jazzer(seeds, "merge", "-merge=1", least.toString(), begin.toString(), grown.toString());
            Files.writeString(folder.resolve(seeds.word() + ".txt"), lines(least));
        }
        return exit == 0 && coverage(end) > begun && coverage(end) > LEAST_COVERAGE;
    }

    /** A stack as small as servers have them: what recurses without a limit shows here. */
    private int jazzer(Seeds seeds, String log, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xss512k",
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--instrumentation_includes=dev.cardea.**" + File.pathSeparator + "org.jose4j.**",
                "--target_class=" + seeds.targetClass(),
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + File.separator,
                "-max_len=6000",
                "-timeout=10",
                "-rss_limit_mb=3000"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log + ".log").toFile())
                .start()
                .waitFor();
    }

    private List<Matcher> statuses() throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("run.log"), StandardCharsets.ISO_8859_1)) {
            List<Matcher> found =
                    lines.map(STATUS::matcher).filter(Matcher::find).toList();
            if (found.isEmpty()) {
                throw new IllegalStateException("the fuzzer did not run, see " + folder.resolve("run.log"));
            }
            return found;
        }
    }

    private static int coverage(Matcher status) {
        return Integer.parseInt(status.group(3));
    }

    private static String lines(Path corpus) throws IOException {
        try (Stream<Path> files = Files.list(corpus)) {
            List<byte[]> inputs = new ArrayList<>();
            for (Path file : files.toList()) {
                if (Files.size(file) <= MAX_SEED) {
                    inputs.add(Files.readAllBytes(file));
                }
            }
            return inputs.stream()
                    .map(input -> Base64.getEncoder().encodeToString(input) + '\n')
                    .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                    .collect(Collectors.joining());
        }
    }
}
