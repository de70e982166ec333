package dev.cardea;

import java.security.Principal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who makes the request: whoever the confirmed access token speaks for, or {@link #anonymous()}. Never null.
 *
 * <p>Identity is issuer plus subject ({@link #identity()}): a subject alone may exist at two issuers, and that of a
 * client-credentials token may equal a user's. Immutable and thread-safe, good for as long as the request lasts.
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

    /** The groups that {@code cardea.groups.claims} name (RFC 9068 2.2.3.1); unmodifiable. */
    Set<String> groups();

    /** Whether {@code role} is among {@link #roles()}; {@code "**"} is any authenticated caller (Servlet 6.0, 13.3). */
    boolean isInRole(String role);

    /** Whether the token speaks for a user or for the client itself; see there for what that proves. */
    SubjectType subjectType();

    /**
     * Who this is, told from every other subject: key data by this, never by {@link #getName()} or an e-mail address.
     * Absent where {@link #issuer()} or {@link #subject()} is.
     */
    default Optional<SubjectIdentity> identity() {
        SubjectType type = subjectType();
        return issuer().flatMap(issuer -> subject().map(subject -> new SubjectIdentity(issuer, subject, type)));
    }

    /**
     * Who acts for this caller: the current actor of a delegated token (RFC 8693 4.1), absent where the token names none.
     * Adds nothing to what the caller may do.
     */
    default Optional<Actor> actor() {
        return claim("act", Map.class).map(Actor::of);
    }

    /** When the token expires; absent where an introspection answer does not say. */
    Optional<Instant> expiresAt();

    /** Every claim as JSON values (String, Number, Boolean, List, Map, null), unmodifiable at every level. */
    Map<String, Object> claims();

    /**
     * One claim, if it has the JSON type that is asked for. Never converts: {@code "5"} is no number, {@code 5.0} no
     * {@code Integer}, and a string no array of one.
     *
     * @param name a claim's name, be there slashes or dots in it ({@code https://example.com/tier}); where there is no
     *     such claim, a path into nested objects ({@code realm_access/roles})
     * @param type {@code String}, {@code Boolean}, {@code Integer}, {@code Long}, {@code BigInteger}, {@code Double} (which
     *     takes whole numbers too, as long as it holds them exactly), {@code Instant} (a NumericDate, RFC 7519 2: a
     *     fraction of a second is cut off), {@code List}, {@code Map}; the last two unmodifiable at every level
     * @return empty if the claim is absent or JSON null, or a step of the path is absent or no object
     * @throws ClaimTypeException if the claim is of another JSON type, or a number out of the type's range
     * @throws IllegalArgumentException if {@code type} is none of those above
     */
    default <T> Optional<T> claim(String name, Class<T> type) {
        return TypedClaim.of(claims(), name, type);
    }

    /** The name only. */
    @Override
    String toString();
}
