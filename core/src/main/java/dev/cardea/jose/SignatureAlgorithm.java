package dev.cardea.jose;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.List;
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
    private static final SignatureAlgorithm ED25519 = new SignatureAlgorithm("Ed25519", null, "Ed25519", "EdDSA");
    private static final Map<String, SignatureAlgorithm> BY_NAME = Map.ofEntries(
            Map.entry("RS256", new SignatureAlgorithm("RS256", null, "SHA256withRSA")),
            Map.entry("RS384", new SignatureAlgorithm("RS384", null, "SHA384withRSA")),
            Map.entry("RS512", new SignatureAlgorithm("RS512", null, "SHA512withRSA")),
            Map.entry("PS256", pss("PS256", MGF1ParameterSpec.SHA256, 32)),
            Map.entry("PS384", pss("PS384", MGF1ParameterSpec.SHA384, 48)),
            Map.entry("PS512", pss("PS512", MGF1ParameterSpec.SHA512, 64)),
            Map.entry("ES256", new SignatureAlgorithm("ES256", null, "SHA256withECDSA")),
            Map.entry("ES384", new SignatureAlgorithm("ES384", null, "SHA384withECDSA")),
            Map.entry("ES512", new SignatureAlgorithm("ES512", null, "SHA512withECDSA")),
            Map.entry("EdDSA", ED25519),
            Map.entry("Ed25519", ED25519));

    private final String standardName;
    private final @Nullable PSSParameterSpec parameters;
    private final List<String> platformNames;

    /** @param platformNames what providers call it; the Java platform's own have the first */
    private SignatureAlgorithm(String standardName, @Nullable PSSParameterSpec parameters, String... platformNames) {
        this.standardName = standardName;
        this.parameters = parameters;
        this.platformNames = List.of(platformNames);
    }

    /** RFC 7518 3.5: the salt is as long as the hash, and the mask is made with the same hash. */
    private static SignatureAlgorithm pss(String name, MGF1ParameterSpec hash, int saltLength) {
        return new SignatureAlgorithm(
                name,
                new PSSParameterSpec(
                        hash.getDigestAlgorithm(), "MGF1", hash, saltLength, PSSParameterSpec.TRAILER_FIELD_BC),
                "RSASSA-PSS",
                "SHA" + name.substring(2) + "withRSA/PSS");
    }

    /** The algorithm of exactly that name, or null. */
    public static @Nullable SignatureAlgorithm named(String name) {
        return BY_NAME.get(name);
    }

    /** The algorithm of a name that was checked before. */
    static SignatureAlgorithm required(String name) {
        SignatureAlgorithm algorithm = named(name);
        if (algorithm == null) {
            throw new IllegalArgumentException("no signature algorithm of that name");
        }
        return algorithm;
    }

    /** One of its names. */
    String standardName() {
        return standardName;
    }

    boolean isRsa() {
        return standardName.startsWith("RS") || standardName.startsWith("PS");
    }

    /** Whether {@code provider} says that it has this algorithm. */
    boolean isOf(Provider provider) {
        return nameAt(provider) != null;
    }

    private @Nullable String nameAt(Provider provider) {
        for (String name : platformNames) {
            if (provider.getService("Signature", name) != null) {
                return name;
            }
        }
        return null;
    }

    /**
     * What verifies signatures made with the private half of {@code key}: for one thread, time after time.
     *
     * @param provider whose, or null for the Java platform's choice
     * @throws GeneralSecurityException if it cannot use this key with this algorithm
     */
    Signature verifier(PublicKey key, @Nullable Provider provider) throws GeneralSecurityException {
        Signature verifier = verifier(provider);
        if (parameters != null) {
            verifier.setParameter(parameters);
        }
        verifier.initVerify(key);
        return verifier;
    }

    private Signature verifier(@Nullable Provider provider) throws GeneralSecurityException {
        if (provider == null) {
            return Signature.getInstance(platformNames.get(0));
        }
        String name = nameAt(provider);
        if (name == null) {
            throw new NoSuchAlgorithmException(standardName);
        }
        return Signature.getInstance(name, provider);
    }

    /**
     * Whether {@code signature} over {@code input} was made with the private half of {@code key}, which {@code verifier}
     * verifies with.
     *
     * <p>A signature has one length and one form (RFC 7518 3.4): platforms take shorter ones, and {@code r} and {@code s}
     * that are not below the order, which would give one token several spellings. The other spelling of an ECDSA signature,
     * (r, n-s), stays: half of all honest signatures have that form.
     *
     * @throws SignatureException if the provider cannot read the signature; the verifier is not to be used again
     */
    static boolean verifies(byte[] signature, PublicKey key, byte[] input, Signature verifier)
            throws SignatureException {
        if (!isWellFormed(signature, key)) {
            return false;
        }
        byte[] form = key instanceof ECPublicKey ? inDer(signature) : signature;
        try {
            verifier.update(input);
            return verifier.verify(form);
        } catch (RuntimeException e) {
            // What providers throw on signatures that no signer made is theirs to choose, and never a yes.
            throw new SignatureException(e);
        }
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
