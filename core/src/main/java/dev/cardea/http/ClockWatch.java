package dev.cardea.http;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the operator that the clock here and an authorization server's differ by more than five seconds, from the
 * {@code Date} of its answers (RFC 9110 6.6.1). Changes nothing about calls and answers.
 *
 * <p>A {@code Date} is a whole second, written at some time between the call and the end of the answer; what is reported is
 * the least difference that this leaves. An answer with an {@code Age} comes from a cache and says nothing. One warning per
 * authority and hour while it lasts; nothing is said when it is over. Thread-safe.
 */
public final class ClockWatch implements HttpTransport {
    private static final Duration TOLERANCE = Duration.ofSeconds(5);
    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final int MOST_AUTHORITIES = 64;

    private final HttpTransport transport;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final System.Logger logger;
    private final Map<String, Long> warnedAt = new HashMap<>(); // by authority; guarded by itself

    /**
     * @param transport makes the calls
     * @param clock by which tokens are judged
     * @param nanoTime a monotonic time in nanoseconds
     */
    public ClockWatch(HttpTransport transport, Clock clock, LongSupplier nanoTime, System.Logger logger) {
        this.transport = transport;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.logger = logger;
    }

    @Override
    public HttpAnswer send(HttpCall call) throws TransportException {
        long begun = nanoTime.getAsLong();
        HttpAnswer answer = transport.send(call);
        Duration took = Duration.ofNanos(nanoTime.getAsLong() - begun);
        Instant date = date(answer);
        if (date != null) {
            compare(call, date, clock.instant(), took);
        }
        return answer;
    }

    private static @Nullable Instant date(HttpAnswer answer) {
        String date = answer.header("date");
        if (date == null || answer.header("age") != null) {
            return null;
        }
        try {
            return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.trim()));
        } catch (DateTimeException e) {
            return null; // an obsolete form, or nonsense: nothing can be concluded
        }
    }

    /** When {@code date} was written it was between {@code now - took} and {@code now} here, and less than a second more there. */
    private void compare(HttpCall call, Instant date, Instant now, Duration took) {
        Duration leastAhead = Duration.between(date.plusSeconds(1), now.minus(took));
        Duration leastBehind = Duration.between(now, date);
        if (leastAhead.compareTo(TOLERANCE) > 0) {
            warn(call, leastAhead, "ahead of", "tokens are refused as expired before they are");
        } else if (leastBehind.compareTo(TOLERANCE) > 0) {
            warn(
                    call,
                    leastBehind,
                    "behind",
                    "new tokens are refused as issued in the future, and expired ones are accepted for as much longer");
        }
    }

    private void warn(HttpCall call, Duration difference, String where, String consequence) {
        String authority = String.valueOf(call.uri().getRawAuthority()).toLowerCase(Locale.ROOT);
        if (mayWarn(authority)) {
            logger.log(
                    Level.WARNING,
                    "the clock here is at least " + difference.toSeconds() + " s " + where + " that of " + authority
                            + ", as the Date of its answer says: " + consequence
                            + " (cardea.jwt.clock-skew forgives some of it). Synchronise both clocks (NTP)");
        }
    }

    private boolean mayWarn(String authority) {
        long now = nanoTime.getAsLong();
        synchronized (warnedAt) {
            Long last = warnedAt.get(authority);
            boolean due = last == null ? warnedAt.size() < MOST_AUTHORITIES : now - last >= INTERVAL.toNanos();
            if (due) {
                warnedAt.put(authority, now);
            }
            return due;
        }
    }
}
