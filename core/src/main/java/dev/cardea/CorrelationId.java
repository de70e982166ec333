package dev.cardea;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The request's own name, from {@code X-Request-Id}, where it can do no harm in a log. */
final class CorrelationId {
    private static final int MAX_LENGTH = 64;

    private CorrelationId() {}

    /** The id, or null if there is none, there are several, or it holds anything but letters, digits and {@code ._-}. */
    static @Nullable String of(ProtectedRequest request) {
        List<String> fields = request.headers("X-Request-Id");
        return fields.size() == 1 && isHarmless(fields.get(0)) ? fields.get(0) : null;
    }

    private static boolean isHarmless(String id) {
        return !id.isEmpty() && id.length() <= MAX_LENGTH && id.chars().allMatch(CorrelationId::isHarmless);
    }

    private static boolean isHarmless(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == '-';
    }
}
