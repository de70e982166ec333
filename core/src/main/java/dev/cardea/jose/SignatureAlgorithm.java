package dev.cardea.jose;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Map;
import org.jose4j.jws.EcdsaUsingShaAlgorithm;
import org.jspecify.annotations.Nullable;

/**
 * The signature algorithms there are for access tokens and proofs: asymmetric ones, by their exact name (RFC 7518 3.1, RFC 8037,
 * RFC 9864). What is not in here (no {@code none}, no HMAC, no Ed448) cannot be configured into existence.
 *
 * <p>Immutable and thread-safe.
 */
public final class SignatureAlgorithm {
    private static final int ED25519_SIGNATURE = 64;
    private static final SignatureAlgorithm ED25519 = new SignatureAlgorithm("Ed25519", null);
    private static final Map<String, SignatureAlgorithm> BY_NAME = Map.ofEntries(
            Map.entry("RS256", new SignatureAlgorithm("SHA256withRSA", null)),
            Map.entry("RS384", new SignatureAlgorithm("SHA384withRSA", null)),
            Map.entry("RS512", new SignatureAlgorithm("SHA512withRSA", null)),
            Map.entry("PS256", pss(MGF1ParameterSpec.SHA256, 32)),
            Map.entry("PS384", pss(MGF1ParameterSpec.SHA384, 48)),
            Map.entry("PS512", pss(MGF1ParameterSpec.SHA512, 64)),
            Map.entry("ES256", new SignatureAlgorithm("SHA256withECDSA", null)),
            Map.entry("ES384", new SignatureAlgorithm("SHA384withECDSA", null)),
            Map.entry("ES512", new SignatureAlgorithm("SHA512withECDSA", null)),
            Map.entry("EdDSA", ED25519),
            Map.entry("Ed25519", ED25519));

    private final String platformName;
    private final @Nullable PSSParameterSpec parameters;

    private SignatureAlgorithm(String platformName, @Nullable PSSParameterSpec parameters) {
        this.platformName = platformName;
        this.parameters = parameters;
    }

    /** RFC 7518 3.5: the salt is as long as the hash, and the mask is made with the same hash. */
    private static SignatureAlgorithm pss(MGF1ParameterSpec hash, int saltLength) {
        return new SignatureAlgorithm(
                "RSASSA-PSS",
                new PSSParameterSpec(
                        hash.getDigestAlgorithm(), "MGF1", hash, saltLength, PSSParameterSpec.TRAILER_FIELD_BC));
    }

    /** The algorithm of exactly that name, or null. */
    public static @Nullable SignatureAlgorithm named(String name) {
        return BY_NAME.get(name);
    }

    /**
     * What verifies signatures made with the private half of {@code key}: for one thread, time after time.
     *
     * @throws GeneralSecurityException if the platform cannot use this key with this algorithm
     */
    Signature verifier(PublicKey key) throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(platformName);
        if (parameters != null) {
            verifier.setParameter(parameters);
        }
        verifier.initVerify(key);
        return verifier;
    }

    /**
     * Whether {@code signature} over {@code input} was made with the private half of {@code key}.
     *
     * @throws GeneralSecurityException if the platform cannot use this key with this algorithm, whatever the signature;
     *     what a signature can cause is an answer of false
     */
    boolean verifies(byte[] signature, PublicKey key, byte[] input) throws GeneralSecurityException {
        Signature verifier = verifier(key);
        try {
            return verifies(signature, key, input, verifier);
        } catch (SignatureException e) {
            return false;
        }
    }

    /**
     * As above, by a verifier for the same key.
     *
     * <p>A signature has one length and one form (RFC 7518 3.4): platforms take shorter ones, and {@code r} and {@code s}
     * that are not below the order, which would give one token several spellings. The other spelling of an ECDSA signature,
     * (r, n-s), stays: half of all honest signatures have that form.
     *
     * @throws SignatureException if the platform cannot read the signature; the verifier is not to be used again
     */
    static boolean verifies(byte[] signature, PublicKey key, byte[] input, Signature verifier)
            throws SignatureException {
        if (!isWellFormed(signature, key)) {
            return false;
        }
        verifier.update(input);
        return verifier.verify(key instanceof ECPublicKey ? inDer(signature) : signature);
    }

    /** Not every platform has the name of ECDSA that takes the two numbers as they stand in a JWS. */
    private static byte[] inDer(byte[] signature) throws SignatureException {
        try {
            return EcdsaUsingShaAlgorithm.convertConcatenatedToDer(signature);
        } catch (IOException e) {
            throw new SignatureException(e);
        }
    }

    /** A signature of the right form that verifies nothing. */
    public byte[] nonsense(PublicKey key) {
        byte[] signature = new byte[length(key)];
        Arrays.fill(signature, (byte) 1);
        return signature;
    }

    /** Whether {@code signature} has the one length and form of those that {@code key} verifies. */
    static boolean isWellFormed(byte[] signature, PublicKey key) {
        if (signature.length != length(key)) {
            return false;
        }
        return !(key instanceof ECPublicKey ec) || isPairBelow(ec.getParams().getOrder(), signature);
    }

    private static int length(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return bytes(rsa.getModulus());
        }
        return key instanceof ECPublicKey ec ? 2 * bytes(ec.getParams().getOrder()) : ED25519_SIGNATURE;
    }

    private static int bytes(BigInteger number) {
        return (number.bitLength() + 7) / 8;
    }

    /** {@code r} and {@code s} within 1 and n-1 (RFC 7518 3.4): zeros would verify under CVE-2022-21449. */
    private static boolean isPairBelow(BigInteger order, byte[] signature) {
        int half = signature.length / 2;
        return isBetweenZeroAnd(order, new BigInteger(1, signature, 0, half))
                && isBetweenZeroAnd(order, new BigInteger(1, signature, half, half));
    }

    private static boolean isBetweenZeroAnd(BigInteger order, BigInteger value) {
        return value.signum() > 0 && value.compareTo(order) < 0;
    }
}
