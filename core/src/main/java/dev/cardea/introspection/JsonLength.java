package dev.cardea.introspection;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long a value would be as JSON without white space and escapes: a measure of what it costs to keep. */
final class JsonLength {
    private JsonLength() {}

    static boolean isAtMost(int max, Object value) {
        return left(max, value) >= 0;
    }

    /** What remains of {@code max}; below zero, it does not matter how far. */
    private static int left(int max, @Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            return leftByMembers(max - 2 - separators(object.size()), object);
        }
        if (value instanceof Collection<?> array) {
            return leftByElements(max - 2 - separators(array.size()), array);
        }
        String text = String.valueOf(value);
        return max - text.length() - (value instanceof String ? 2 : 0);
    }

    private static int separators(int size) {
        return Math.max(0, size - 1);
    }

    private static int leftByMembers(int max, Map<?, ?> object) {
        int left = max;
        for (Map.Entry<?, ?> member : object.entrySet()) {
            left = left(left(left, member.getKey()) - 1, member.getValue());
            if (left < 0) {
                return left;
            }
        }
        return left;
    }

    private static int leftByElements(int max, Collection<?> array) {
        int left = max;
        for (Object element : array) {
            left = left(left, element);
            if (left < 0) {
                return left;
            }
        }
        return left;
    }
}
