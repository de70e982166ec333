package dev.cardea.it.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What the server under test logged since this was made. */
public final class Log {

    private final Path file = Server.underTest().log();
    private final long start;

    private Log() {
        this.start = size();
    }

    public static Log fromNow() {
        return new Log();
    }

    public String text() {
        try {
            byte[] all = Files.readAllBytes(file);
            return new String(all, (int) start, (int) (all.length - start), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lines with all of these texts in them. */
    public List<String> lines(String... texts) {
        return text().lines()
                .filter(line -> Arrays.stream(texts).allMatch(line::contains))
                .toList();
    }

    /** Those among them that are errors. */
    public List<String> errors(String... texts) {
        return lines(texts).stream().filter(LogRecords::isError).toList();
    }

    private long size() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
