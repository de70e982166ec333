package dev.cardea.introspection;

import dev.cardea.request.PresentedToken;
import org.jspecify.annotations.Nullable;

/** An introspector that remembers answers. Thread-safe. */
public interface RememberingIntrospector extends Introspector {
    /** What is remembered that answers the question now, or null. Asks nobody. */
    @Nullable
    Introspection known(Question question);

    /**
     * What was said of a token that cannot be introspected now, if that was yes, the token has not expired, nothing newer is
     * known, nobody has invalidated it, and it was still good at most {@code staleNanos} ago; else null.
     */
    Introspection.@Nullable Active stale(PresentedToken token, long staleNanos);
}
