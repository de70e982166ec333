package dev.cardea.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** The jar that was just packaged, and programs that run with it and nothing else on their class path. */
final class OneJar {

    /** Set by the build, so that these tests never look at {@code target/classes} by mistake. */
    static final Path PATH = Path.of(System.getProperty("cardea.bundle.jar"));

    private OneJar() {}

    static List<String> entries() {
        try (JarFile jar = new JarFile(PATH.toFile())) {
            return jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String entry) {
        try (JarFile jar = new JarFile(PATH.toFile())) {
            return new String(jar.getInputStream(jar.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    record Outcome(int exitCode, String out, String err) {}

    static Outcome run(String program, String... options) throws IOException, InterruptedException {
        Path out = Files.createTempFile("one-jar", ".out");
        Path err = Files.createTempFile("one-jar", ".err");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=deny");
        }
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp",
                PATH.toString(),
                Path.of("src", "test", "programs", program).toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        // The launcher announces this one on standard error, which has to be empty.
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                throw new IllegalStateException(program + " does not end");
            }
            return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
            Files.delete(out);
            Files.delete(err);
        }
    }
}
