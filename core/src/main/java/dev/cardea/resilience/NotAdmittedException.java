package dev.cardea.resilience;

import java.time.Duration;

/** No call is made now. Says nothing about what would have been asked. Checked and without a stack trace. */
public final class NotAdmittedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What stands in the way, cheapest first: the order in which they are asked. */
    public enum Limit {
        /** The endpoint has asked for a pause: 429 or {@code Retry-After}. */
        PAUSE("it asked not to be called for a while"),
        /** The circuit breaker is open, or half-open with its probes under way. */
        BREAKER("the circuit breaker is open after failures"),
        /** As many calls as the rate allows have been made. */
        RATE_LIMIT("as many calls as allowed have been made"),
        /** As many calls as allowed are in flight. */
        BULKHEAD("as many calls as allowed are in flight");

        private final String words;

        Limit(String words) {
            this.words = words;
        }
    }

    private final Limit limit;
    private final long nanos;

    /** @param nanos after which another attempt may make sense, as far as is known */
    NotAdmittedException(Limit limit, long nanos) {
        super(limit.words, null, false, false);
        this.limit = limit;
        this.nanos = nanos;
    }

    public Limit limit() {
        return limit;
    }

    /** In the operator's voice, without the endpoint. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** When another attempt may make sense: whole seconds, at least one. */
    public Duration retryAfter() {
        long seconds = Math.floorDiv(nanos - 1, 1_000_000_000L) + 1;
        return Duration.ofSeconds(Math.max(1, seconds));
    }
}
