package dev.cardea.token;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Authentic claims that {@link ClaimRules} have accepted once, so that the next request with the same token need not read
 * them again: whom they speak of, and as plain numbers when they hold.
 *
 * <p>A fact about the token, not a verdict about a request: whether it is for us and within its time is asked at each use, by
 * {@link ClaimRules#accept(dev.cardea.request.PresentedToken, AcceptedClaims, Source, long)}. Only they make one. Immutable.
 */
public final class AcceptedClaims {
    private final AuthenticClaims authentic;
    private final ClaimRules rules;
    private final ClaimMapping.Identity identity;
    private final @Nullable Instant expiresAt;
    private final Confirmation confirmation;
    private final long refusedFromMillis;
    private final long acceptedFromMillis;

    /**
     * @param rules by which they were accepted
     * @param refusedFromMillis {@code exp} with the clock skew, {@link Long#MAX_VALUE} where there is none
     * @param acceptedFromMillis {@code nbf} and {@code iat} with their tolerances, {@link Long#MIN_VALUE} where there are none
     */
    AcceptedClaims(
            AuthenticClaims authentic,
            ClaimRules rules,
            ClaimMapping.Identity identity,
            @Nullable Instant expiresAt,
            long refusedFromMillis,
            long acceptedFromMillis) {
        this.authentic = authentic;
        this.rules = rules;
        this.identity = identity;
        this.expiresAt = expiresAt;
        this.confirmation = Confirmation.of(authentic.claims(), authentic.method());
        this.refusedFromMillis = refusedFromMillis;
        this.acceptedFromMillis = acceptedFromMillis;
    }

    AuthenticClaims authentic() {
        return authentic;
    }

    boolean wereAcceptedBy(ClaimRules those) {
        return rules == those;
    }

    ClaimMapping.Identity identity() {
        return identity;
    }

    @Nullable
    Instant expiresAt() {
        return expiresAt;
    }

    Confirmation confirmation() {
        return confirmation;
    }

    boolean holdAt(long millis) {
        return millis >= acceptedFromMillis && !areExpiredAt(millis);
    }

    boolean areExpiredAt(long millis) {
        return millis >= refusedFromMillis;
    }
}
