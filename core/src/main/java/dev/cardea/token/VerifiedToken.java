package dev.cardea.token;

import dev.cardea.request.PresentedToken;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Evidence that a token is authentic, meant for this resource server and within its time, at the moment it was made
 * (RFC 9068 4, RFC 7662 2.2). Only {@link ClaimRules} makes one.
 *
 * <p>Not evidence that its presenter may hold it, nor that it suffices for anything. For one request; immutable.
 */
public final class VerifiedToken {
    private final PresentedToken presented;
    private final AcceptedClaims accepted;
    private final ClaimMapping.Identity identity;
    private final Source source;

    VerifiedToken(PresentedToken presented, AcceptedClaims accepted, Source source) {
        this.presented = presented;
        this.accepted = accepted;
        this.identity = accepted.identity();
        this.source = source;
    }

    public String fingerprint() {
        return presented.fingerprint();
    }

    public Claims claims() {
        return accepted.authentic().claims();
    }

    public ValidationMethod method() {
        return accepted.authentic().method();
    }

    public Source source() {
        return source;
    }

    /** When the claims were established, see {@link AuthenticClaims#establishedAt()}. */
    public Instant establishedAt() {
        return accepted.authentic().establishedAt();
    }

    /** The claims and who vouches for them. */
    public AuthenticClaims authentic() {
        return accepted.authentic();
    }

    /** What may be kept of it for the next request with the same token. */
    public AcceptedClaims accepted() {
        return accepted;
    }

    /** {@code exp}, or null where an introspection answer gives none. */
    public @Nullable Instant expiresAt() {
        return accepted.expiresAt();
    }

    /** Whether its time, clock skew included, was over at {@code now}: a request may take longer than its token lives. */
    public boolean isExpiredAt(long nowMillis) {
        return accepted.areExpiredAt(nowMillis);
    }

    /** {@code iss}, or null where an introspection answer names none. */
    public @Nullable String issuer() {
        return identity.issuer();
    }

    public @Nullable String subject() {
        return identity.subject();
    }

    public @Nullable String clientId() {
        return identity.clientId();
    }

    /** What {@code cardea.principal.claim} names, or null. */
    public @Nullable String principal() {
        return identity.principal();
    }

    public Set<String> scopes() {
        return identity.scopes();
    }

    public Set<String> roles() {
        return identity.roles();
    }

    public Set<String> groups() {
        return identity.groups();
    }

    /** Whether {@link #subject()} is a user, the client itself, or nobody can tell. */
    public SubjectKind subjectKind() {
        return identity.subjectKind();
    }

    /** To whom the token is bound. */
    public Confirmation confirmation() {
        return accepted.confirmation();
    }

    @Override
    public String toString() {
        return "verified " + presented;
    }
}
