package dev.cardea.introspection;

import dev.cardea.http.HttpAnswer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** When an endpoint wants to be asked again (RFC 9110 10.2.3): never passed on without bounds. */
final class RetryAfter {
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofSeconds(300);

    private RetryAfter() {}

    /** Between one second and five minutes; null where the field is absent or makes no sense. */
    static @Nullable Duration of(HttpAnswer answer, Instant now) {
        String field = answer.header("retry-after");
        if (field == null) {
            return null;
        }
        try {
            return bounded(isDigits(field) ? seconds(field) : until(field, now));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static boolean isDigits(String field) {
        return !field.isEmpty() && field.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** More than nine digits are more than any bound. */
    private static Duration seconds(String digits) {
        return digits.length() > 9 ? MOST : Duration.ofSeconds(Long.parseLong(digits));
    }

    private static Duration until(String date, Instant now) {
        return Duration.between(now, DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
    }

    private static Duration bounded(Duration wanted) {
        if (wanted.compareTo(LEAST) < 0) {
            return LEAST;
        }
        return wanted.compareTo(MOST) > 0 ? MOST : wanted;
    }
}
