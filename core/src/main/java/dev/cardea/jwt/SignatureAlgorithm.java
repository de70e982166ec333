package dev.cardea.jwt;

import java.math.BigInteger;
import java.security.Key;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jws.EcdsaUsingShaAlgorithm;
import org.jose4j.jws.EdDsaAlgorithm;
import org.jose4j.jws.JsonWebSignatureAlgorithm;
import org.jose4j.jws.RsaUsingShaAlgorithm;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The signature algorithms there are for access tokens: asymmetric ones, by their exact name (RFC 7518 3.1, RFC 8037,
 * RFC 9864). What is not in here (no {@code none}, no HMAC, no Ed448) cannot be configured into existence.
 *
 * <p>Makes jose4j's algorithms itself instead of asking its registry, which is a mutable static of the whole application,
 * knows HMAC and {@code none}, and does not know the name {@code Ed25519}. Immutable and thread-safe.
 */
final class SignatureAlgorithm {
    private static final int ED25519_SIGNATURE = 64;
    private static final Map<String, SignatureAlgorithm> BY_NAME = all();

    private final JsonWebSignatureAlgorithm algorithm;

    private SignatureAlgorithm(JsonWebSignatureAlgorithm algorithm) {
        this.algorithm = algorithm;
    }

    /** The algorithm of exactly that name, or null. */
    static @Nullable SignatureAlgorithm named(String name) {
        return BY_NAME.get(name);
    }

    /**
     * Whether {@code signature} over {@code input} was made with the private half of {@code key}.
     *
     * <p>A signature has one length and one form: jose4j takes shorter ones for ECDSA and reduces {@code r} and {@code s}
     * modulo the order, which would give one token several spellings.
     *
     * @throws JoseException if the platform cannot use this key with this algorithm, whatever the signature; what a
     *     signature can cause is an answer of false
     */
    boolean verifies(byte[] signature, PublicKey key, byte[] input) throws JoseException {
        return isWellFormed(signature, key)
                && algorithm.verifySignature(signature, (Key) key, input, new ProviderContext());
    }

    /** A signature of the right form that verifies nothing. */
    byte[] nonsense(PublicKey key) {
        byte[] signature = new byte[length(key)];
        Arrays.fill(signature, (byte) 1);
        return signature;
    }

    private static boolean isWellFormed(byte[] signature, PublicKey key) {
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

    private static Map<String, SignatureAlgorithm> all() {
        Map<String, SignatureAlgorithm> algorithms = new HashMap<>();
        add(algorithms, new RsaUsingShaAlgorithm.RsaSha256());
        add(algorithms, new RsaUsingShaAlgorithm.RsaSha384());
        add(algorithms, new RsaUsingShaAlgorithm.RsaSha512());
        add(algorithms, new RsaUsingShaAlgorithm.RsaPssSha256());
        add(algorithms, new RsaUsingShaAlgorithm.RsaPssSha384());
        add(algorithms, new RsaUsingShaAlgorithm.RsaPssSha512());
        add(algorithms, new EcdsaUsingShaAlgorithm.EcdsaP256UsingSha256());
        add(algorithms, new EcdsaUsingShaAlgorithm.EcdsaP384UsingSha384());
        add(algorithms, new EcdsaUsingShaAlgorithm.EcdsaP521UsingSha512());
        SignatureAlgorithm ed25519 = new SignatureAlgorithm(new EdDsaAlgorithm());
        algorithms.put("EdDSA", ed25519);
        algorithms.put("Ed25519", ed25519);
        return Map.copyOf(algorithms);
    }

    private static void add(Map<String, SignatureAlgorithm> algorithms, JsonWebSignatureAlgorithm algorithm) {
        algorithms.put(algorithm.getAlgorithmIdentifier(), new SignatureAlgorithm(algorithm));
    }
}
