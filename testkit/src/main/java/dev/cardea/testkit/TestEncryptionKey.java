package dev.cardea.testkit;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A resource server's key pair that tokens are encrypted for, with its key id and the one JWE algorithm it is for. Its
 * private half is what a resource server is configured with.
 */
public record TestEncryptionKey(String kid, String algorithm, KeyPair keyPair) {

    /** A new RSA 2048 key, for {@code RSA-OAEP-256} or {@code RSA-OAEP}. */
    public static TestEncryptionKey newRsa(String kid, String algorithm) {
        return new TestEncryptionKey(kid, algorithm, generate("RSA", null));
    }

    /** A new key on {@code P-256}, {@code P-384} or {@code P-521}, for {@code ECDH-ES} with or without key wrapping. */
    public static TestEncryptionKey newEc(String kid, String algorithm, String curve) {
        return new TestEncryptionKey(kid, algorithm, generate("EC", curve));
    }

    static KeyPair generate(String type, @Nullable String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
            if (curve == null) {
                generator.initialize(2048);
            } else {
                generator.initialize(new ECGenParameterSpec("secp" + curve.substring(2) + "r1"));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + type, e);
        }
    }

    /** The same key with another id. */
    public TestEncryptionKey withKid(String other) {
        return new TestEncryptionKey(other, algorithm, keyPair);
    }

    /** What an authorization server is told. */
    public Map<String, Object> publicJwk() {
        Map<String, Object> jwk = new LinkedHashMap<>(bareJwk(keyPair));
        jwk.put("kid", kid);
        jwk.put("use", "enc");
        jwk.put("alg", algorithm);
        return jwk;
    }

    /** What a resource server is configured with: never to be published. */
    public Map<String, Object> privateJwk() {
        Map<String, Object> jwk = publicJwk();
        addPrivateHalf(jwk, keyPair);
        return jwk;
    }

    static void addPrivateHalf(Map<String, Object> jwk, KeyPair keyPair) {
        if (keyPair.getPrivate() instanceof RSAPrivateCrtKey rsa) {
            jwk.put("d", number(rsa.getPrivateExponent()));
            jwk.put("p", number(rsa.getPrimeP()));
            jwk.put("q", number(rsa.getPrimeQ()));
            jwk.put("dp", number(rsa.getPrimeExponentP()));
            jwk.put("dq", number(rsa.getPrimeExponentQ()));
            jwk.put("qi", number(rsa.getCrtCoefficient()));
        } else {
            ECPrivateKey ec = (ECPrivateKey) keyPair.getPrivate();
            jwk.put("d", fixed(ec.getS(), size(ec.getParams().getOrder())));
        }
    }

    /** {@link #privateJwk()} as the text of a file. */
    public String privateJson() {
        return Json.write(privateJwk());
    }

    /** {@code P-256}, {@code P-384}, {@code P-521}; null for RSA. */
    @Nullable
    String curve() {
        return keyPair.getPublic() instanceof ECPublicKey
                ? (String) bareJwk(keyPair).get("crv")
                : null;
    }

    static Map<String, Object> bareJwk(KeyPair pair) {
        Map<String, Object> jwk = new LinkedHashMap<>();
        if (pair.getPublic() instanceof RSAPublicKey rsa) {
            jwk.put("kty", "RSA");
            jwk.put("n", number(rsa.getModulus()));
            jwk.put("e", number(rsa.getPublicExponent()));
        } else {
            ECPublicKey ec = (ECPublicKey) pair.getPublic();
            int bits = ec.getParams().getOrder().bitLength();
            int size = size(ec.getParams().getOrder());
            jwk.put("kty", "EC");
            jwk.put("crv", "P-" + bits);
            jwk.put("x", fixed(ec.getW().getAffineX(), size));
            jwk.put("y", fixed(ec.getW().getAffineY(), size));
        }
        return jwk;
    }

    private static int size(BigInteger order) {
        return (order.bitLength() + 7) / 8;
    }

    private static String number(BigInteger number) {
        return fixed(number, size(number));
    }

    private static String fixed(BigInteger number, int length) {
        byte[] signed = number.toByteArray();
        byte[] fixed = new byte[length];
        int digits = Math.min(signed.length, length);
        System.arraycopy(signed, signed.length - digits, fixed, length - digits, digits);
        return Base64Url.encode(fixed);
    }

    /** Never the private key: a failed assertion prints its arguments. */
    @Override
    public String toString() {
        return "TestEncryptionKey[" + kid + ", " + algorithm + "]";
    }
}
