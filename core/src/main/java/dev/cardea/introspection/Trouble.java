package dev.cardea.introspection;

import dev.cardea.reject.Uncertainty;
import dev.cardea.reject.UndeterminedException;
import java.time.Duration;

/** Why there is no definite answer, in the operator's voice. Each cause has its own line in the log. */
final class Trouble extends Exception {
    private static final long serialVersionUID = 1L;

    enum Cause {
        CREDENTIALS_REFUSED(Uncertainty.INTROSPECTION_REFUSED),
        ADDRESS_WRONG(Uncertainty.INTROSPECTION_REFUSED),
        CALL_REFUSED(Uncertainty.INTROSPECTION_REFUSED),
        UNREADABLE(Uncertainty.INTROSPECTION_UNREADABLE),
        REDIRECTED(Uncertainty.INTROSPECTION_UNAVAILABLE),
        OVERLOADED(Uncertainty.INTROSPECTION_UNAVAILABLE),
        FAILING(Uncertainty.INTROSPECTION_UNAVAILABLE),
        UNREACHABLE(Uncertainty.INTROSPECTION_UNAVAILABLE);

        private final Uncertainty uncertainty;

        Cause(Uncertainty uncertainty) {
            this.uncertainty = uncertainty;
        }

        Uncertainty uncertainty() {
            return uncertainty;
        }
    }

    private final Cause cause;
    private final Duration retryAfter;

    Trouble(Cause cause, String detail) {
        this(cause, detail, UndeterminedException.DEFAULT_RETRY_AFTER);
    }

    Trouble(Cause cause, String detail, Duration retryAfter) {
        super(detail, null, false, false);
        this.cause = cause;
        this.retryAfter = retryAfter;
    }

    Cause cause() {
        return cause;
    }

    String detail() {
        return String.valueOf(getMessage());
    }

    Duration retryAfter() {
        return retryAfter;
    }
}
