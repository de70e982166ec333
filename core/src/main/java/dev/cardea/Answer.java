package dev.cardea;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is sent instead of the resource.
 *
 * @param status HTTP status code
 * @param headers field values by name, each value a field of its own; unmodifiable, without {@code Content-Type} and
 *     {@code Content-Length}, which follow from the body
 * @param body a document of type {@link #PROBLEM_JSON} in ASCII, or null for no body
 */
public record Answer(
        int status,
        Map<String, List<String>> headers,
        @Nullable String body) {
    /** Media type of a body (RFC 9457 3). */
    public static final String PROBLEM_JSON = "application/problem+json";

    public Answer {
        headers = headers.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, field -> List.copyOf(field.getValue())));
    }

    /** Without a body. */
    public Answer(int status, Map<String, List<String>> headers) {
        this(status, headers, null);
    }
}
