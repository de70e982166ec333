package dev.cardea.introspection;

import dev.cardea.reject.UndeterminedException;

/**
 * Asks whether a token is active. The call itself and everything around it (memory, coalescing, resilience) are of this one
 * interface. Implementations are thread-safe.
 */
@FunctionalInterface
public interface Introspector {
    /**
     * What the authorization server says of a token: always a definite yes or no, no older than the question allows.
     *
     * @throws UndeterminedException if it could not be asked in time, refused the call, or answered neither
     */
    Introspection introspect(Question question) throws UndeterminedException;
}
