package dev.cardea;

import java.util.Map;
import java.util.Optional;

/**
 * Who acts for the caller: the {@code act} claim of a delegated token (RFC 8693 4.1).
 *
 * <p>The current actor, the outermost one. Those who acted before him stand in its own {@code act}; they are history, and
 * RFC 8693 forbids to decide by them. Nothing of an actor adds to the roles, scopes, groups or name of the caller. That an
 * actor is named proves that the authorization server allowed him to act, not that he presents the token.
 *
 * @param claims what the token says of him as JSON values (String, Number, Boolean, List, Map, null), unmodifiable at
 *     every level
 */
public record Actor(Map<String, Object> claims) {
    /** JSON objects have strings for names. */
    @SuppressWarnings("unchecked")
    static Actor of(Map<?, ?> object) {
        return new Actor((Map<String, Object>) object);
    }

    /** {@code iss}: where it is absent, the specification does not say that it is the token's. */
    public Optional<String> issuer() {
        return claim("iss", String.class);
    }

    /** {@code sub} */
    public Optional<String> subject() {
        return claim("sub", String.class);
    }

    /** {@code client_id} */
    public Optional<String> clientId() {
        return claim("client_id", String.class);
    }

    /** As {@link Caller#claim}, of the actor. */
    public <T> Optional<T> claim(String name, Class<T> type) {
        return TypedClaim.of(claims, name, type);
    }

    /** The subject only. */
    @Override
    public String toString() {
        return claims.get("sub") instanceof String subject ? "actor " + subject : "actor";
    }
}
