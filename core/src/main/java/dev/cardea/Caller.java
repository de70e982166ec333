package dev.cardea;

import dev.cardea.confirmation.ConfirmedToken;
import dev.cardea.token.VerifiedToken;
import java.security.Principal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who makes the request: whoever the confirmed access token speaks for, or {@link #anonymous()}. Never null.
 *
 * <p>Identity is issuer plus subject: a subject alone may exist at two issuers, and that of a client-credentials token
 * may equal a user's. Immutable and thread-safe, good for as long as the request lasts.
 */
public final class Caller implements Principal {
    private static final Caller ANONYMOUS = new Caller(null, null);

    private final @Nullable VerifiedToken token;
    private final @Nullable String scheme;

    private Caller(@Nullable VerifiedToken token, @Nullable String scheme) {
        this.token = token;
        this.scheme = scheme;
    }

    static Caller of(ConfirmedToken confirmed, String scheme) {
        return new Caller(confirmed.token(), scheme);
    }

    /** The caller of a request that presents no token, where the endpoint is open to it. */
    public static Caller anonymous() {
        return ANONYMOUS;
    }

    /** Whether no token stands behind this caller. */
    public boolean isAnonymous() {
        return token == null;
    }

    /**
     * The principal's name: what {@code cardea.principal.claim} names, else the client id, else the empty string.
     * {@code "anonymous"} for {@link #anonymous()}.
     */
    @Override
    public String getName() {
        if (token == null) {
            return "anonymous";
        }
        String principal = token.principal();
        if (principal != null) {
            return principal;
        }
        String client = token.clientId();
        return client != null ? client : "";
    }

    /** The authentication scheme that the token came under, {@code Bearer}; absent for the anonymous caller. */
    public Optional<String> scheme() {
        return Optional.ofNullable(scheme);
    }

    /** {@code iss}: absent for the anonymous caller, and where an introspection answer does not name it. */
    public Optional<String> issuer() {
        return Optional.ofNullable(token).map(VerifiedToken::issuer);
    }

    /** {@code sub}: absent for some products' client-credentials tokens. */
    public Optional<String> subject() {
        return Optional.ofNullable(token).map(VerifiedToken::subject);
    }

    /** The client that the token was issued to ({@code client_id}, or what the issuer's profile puts in its place). */
    public Optional<String> clientId() {
        return Optional.ofNullable(token).map(VerifiedToken::clientId);
    }

    /** The granted scope tokens; unmodifiable. */
    public Set<String> scopes() {
        return token == null ? Set.of() : token.scopes();
    }

    /** The roles that {@code cardea.roles.claims} name; unmodifiable. */
    public Set<String> roles() {
        return token == null ? Set.of() : token.roles();
    }

    /** Whether {@code role} is among {@link #roles()}; {@code "**"} is any authenticated caller (Servlet 6.0, 13.3). */
    public boolean isInRole(String role) {
        return "**".equals(role) ? !isAnonymous() : roles().contains(role);
    }

    /** When the token expires; absent where an introspection answer does not say. */
    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(token).map(VerifiedToken::expiresAt);
    }

    /** Every claim as JSON values (String, Number, Boolean, List, Map, null), unmodifiable at every level. */
    public Map<String, Object> claims() {
        return token == null ? Map.of() : token.claims().asMap();
    }

    /** The name only. */
    @Override
    public String toString() {
        return "caller " + getName();
    }
}
