package dev.cardea.jwt;

import dev.cardea.config.IssuerSettings;
import dev.cardea.jose.SignatureAlgorithm;
import dev.cardea.jose.VerificationKey;
import dev.cardea.reject.Quoted;
import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import dev.cardea.reject.SettingNames;
import dev.cardea.reject.Uncertainty;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.token.AuthenticClaims;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Set;

/**
 * Verifies a JWT with keys of its issuer: type, algorithm, key, signature, cheapest first (RFC 9068 4, RFC 8725 3).
 *
 * <p>Proves that a holder of one of the issuer's private keys signed these claims as an access token. Does not look at
 * the claims, {@code iss} included: that is for {@code ClaimRules}. Immutable and thread-safe.
 */
public final class LocalJwtVerifier implements JwtVerifier {
    private final Set<String> types;
    private final boolean untyped;
    private final Set<String> algorithms;
    private final KeySource keys;
    private final Clock clock;
    private final SettingNames names;

    /** @throws IllegalArgumentException if an algorithm is configured that there is not */
    public LocalJwtVerifier(IssuerSettings settings, KeySource keys, Clock clock) {
        this.types = settings.types();
        this.untyped = settings.untyped();
        this.algorithms = Set.copyOf(settings.algorithms());
        this.keys = keys;
        this.clock = clock;
        this.names = settings.names();
        for (String algorithm : algorithms) {
            if (!isSupported(algorithm)) {
                throw new IllegalArgumentException(
                        Quoted.of(algorithm) + " is no signature algorithm for access tokens (cardea.jwt.algorithms)");
            }
        }
    }

    /** Whether {@code algorithm} may stand in {@code cardea.jwt.algorithms}. */
    public static boolean isSupported(String algorithm) {
        return SignatureAlgorithm.named(algorithm) != null;
    }

    @Override
    public Verified verify(CompactJwt jwt) throws RejectedException, UndeterminedException {
        requireType(jwt);
        SignatureAlgorithm algorithm = requireAlgorithm(jwt);
        VerificationKey key = keys.key(jwt.keyId(), jwt.algorithm());
        requireKeyFor(jwt, key);
        requireSignature(jwt, algorithm, key);
        return new Verified(AuthenticClaims.signed(jwt.unverifiedClaims(), clock.instant()), key);
    }

    @Override
    public boolean stillTrusts(VerificationKey key) throws UndeterminedException {
        return keys.stillHas(key);
    }

    @Override
    public boolean isOfIssuer(CompactJwt jwt) {
        VerificationKey key = keys.atHand(jwt.keyId(), jwt.algorithm());
        if (key == null) {
            return false;
        }
        try {
            SignatureAlgorithm algorithm = requireAlgorithm(jwt);
            requireKeyFor(jwt, key);
            requireSignature(jwt, algorithm, key);
            return true;
        } catch (RejectedException | UndeterminedException e) {
            return false;
        }
    }

    /** RFC 9068 4 (T01): the one thing that tells an access token from every other JWT of the issuer. */
    private void requireType(CompactJwt jwt) throws RejectedException {
        String type = jwt.type();
        if (type == null ? !untyped : !types.contains(type)) {
            throw new RejectedException(
                    Reason.TYPE_NOT_ACCEPTED,
                    "typ is " + Quoted.of(type) + ", expected one of " + types + " (" + names.of("jwt.types") + ")");
        }
    }

    /** RFC 8725 3.1 (W01, T04): an allow-list of exact names. */
    private SignatureAlgorithm requireAlgorithm(CompactJwt jwt) throws RejectedException {
        SignatureAlgorithm algorithm = SignatureAlgorithm.named(jwt.algorithm());
        if (algorithm == null || !algorithms.contains(jwt.algorithm())) {
            throw new RejectedException(
                    Reason.ALGORITHM_NOT_ACCEPTED,
                    "alg is " + Quoted.of(jwt.algorithm()) + ", which is not accepted (" + names.of("jwt.algorithms")
                            + ")");
        }
        return algorithm;
    }

    /** RFC 8725 3.1 (W02, W03): the key decides what it may be used for, the token only agrees. */
    private static void requireKeyFor(CompactJwt jwt, VerificationKey key) throws RejectedException {
        if (!key.isFor(jwt.algorithm())) {
            throw new RejectedException(
                    Reason.ALGORITHM_NOT_ACCEPTED,
                    "alg is " + Quoted.of(jwt.algorithm()) + ", but the key that kid names is for " + key.algorithms());
        }
    }

    /**
     * RFC 9068 4 (T04). A key that the platform cannot use says nothing about the token. The answer to whatever a signature
     * can be is false, its bytes having been measured first, so that no unchecked exception is the input's doing: one that
     * comes is a bug and stays one.
     */
    private static void requireSignature(CompactJwt jwt, SignatureAlgorithm algorithm, VerificationKey key)
            throws RejectedException, UndeterminedException {
        boolean verified;
        try {
            verified = key.verifies(algorithm, jwt.signature(), jwt.signingInput());
        } catch (GeneralSecurityException e) {
            throw new UndeterminedException(
                    Uncertainty.KEYS_UNAVAILABLE,
                    "this Java platform cannot verify " + jwt.algorithm() + " signatures");
        }
        if (!verified) {
            throw new RejectedException(Reason.SIGNATURE_INVALID, "the signature does not verify");
        }
    }
}
