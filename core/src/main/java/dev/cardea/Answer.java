package dev.cardea;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is sent instead of the resource: status and header fields, without a body.
 *
 * @param status HTTP status code
 * @param headers field values by name, each value a field of its own; unmodifiable
 */
public record Answer(int status, Map<String, List<String>> headers) {
    public Answer {
        headers = headers.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, field -> List.copyOf(field.getValue())));
    }
}
