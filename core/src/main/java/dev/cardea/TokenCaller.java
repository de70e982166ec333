package dev.cardea;

import dev.cardea.confirmation.ConfirmedToken;
import dev.cardea.token.VerifiedToken;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The caller behind a confirmed token, or behind none. Immutable and thread-safe. */
final class TokenCaller implements Caller {
    static final Caller ANONYMOUS = new TokenCaller(null, null);

    private final @Nullable VerifiedToken token;
    private final @Nullable String scheme;

    private TokenCaller(@Nullable VerifiedToken token, @Nullable String scheme) {
        this.token = token;
        this.scheme = scheme;
    }

    static Caller of(ConfirmedToken confirmed, String scheme) {
        return new TokenCaller(confirmed.token(), scheme);
    }

    @Override
    public boolean isAnonymous() {
        return token == null;
    }

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

    @Override
    public Optional<String> scheme() {
        return Optional.ofNullable(scheme);
    }

    @Override
    public Optional<String> issuer() {
        return Optional.ofNullable(token).map(VerifiedToken::issuer);
    }

    @Override
    public Optional<String> subject() {
        return Optional.ofNullable(token).map(VerifiedToken::subject);
    }

    @Override
    public Optional<String> clientId() {
        return Optional.ofNullable(token).map(VerifiedToken::clientId);
    }

    @Override
    public Set<String> scopes() {
        return token == null ? Set.of() : token.scopes();
    }

    @Override
    public Set<String> roles() {
        return token == null ? Set.of() : token.roles();
    }

    @Override
    public Set<String> groups() {
        return token == null ? Set.of() : token.groups();
    }

    @Override
    public SubjectType subjectType() {
        if (token == null) {
            return SubjectType.UNKNOWN;
        }
        return switch (token.subjectKind()) {
            case USER -> SubjectType.USER;
            case CLIENT -> SubjectType.CLIENT;
            case UNKNOWN -> SubjectType.UNKNOWN;
        };
    }

    @Override
    public boolean isInRole(String role) {
        return "**".equals(role) ? !isAnonymous() : roles().contains(role);
    }

    @Override
    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(token).map(VerifiedToken::expiresAt);
    }

    @Override
    public Map<String, Object> claims() {
        return token == null ? Map.of() : token.claims().asMap();
    }

    @Override
    public String toString() {
        return "caller " + getName();
    }
}
