package dev.cardea.jose;

import dev.cardea.file.UnusableFileException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.jose4j.jws.EcdsaUsingShaAlgorithm;
import org.jspecify.annotations.Nullable;

/** A private key and one of the algorithms of RFC 7518 3.1 and RFC 8037 3.1 that it is for. */
final class PrivateKeySigner implements SigningKey.Signer {
    private static final int MIN_RSA_BITS = 2048;
    private static final byte[] SAMPLE = {1, 2, 3};

    private final PrivateKey key;
    private final String platformName;
    private final @Nullable PSSParameterSpec parameters;
    private final @Nullable Curve curve;

    private PrivateKeySigner(PrivateKey key, String algorithm, @Nullable Curve curve) {
        this.key = key;
        this.curve = curve;
        this.platformName = platformName(algorithm);
        this.parameters = algorithm.startsWith("PS") ? pss(algorithm.substring(2)) : null;
    }

    /**
     * @param algorithm what the file says the key is for, or null if it does not say
     * @param publicKey its other half, or null if the file does not have it
     */
    static SigningKey signingKey(
            PrivateKey key, @Nullable PublicKey publicKey, @Nullable String algorithm, @Nullable String id)
            throws UnusableFileException {
        Curve curve = key instanceof ECPrivateKey ec ? Curve.of(ec.getParams()) : null;
        if (key instanceof ECPrivateKey && curve == null) {
            throw new UnusableFileException("has a key on another curve than P-256, P-384 and P-521");
        }
        if (key instanceof RSAPrivateKey rsa && rsa.getModulus().bitLength() < MIN_RSA_BITS) {
            throw new UnusableFileException("has an RSA key of fewer than " + MIN_RSA_BITS + " bits");
        }
        String standard = standard(key, curve);
        String chosen = algorithm == null ? standard : algorithm;
        if (!isFor(chosen, standard)) {
            throw new UnusableFileException("has a key whose 'alg' is not one by which such a key signs");
        }
        PrivateKeySigner signer = new PrivateKeySigner(key, chosen, curve);
        signer.requireThatItSigns(publicKey);
        return new SigningKey(chosen, id, signer);
    }

    private static String standard(PrivateKey key, @Nullable Curve curve) throws UnusableFileException {
        if (curve != null) {
            return switch (curve) {
                case P256 -> "ES256";
                case P384 -> "ES384";
                case P521 -> "ES512";
            };
        }
        return switch (key.getAlgorithm()) {
            case "RSA" -> "RS256";
            case "RSASSA-PSS" -> "PS256";
            case "EdDSA", "Ed25519" -> "EdDSA";
            default -> throw new UnusableFileException("has a key that is neither RSA, EC nor Ed25519");
        };
    }

    private static boolean isFor(String algorithm, String standard) {
        return switch (standard) {
            case "RS256" -> algorithm.matches("[RP]S(256|384|512)");
            case "PS256" -> algorithm.matches("PS(256|384|512)");
            case "EdDSA" -> algorithm.equals("EdDSA") || algorithm.equals("Ed25519");
            default -> algorithm.equals(standard);
        };
    }

    private static String platformName(String algorithm) {
        return switch (algorithm.substring(0, 2)) {
            case "RS" -> "SHA" + algorithm.substring(2) + "withRSA";
            case "PS" -> "RSASSA-PSS";
            case "ES" -> "SHA" + (algorithm.equals("ES512") ? "512" : algorithm.substring(2)) + "withECDSA";
            default -> "Ed25519";
        };
    }

    /** RFC 7518 3.5: the salt is as long as the hash, and the mask is made with the same hash. */
    private static PSSParameterSpec pss(String bits) {
        MGF1ParameterSpec hash = new MGF1ParameterSpec("SHA-" + bits);
        return new PSSParameterSpec(
                hash.getDigestAlgorithm(), "MGF1", hash, Integer.parseInt(bits) / 8, PSSParameterSpec.TRAILER_FIELD_BC);
    }

    private void requireThatItSigns(@Nullable PublicKey publicKey) throws UnusableFileException {
        try {
            byte[] signature = platformSignature(SAMPLE);
            if (publicKey == null) {
                return;
            }
            Signature verifier = platform();
            verifier.initVerify(publicKey);
            verifier.update(SAMPLE);
            if (!verifier.verify(signature)) {
                throw new UnusableFileException("has a key whose halves do not belong to each other");
            }
        } catch (GeneralSecurityException e) {
            throw new UnusableFileException("has a key that this Java platform cannot sign with");
        }
    }

    @Override
    public byte[] sign(byte[] input) throws GeneralSecurityException {
        byte[] signature = platformSignature(input);
        return curve == null ? signature : sideBySide(signature, curve);
    }

    private byte[] platformSignature(byte[] input) throws GeneralSecurityException {
        Signature signer = platform();
        signer.initSign(key);
        signer.update(input);
        return signer.sign();
    }

    private Signature platform() throws GeneralSecurityException {
        Signature signature = Signature.getInstance(platformName);
        if (parameters != null) {
            signature.setParameter(parameters);
        }
        return signature;
    }

    /** RFC 7518 3.4. Not every platform has the name of ECDSA that gives the two numbers so. */
    private static byte[] sideBySide(byte[] der, Curve curve) throws SignatureException {
        try {
            return EcdsaUsingShaAlgorithm.convertDerToConcatenated(der, 2 * curve.size());
        } catch (IOException e) {
            throw new SignatureException(e);
        }
    }
}
