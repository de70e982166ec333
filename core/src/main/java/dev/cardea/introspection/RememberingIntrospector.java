package dev.cardea.introspection;

import org.jspecify.annotations.Nullable;

/** An introspector that remembers answers. Thread-safe. */
public interface RememberingIntrospector extends Introspector {
    /** What is remembered that answers the question now, or null. Asks nobody. */
    @Nullable
    Introspection known(Question question);

    /**
     * What was said of a token that cannot be introspected now, if that was yes, the token has not expired, nothing newer is
     * known, nobody has invalidated it, and it would have answered the question at most {@code staleNanos} ago; else null.
     */
    Introspection.@Nullable Active stale(Question question, long staleNanos);
}
