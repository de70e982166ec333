package dev.cardea;

import java.security.Principal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who makes the request: whoever the confirmed access token speaks for, or {@link #anonymous()}. Never null.
 *
 * <p>Identity is issuer plus subject: a subject alone may exist at two issuers, and that of a client-credentials token
 * may equal a user's. Immutable and thread-safe, good for as long as the request lasts.
 *
 * <p>An interface, so that {@code @Inject Caller} can hand a long-lived bean something that asks for the current
 * request's caller at every call. Whoever implements it proves nothing: decisions rest on {@link Authentication}.
 */
public interface Caller extends Principal {
    /** The caller of a request that presents no token, where the endpoint is open to it. */
    static Caller anonymous() {
        return TokenCaller.ANONYMOUS;
    }

    /** Whether no token stands behind this caller. */
    boolean isAnonymous();

    /**
     * The principal's name: what {@code cardea.principal.claim} names, else the client id, else the empty string.
     * {@code "anonymous"} for {@link #anonymous()}.
     */
    @Override
    String getName();

    /** The authentication scheme that the token came under, {@code Bearer}; absent for the anonymous caller. */
    Optional<String> scheme();

    /** {@code iss}: absent for the anonymous caller, and where an introspection answer does not name it. */
    Optional<String> issuer();

    /** {@code sub}: absent for some products' client-credentials tokens. */
    Optional<String> subject();

    /** The client that the token was issued to ({@code client_id}, or what the issuer's profile puts in its place). */
    Optional<String> clientId();

    /** The granted scope tokens; unmodifiable. */
    Set<String> scopes();

    /** The roles that {@code cardea.roles.claims} name; unmodifiable. */
    Set<String> roles();

    /** Whether {@code role} is among {@link #roles()}; {@code "**"} is any authenticated caller (Servlet 6.0, 13.3). */
    boolean isInRole(String role);

    /** When the token expires; absent where an introspection answer does not say. */
    Optional<Instant> expiresAt();

    /** Every claim as JSON values (String, Number, Boolean, List, Map, null), unmodifiable at every level. */
    Map<String, Object> claims();

    /** The name only. */
    @Override
    String toString();
}
