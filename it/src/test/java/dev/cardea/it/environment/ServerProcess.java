package dev.cardea.it.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The server under test, seen from outside with the JDK's own tool. */
public final class ServerProcess {

    private static final Pattern THREAD = Pattern.compile("(?m)^\"(.*)\" #\\d+ ");

    private final long pid;

    private ServerProcess(long pid) {
        this.pid = pid;
    }

    /** The descendant of this JVM that runs the installed server. */
    public static ServerProcess underTest() {
        String home = Settings.path("it.server.home").toString();
        List<ProcessHandle> found = ProcessHandle.current()
                .descendants()
                .filter(process -> isJava(process.info(), home))
                .toList();
        if (found.size() != 1) {
            throw new IllegalStateException("not one Java process from " + home + " but " + found.size());
        }
        return new ServerProcess(found.get(0).pid());
    }

    /** How many instances of a class live after a full garbage collection, whichever loader defined the class. */
    public long instances(String className) {
        return jcmd("GC.class_histogram")
                .lines()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(columns -> columns.length >= 4 && columns[3].equals(className))
                .mapToLong(columns -> Long.parseLong(columns[1]))
                .sum();
    }

    /** The names of its threads, sorted. */
    public List<String> threads() {
        return THREAD.matcher(jcmd("Thread.print"))
                .results()
                .map((MatchResult thread) -> thread.group(1))
                .sorted()
                .toList();
    }

    private static boolean isJava(ProcessHandle.Info process, String home) {
        return process.command().filter(command -> command.endsWith("java")).isPresent()
                && process.commandLine()
                        .filter(line -> line.contains(home) && !line.contains(LibertyAuthorizationServer.NAME))
                        .isPresent();
    }

    private String jcmd(String command) {
        String tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process process = new ProcessBuilder(tool, Long.toString(pid), command)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("jcmd " + command + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
