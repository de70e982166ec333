package dev.cardea.http;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How long an answer may be kept by us alone, as far as its server says so (RFC 9111 4.2.1, 5.2.2). */
public final class Freshness {
    private static final long MAX_SECONDS = Integer.MAX_VALUE; // RFC 9111 1.2.2

    private Freshness() {}

    /**
     * What {@code Cache-Control} leaves of the answer's time: the least {@code max-age} less {@code Age}, nothing for
     * {@code no-store}, {@code no-cache} and what cannot be read, or null if it says nothing of the kind. {@code Expires} is
     * not looked at: it is a time of somebody else's clock.
     */
    public static @Nullable Duration of(HttpAnswer answer) {
        return of(answer, 0);
    }

    /**
     * As {@link #of}, of a server that says of everything that it is not to be kept: only a {@code max-age} above zero counts. If
     * the answer is as old as that already, nothing is left of its time.
     */
    public static @Nullable Duration ofMaxAge(HttpAnswer answer) {
        return of(answer, 1);
    }

    /** @param from directives that mean fewer seconds are not looked at */
    private static @Nullable Duration of(HttpAnswer answer, long from) {
        Long least = null;
        for (String field : answer.headers().getOrDefault("cache-control", List.of())) {
            for (String directive : field.split(",", -1)) {
                Long seconds = seconds(directive.trim().toLowerCase(Locale.ROOT));
                if (seconds != null && seconds >= from && (least == null || seconds < least)) {
                    least = seconds;
                }
            }
        }
        return least == null ? null : Duration.ofSeconds(Math.max(0, least - age(answer)));
    }

    private static @Nullable Long seconds(String directive) {
        if (directive.equals("no-store") || directive.equals("no-cache")) {
            return 0L;
        }
        return directive.startsWith("max-age=") ? number(directive.substring("max-age=".length())) : null;
    }

    /** What lay in a cache on the way is as old as that cache says. */
    private static long age(HttpAnswer answer) {
        String age = answer.header("age");
        return age == null ? 0 : number(age.trim());
    }

    /** Nothing for what is no number: RFC 9111 4.2.1 has such an answer taken for stale. */
    private static long number(String digits) {
        String bare = digits.length() > 1 && digits.startsWith("\"") && digits.endsWith("\"")
                ? digits.substring(1, digits.length() - 1)
                : digits;
        boolean all = !bare.isEmpty() && bare.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!all) {
            return 0;
        }
        return bare.length() > 10 ? MAX_SECONDS : Math.min(MAX_SECONDS, Long.parseLong(bare));
    }
}
