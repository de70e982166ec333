package dev.cardea.demand;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a request whose token cannot be introspected now ({@code cardea.when-unavailable}). None of them admits a
 * token that nobody vouches for: what they admit, the authorization server said or signed.
 */
public enum WhenUnavailable {
    /** 503, where everybody may come in too. */
    DENY,
    /** What the authorization server said last, if that was yes and is not too old; else 503. */
    STALE,
    /** A JWT that verifies locally; else 503. */
    LOCAL,
    /** As if there were no token, where that suffices; else 503. */
    ANONYMOUS;

    /** What both allow; null allows the anonymous, and so no more than {@link #ANONYMOUS}. */
    WhenUnavailable and(@Nullable WhenUnavailable other) {
        return this == other || (this == ANONYMOUS && other == null) ? this : DENY;
    }

    /** As it is written in settings. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one that is written so; {@link IllegalArgumentException} if there is none. */
    public static WhenUnavailable named(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
