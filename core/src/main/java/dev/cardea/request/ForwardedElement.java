package dev.cardea.request;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the last one in a chain of proxies wrote: the last element of {@code Forwarded} (RFC 7239 4), or the last value of a
 * field that is a list. What stands before it is other proxies', or the client's own.
 */
final class ForwardedElement {
    /** Said in a way that nobody can understand, which is not the same as not said. */
    private static final String UNREADABLE = "";

    /** Null where it cannot be taken apart. */
    private final @Nullable List<String> pairs;

    private ForwardedElement(@Nullable List<String> pairs) {
        this.pairs = pairs;
    }

    /** Reads every {@code Forwarded} field of a request. */
    static ForwardedElement last(List<String> fields) {
        if (fields.isEmpty()) {
            return new ForwardedElement(List.of());
        }
        List<String> elements = split(fields.get(fields.size() - 1), ',');
        return new ForwardedElement(elements == null ? null : split(elements.get(elements.size() - 1), ';'));
    }

    /** The last value of a field whose values are separated by commas; null if there is no such field. */
    static @Nullable String lastValue(List<String> fields) {
        if (fields.isEmpty()) {
            return null;
        }
        String last = fields.get(fields.size() - 1);
        return last.substring(last.lastIndexOf(',') + 1).strip();
    }

    /**
     * The value of a parameter, without quotes; null if it is not there; empty if it is there twice, or if the element cannot
     * be taken apart, so that whoever asks finds nothing that it could be.
     */
    @Nullable
    String value(String parameter) {
        if (pairs == null) {
            return UNREADABLE;
        }
        String start = parameter + '=';
        String value = null;
        for (String pair : pairs) {
            String stripped = pair.strip();
            if (stripped.regionMatches(true, 0, start, 0, start.length())) {
                if (value != null) {
                    return UNREADABLE;
                }
                value = unquoted(stripped.substring(start.length()));
            }
        }
        return value;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /** Splits outside quoted strings; null if one does not end. Never empty. */
    private static @Nullable List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return quoted ? null : parts;
    }
}
