package dev.cardea.jose;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

/**
 * The SHA-256 thumbprint of a public key (RFC 7638, RFC 8037 2): what {@code jkt} names it by (RFC 9449 6.1).
 *
 * <p>It is made of the key, not of the text of a JWK: the members that the type requires, in the order of their names, each
 * in its one canonical spelling. Whatever else stood in the JWK changes nothing.
 */
public final class JwkThumbprint {
    private JwkThumbprint() {}

    /**
     * 32 bytes.
     *
     * @throws IllegalArgumentException if the key is none that {@link JwkReader} reads
     */
    public static byte[] of(PublicKey key) {
        byte[] json = requiredMembers(key).getBytes(StandardCharsets.US_ASCII);
        try {
            return MessageDigest.getInstance("SHA-256").digest(json);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every Java platform has it.
        }
    }

    private static String requiredMembers(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return "{\"e\":\"" + unsigned(rsa.getPublicExponent()) + "\",\"kty\":\"RSA\",\"n\":\""
                    + unsigned(rsa.getModulus()) + "\"}";
        }
        if (key instanceof ECPublicKey ec) {
            return requiredMembers(ec);
        }
        byte[] x = JwkReader.ed25519Point(key);
        if (x == null) {
            throw new IllegalArgumentException("a key of an unknown type");
        }
        return "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + base64Url(x) + "\"}";
    }

    private static String requiredMembers(ECPublicKey key) {
        Curve curve = Curve.of(key.getParams());
        if (curve == null) {
            throw new IllegalArgumentException("a key on an unknown curve");
        }
        return "{\"crv\":\"" + curve.word() + "\",\"kty\":\"EC\",\"x\":\""
                + coordinate(key.getW().getAffineX(), curve) + "\",\"y\":\""
                + coordinate(key.getW().getAffineY(), curve) + "\"}";
    }

    private static String coordinate(BigInteger number, Curve curve) {
        return base64Url(ofLength(curve.size(), number));
    }

    private static String unsigned(BigInteger number) {
        return base64Url(ofLength((number.bitLength() + 7) / 8, number));
    }

    /** Without the sign that {@link BigInteger#toByteArray} puts in front, or with zeros in front. */
    private static byte[] ofLength(int length, BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] fitting = new byte[length];
        int digits = Math.min(bytes.length, length);
        System.arraycopy(bytes, bytes.length - digits, fitting, length - digits, digits);
        return fitting;
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
