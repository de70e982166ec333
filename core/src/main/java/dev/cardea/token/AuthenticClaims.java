package dev.cardea.token;

import java.time.Instant;

/**
 * Claims whose author is established: the issuer's signature verified, or the issuer's introspection endpoint said them.
 *
 * <p>Says nothing yet about whether the token is for us or still valid: {@link ClaimRules} makes a
 * {@link VerifiedToken} of it, at every use, since audience configuration and time move on. Immutable.
 *
 * <p>The two factories are for the packages that establish authorship, {@code jwt} and {@code introspection}; a test
 * holds that.
 */
public final class AuthenticClaims {
    private final Claims claims;
    private final ValidationMethod method;
    private final Instant establishedAt;

    private AuthenticClaims(Claims claims, ValidationMethod method, Instant establishedAt) {
        this.claims = claims;
        this.method = method;
        this.establishedAt = establishedAt;
    }

    /** Claims of a JWT whose signature verified with a key of its issuer at {@code verifiedAt}. */
    public static AuthenticClaims signed(Claims claims, Instant verifiedAt) {
        return new AuthenticClaims(claims, ValidationMethod.LOCAL, verifiedAt);
    }

    /** Claims that the introspection endpoint gave at {@code answeredAt}, beside {@code "active": true}. */
    public static AuthenticClaims introspected(Claims claims, Instant answeredAt) {
        return new AuthenticClaims(claims, ValidationMethod.INTROSPECTION, answeredAt);
    }

    public Claims claims() {
        return claims;
    }

    public ValidationMethod method() {
        return method;
    }

    /** When authorship was established: for a cached answer, the time of the answer. */
    public Instant establishedAt() {
        return establishedAt;
    }
}
