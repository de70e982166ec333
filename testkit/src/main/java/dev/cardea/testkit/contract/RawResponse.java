package dev.cardea.testkit.contract;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** A response as it came; repeated fields are kept apart. Status 0 means that the connection was closed without one. */
public record RawResponse(int status, List<Header> headers, byte[] content) {

    /** A header field as it came. */
    public record Header(String name, String value) {}

    static final RawResponse CLOSED = new RawResponse(0, List.of(), new byte[0]);

    /** Whether the server hung up instead of answering. */
    public boolean closed() {
        return status == 0;
    }

    /** The values of each field with this name, which is compared ignoring case. */
    public List<String> all(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return headers.stream()
                .filter(header -> header.name().toLowerCase(Locale.ROOT).equals(wanted))
                .map(Header::value)
                .toList();
    }

    public String body() {
        return new String(content, StandardCharsets.UTF_8);
    }

    /** Everything that the client can see. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("HTTP " + status);
        headers.forEach(
                header -> text.append('\n').append(header.name()).append(": ").append(header.value()));
        return text.append("\n\n").append(body()).toString();
    }
}
