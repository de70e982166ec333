package dev.cardea.examples.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A server in a process of its own, its output in a file. Closed, or at the latest when this JVM ends (Ctrl-C too), it
 * is told to stop, and made to if it does not.
 */
final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final int LAST_WORDS = 30;

    private final String title;
    private final Process process;
    private final Path log;
    private final long startedNanos = System.nanoTime();
    private final Thread atExit = new Thread(this::stop, "stop");

    private ServerProcess(String title, Process process, Path log) {
        this.title = title;
        this.process = process;
        this.log = log;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** @param options everything after {@code java} */
    static ServerProcess java(String title, List<String> options, Map<String, String> environment, Path log)
            throws IOException {
        Files.createDirectories(log.getParent());
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return new ServerProcess(title, builder.start(), log);
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    /** Waits for a line of the log that starts so, and returns the rest of the line. */
    String awaitLine(String start) throws IOException, InterruptedException {
        while (true) {
            for (String line : lines()) {
                if (line.startsWith(start)) {
                    return line.substring(start.length()).strip();
                }
            }
            pause("said no \"" + start + "\"");
        }
    }

    /**
     * Waits until a request is answered with 200.
     *
     * @param signOfFailure what in the log says that this will not happen any more
     */
    void awaitAnswer(URI uri, String signOfFailure) throws IOException, InterruptedException {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
        String last = "no answer";
        while (true) {
            try {
                int status = http.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                if (status == 200) {
                    return;
                }
                last = "status " + status;
            } catch (IOException e) {
                last = e.getClass().getSimpleName();
            }
            if (lines().stream().anyMatch(line -> line.contains(signOfFailure))) {
                throw new IOException(title + " could not deploy the application.\n" + lastWords());
            }
            pause("did not answer " + uri + " with 200 (" + last + ")");
        }
    }

    private void pause(String complaint) throws IOException, InterruptedException {
        if (!process.isAlive()) {
            throw new IOException(title + " ended with status " + process.exitValue() + ".\n" + lastWords());
        }
        if (age().compareTo(PATIENCE) > 0) {
            throw new IOException(title + " " + complaint + " within " + PATIENCE.toSeconds() + " s.\n" + lastWords());
        }
        Thread.sleep(100);
    }

    /** Where the log is, and how it ends, without the stack frames that would fill the screen. */
    String lastWords() throws IOException {
        List<String> lines = lines().stream()
                .filter(line -> !line.isBlank() && !line.matches("\\s+(at|\\.\\.\\.) .*"))
                .toList();
        return "Log of " + title + ": " + log + "\nIts last lines:\n  "
                + String.join("\n  ", lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()));
    }

    /** Not {@code readAllLines}, which a byte outside UTF-8 would stop, here where something is wrong already. */
    private List<String> lines() throws IOException {
        return new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // This JVM is ending already, and the hook finds nothing left to do.
            return;
        }
    }

    private void stop() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
