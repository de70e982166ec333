package dev.cardea.introspection;

import dev.cardea.clientauth.FormCall;
import dev.cardea.reject.Uncertainty;
import dev.cardea.reject.UndeterminedException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why there is no definite answer, in the operator's voice. Each cause has its own line in the log, and says what it means for
 * the next calls of the endpoint.
 */
final class Trouble extends Exception {
    private static final long serialVersionUID = 1L;

    /** What an attempt has told about the endpoint, whatever it said of the token. */
    enum Sign {
        /** It is there: it answered, if only to refuse. */
        ALIVE,
        /** It is not there, or not able to answer. */
        FAILING,
        /** Nothing. */
        NONE
    }

    enum Cause {
        CREDENTIALS_REFUSED(Uncertainty.INTROSPECTION_REFUSED, Sign.ALIVE),
        ADDRESS_WRONG(Uncertainty.INTROSPECTION_REFUSED, Sign.ALIVE),
        CALL_REFUSED(Uncertainty.INTROSPECTION_REFUSED, Sign.ALIVE),
        UNREADABLE(Uncertainty.INTROSPECTION_UNREADABLE, Sign.ALIVE),
        REDIRECTED(Uncertainty.INTROSPECTION_UNAVAILABLE, Sign.ALIVE),
        /** 429. */
        OVERLOADED(Uncertainty.INTROSPECTION_UNAVAILABLE, Sign.ALIVE),
        /** 5xx. */
        FAILING(Uncertainty.INTROSPECTION_UNAVAILABLE, Sign.FAILING),
        /** No connection, or one that broke. */
        UNREACHABLE(Uncertainty.INTROSPECTION_UNAVAILABLE, Sign.FAILING),
        TOO_SLOW(Uncertainty.INTROSPECTION_UNAVAILABLE, Sign.FAILING),
        /** By ourselves: the thread was interrupted, or the application is being stopped. */
        GIVEN_UP(Uncertainty.INTROSPECTION_UNAVAILABLE, Sign.NONE);

        private final Uncertainty uncertainty;
        private final Sign sign;

        Cause(Uncertainty uncertainty, Sign sign) {
            this.uncertainty = uncertainty;
            this.sign = sign;
        }

        Uncertainty uncertainty() {
            return uncertainty;
        }

        Sign sign() {
            return sign;
        }
    }

    private final Cause cause;
    private final @Nullable Duration asked;

    Trouble(Cause cause, String detail) {
        this(cause, detail, null);
    }

    /** @param asked after which time the endpoint wants to be asked again, if it said so */
    Trouble(Cause cause, String detail, @Nullable Duration asked) {
        super(detail, null, false, false);
        this.cause = cause;
        this.asked = asked;
    }

    /** The same, naming the call. */
    Trouble with(FormCall call) {
        String what = call.toString();
        return detail().startsWith(what) ? this : new Trouble(cause, what + ": " + detail(), asked);
    }

    Cause cause() {
        return cause;
    }

    String detail() {
        return String.valueOf(getMessage());
    }

    Duration retryAfter() {
        return asked == null ? UndeterminedException.DEFAULT_RETRY_AFTER : asked;
    }

    /** For how long the endpoint is to be left alone, or null: by its own words, or because it is asked too often. */
    @Nullable
    Duration pause() {
        return asked != null || cause == Cause.OVERLOADED ? retryAfter() : null;
    }

    /** Whether another attempt may do better at once: not if the time was used up, or the endpoint asked not to be asked. */
    boolean mayPass() {
        return (cause == Cause.UNREACHABLE || cause == Cause.FAILING) && pause() == null;
    }
}
