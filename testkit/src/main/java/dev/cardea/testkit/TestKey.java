package dev.cardea.testkit;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A signing key pair with its key id and the one JWS algorithm it is published for. Signs with the JDK alone, so that no
 * library stands between a test and the bytes it sends.
 */
public record TestKey(String kid, String algorithm, KeyPair keyPair) {

    /** The signature over {@code input} in the encoding that JWS wants (RFC 7518 section 3.4: R and S side by side). */
    public byte[] sign(byte[] input) {
        return sign(jcaName(), input);
    }

    byte[] sign(String jcaName, byte[] input) {
        try {
            Signature signature = Signature.getInstance(jcaName);
            signature.initSign(keyPair.getPrivate());
            signature.update(input);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot sign with " + jcaName, e);
        }
    }

    private String jcaName() {
        return switch (algorithm) {
            case "RS256" -> "SHA256withRSA";
            case "ES256" -> "SHA256withECDSAinP1363Format";
            case "EdDSA", "Ed25519" -> "Ed25519";
            default -> throw new IllegalStateException("no test key signs " + algorithm);
        };
    }

    /** The same key under another id: what a rotation that reuses key material, or an attacker, publishes. */
    public TestKey withKid(String other) {
        return new TestKey(other, algorithm, keyPair);
    }

    /** The public JWK with {@code kid}, {@code use} and {@code alg}. */
    public Map<String, Object> publicJwk() {
        Map<String, Object> jwk = new LinkedHashMap<>(bareJwk());
        jwk.put("kid", kid);
        jwk.put("use", "sig");
        jwk.put("alg", algorithm);
        return jwk;
    }

    /** The public JWK with nothing but the key's own members. */
    public Map<String, Object> bareJwk() {
        Map<String, Object> jwk = new LinkedHashMap<>();
        if (keyPair.getPublic() instanceof RSAPublicKey rsa) {
            jwk.put("kty", "RSA");
            jwk.put("n", Base64Url.encode(unsigned(rsa.getModulus(), 256)));
            jwk.put("e", Base64Url.encode(unsigned(rsa.getPublicExponent(), 3)));
        } else if (keyPair.getPublic() instanceof ECPublicKey ec) {
            jwk.put("kty", "EC");
            jwk.put("crv", "P-256");
            jwk.put("x", Base64Url.encode(unsigned(ec.getW().getAffineX(), 32)));
            jwk.put("y", Base64Url.encode(unsigned(ec.getW().getAffineY(), 32)));
        } else {
            byte[] spki = keyPair.getPublic().getEncoded();
            jwk.put("kty", "OKP");
            jwk.put("crv", "Ed25519");
            jwk.put("x", Base64Url.encode(Arrays.copyOfRange(spki, spki.length - 32, spki.length)));
        }
        return jwk;
    }

    private static byte[] unsigned(BigInteger number, int length) {
        byte[] signed = number.toByteArray();
        byte[] fixed = new byte[length];
        int digits = Math.min(signed.length, length);
        System.arraycopy(signed, signed.length - digits, fixed, length - digits, digits);
        return fixed;
    }

    /** Never the private key: a failed assertion prints its arguments. */
    @Override
    public String toString() {
        return "TestKey[" + kid + ", " + algorithm + "]";
    }
}
