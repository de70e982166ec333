package dev.cardea.jwt;

import dev.cardea.jose.VerificationKey;
import dev.cardea.reject.RejectedException;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.token.AuthenticClaims;

/** Establishes who wrote a JWT. Implementations are thread-safe. */
public interface JwtVerifier {
    /** Claims, and the key that they are known to be the issuer's by. */
    record Verified(AuthenticClaims claims, VerificationKey key) {}

    /**
     * The claims of {@code jwt}, now known to be its issuer's.
     *
     * @throws RejectedException if type, algorithm, key or signature are not acceptable
     * @throws UndeterminedException if the issuer's keys cannot be had
     */
    Verified verify(CompactJwt jwt) throws RejectedException, UndeterminedException;

    /** Whether what was verified with {@code key} still counts: {@link KeySource#stillHas}. */
    boolean stillTrusts(VerificationKey key) throws UndeterminedException;

    /**
     * Whether the issuer signed {@code jwt}, whatever kind of JWT it is, as far as that can be told with what is at hand:
     * asks nobody and waits for nobody, and false may mean that the keys were not fetched yet. For telling an operator
     * something, never for accepting a token.
     */
    boolean isOfIssuer(CompactJwt jwt);
}
