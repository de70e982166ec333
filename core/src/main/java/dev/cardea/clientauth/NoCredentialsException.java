package dev.cardea.clientauth;

import dev.cardea.http.HttpAnswer;
import org.jspecify.annotations.Nullable;

/** What we would have to show could not be got. The message is the operator's voice: no token, no secret. */
public final class NoCredentialsException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Whose turn it is. */
    public enum Kind {
        /** Ours: the token endpoint refuses our call, and will until somebody changes something. */
        REFUSED,
        /** Nobody's: the token endpoint has a bad moment. */
        UNAVAILABLE,
        /** The token endpoint's: what it says cannot be used. */
        UNREADABLE
    }

    private final Kind kind;
    private final transient @Nullable HttpAnswer answer;

    NoCredentialsException(Kind kind, String detail, @Nullable HttpAnswer answer) {
        super(detail, null, false, false);
        this.kind = kind;
        this.answer = answer;
    }

    public Kind kind() {
        return kind;
    }

    /** The operator's voice. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** What the token endpoint answered, for its {@code Retry-After}; null if it did not. */
    public @Nullable HttpAnswer answer() {
        return answer;
    }
}
