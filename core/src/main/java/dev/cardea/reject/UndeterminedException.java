package dev.cardea.reject;

import java.time.Duration;

/**
 * We cannot tell: an endpoint is down, our call was refused, an answer is unreadable. Becomes 503, never 401, never an
 * allow. Checked and without a stack trace.
 */
public final class UndeterminedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** When nothing better is known, a client is asked to come back after five seconds. */
    public static final Duration DEFAULT_RETRY_AFTER = Duration.ofSeconds(5);

    private final Uncertainty uncertainty;
    private final Duration retryAfter;

    /** With the default {@link #DEFAULT_RETRY_AFTER}. {@code detail} is the operator's voice: no token, no secret. */
    public UndeterminedException(Uncertainty uncertainty, String detail) {
        this(uncertainty, detail, DEFAULT_RETRY_AFTER);
    }

    public UndeterminedException(Uncertainty uncertainty, String detail, Duration retryAfter) {
        super(detail, null, false, false);
        this.uncertainty = uncertainty;
        this.retryAfter = retryAfter;
    }

    /** What could not be learnt. */
    public Uncertainty uncertainty() {
        return uncertainty;
    }

    /** The operator's voice. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** When a new attempt makes sense, for {@code Retry-After}. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
