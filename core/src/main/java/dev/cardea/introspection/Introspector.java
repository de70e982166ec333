package dev.cardea.introspection;

import dev.cardea.reject.UndeterminedException;
import dev.cardea.request.PresentedToken;

/**
 * Asks whether a token is active. The call itself and everything around it (cache, later coalescing, breaker) are of
 * this one interface. Implementations are thread-safe.
 */
public interface Introspector {
    /**
     * What the authorization server says of {@code token}: always a definite yes or no.
     *
     * @throws UndeterminedException if it could not be asked, refused the call, or answered neither
     */
    Introspection introspect(PresentedToken token) throws UndeterminedException;
}
