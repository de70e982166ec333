package dev.cardea.it.environment;

import dev.cardea.testkit.contract.RawResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What each server answered to the same requests, kept in a file for {@code SameAnswersIT}, which compares the servers. */
public final class Answers {

    private static final String FILE = "answers.txt";

    /** What differs from one answer to the next, or says how the connection is used. */
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("date", "connection", "keep-alive", "content-length", "transfer-encoding", "x-request-id");

    private final StringBuilder lines = new StringBuilder();

    /**
     * What was answered to one request.
     *
     * @param reached whether a sufficient token brought it to the resource
     * @param told one text for each token that it was sent with: the status, and where there is a challenge all fields
     */
    public record Told(boolean reached, List<String> told) {}

    /** Adds what was answered to the request of this name, which is the same on every server. */
    public void add(String request, boolean reached, RawResponse... responses) {
        List<String> told = Stream.of(responses).map(Answers::told).toList();
        lines.append(request.replace("\t", "<tab>"))
                .append('\t')
                .append(reached)
                .append('\t')
                .append(String.join("\t", told))
                .append('\n');
    }

    /** Appends these to what the server under test has answered in this run. */
    public void keep() {
        try {
            Files.writeString(
                    file(Server.underTest()),
                    lines,
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What this server answered, by the request's name. */
    public static Map<String, Told> of(Server server) {
        Map<String, Told> answers = new LinkedHashMap<>();
        Server.read(file(server))
                .lines()
                .map(line -> List.of(line.split("\t", -1)))
                .forEach(columns -> {
                    Told told = new Told(Boolean.parseBoolean(columns.get(1)), columns.subList(2, columns.size()));
                    if (answers.put(columns.get(0), told) != null) {
                        throw new IllegalStateException("two requests are called " + columns.get(0));
                    }
                });
        return answers;
    }

    private static String told(RawResponse response) {
        if (response.all("WWW-Authenticate").isEmpty()) {
            return "" + response.status();
        }
        return response.headers().stream()
                .filter(header -> !OF_THE_CONNECTION.contains(header.name().toLowerCase(Locale.ROOT)))
                .map(header -> "; " + header.name() + ": " + header.value())
                .sorted()
                .collect(Collectors.joining("", "" + response.status(), ""));
    }

    private static Path file(Server server) {
        return server.directory().resolve(FILE);
    }
}
