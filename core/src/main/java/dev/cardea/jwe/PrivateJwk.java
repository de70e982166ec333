package dev.cardea.jwe;

import dev.cardea.jose.CanonicalBase64Url;
import dev.cardea.jose.Curve;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import org.jspecify.annotations.Nullable;

/** Makes a decryption key of a private JWK (RFC 7517, RFC 7518 6), or says why not, in words that give nothing of it away. */
final class PrivateJwk {
    private static final Set<String> OPERATIONS = Set.of("decrypt", "unwrapKey", "deriveKey", "deriveBits");
    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 8192;

    private final Map<?, ?> jwk;

    private PrivateJwk(Map<?, ?> jwk) {
        this.jwk = jwk;
    }

    static DecryptionKey read(@Nullable Object entry) throws UnusableKeysException {
        if (!(entry instanceof Map<?, ?> jwk)) {
            throw new UnusableKeysException("is not an object");
        }
        return new PrivateJwk(jwk).read();
    }

    private DecryptionKey read() throws UnusableKeysException {
        requirePurpose();
        String type = required("kty");
        KeyManagement algorithm = algorithm(type);
        try {
            if (type.equals("RSA")) {
                return new DecryptionKey(optional("kid"), algorithm, rsa(), null);
            }
            Curve curve = Curve.named(required("crv"));
            if (curve == null) {
                throw new UnusableKeysException("is on another curve than P-256, P-384 and P-521");
            }
            return new DecryptionKey(optional("kid"), algorithm, ellipticCurve(curve), curve);
        } catch (GeneralSecurityException e) {
            throw new UnusableKeysException("is no " + type + " key of this Java platform");
        }
    }

    /** RFC 7517 4.2 and 4.3 (T17): a key that signs elsewhere does not decrypt here. */
    private void requirePurpose() throws UnusableKeysException {
        String use = optional("use");
        if (use != null && !use.equals("enc")) {
            throw new UnusableKeysException("has a 'use' other than enc");
        }
        boolean mayDecrypt = !jwk.containsKey("key_ops")
                || (jwk.get("key_ops") instanceof List<?> operations
                        && operations.stream().anyMatch(OPERATIONS::contains));
        if (!mayDecrypt) {
            throw new UnusableKeysException("has 'key_ops' without decrypt, unwrapKey, deriveKey and deriveBits");
        }
    }

    private KeyManagement algorithm(String type) throws UnusableKeysException {
        if (type.equals("oct")) {
            throw new UnusableKeysException("is symmetric: whoever can encrypt for it can read what others encrypted");
        }
        String name = optional("alg");
        KeyManagement algorithm = name == null ? null : KeyManagement.named(name);
        if (algorithm == null) {
            throw new UnusableKeysException(
                    "has no 'alg' of " + String.join(", ", KeyManagement.names()) + ", the one that it is for");
        }
        if (!algorithm.isFor(type)) {
            throw new UnusableKeysException("has a 'kty' that does not fit its 'alg'");
        }
        return algorithm;
    }

    private PrivateKey rsa() throws UnusableKeysException, GeneralSecurityException {
        BigInteger modulus = number("n");
        if (modulus.bitLength() < MIN_RSA_BITS || modulus.bitLength() > MAX_RSA_BITS) {
            throw new UnusableKeysException(
                    "has fewer than " + MIN_RSA_BITS + " or more than " + MAX_RSA_BITS + " bits");
        }
        BigInteger exponent = number("e");
        BigInteger secret = number("d");
        BigInteger p = number("p");
        BigInteger q = number("q");
        boolean isPair =
                p.multiply(q).equals(modulus) && isInverse(exponent, secret, p) && isInverse(exponent, secret, q);
        if (!isPair) {
            throw new UnusableKeysException("has members that do not belong to each other");
        }
        KeyFactory factory = KeyFactory.getInstance("RSA");
        PrivateKey key = factory.generatePrivate(
                new RSAPrivateCrtKeySpec(modulus, exponent, secret, p, q, number("dp"), number("dq"), number("qi")));
        PublicKey publicKey = factory.generatePublic(new RSAPublicKeySpec(modulus, exponent));
        byte[] text = {1, 2, 3};
        if (!Arrays.equals(text, through(Cipher.DECRYPT_MODE, key, through(Cipher.ENCRYPT_MODE, publicKey, text)))) {
            throw new UnusableKeysException("does not decrypt what its public half encrypts");
        }
        return key;
    }

    private static boolean isInverse(BigInteger exponent, BigInteger secret, BigInteger prime) {
        BigInteger order = prime.subtract(BigInteger.ONE);
        return order.signum() > 0 && exponent.multiply(secret).mod(order).equals(BigInteger.ONE);
    }

    private static byte[] through(int mode, Key key, byte[] input) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
        cipher.init(mode, key);
        return cipher.doFinal(input);
    }

    private PrivateKey ellipticCurve(Curve curve) throws UnusableKeysException, GeneralSecurityException {
        ECPublicKey publicKey = curve.key(number("x"), number("y"));
        BigInteger number = number("d");
        boolean inRange =
                number.signum() > 0 && number.compareTo(curve.parameters().getOrder()) < 0;
        if (publicKey == null || !inRange) {
            throw new UnusableKeysException("is not on its curve");
        }
        PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(number, curve.parameters()));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(curve.parameters());
        KeyPair other = generator.generateKeyPair();
        if (!Arrays.equals(agreed(key, other.getPublic()), agreed(other.getPrivate(), publicKey))) {
            throw new UnusableKeysException("has halves that do not belong to each other");
        }
        return key;
    }

    private static byte[] agreed(PrivateKey own, PublicKey other) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(own);
        agreement.doPhase(other, true);
        return agreement.generateSecret();
    }

    private BigInteger number(String member) throws UnusableKeysException {
        byte[] ascii = required(member).getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = CanonicalBase64Url.decode(ascii, 0, ascii.length);
        if (bytes == null) {
            throw new UnusableKeysException("has a member '" + member + "' that is not base64url");
        }
        return new BigInteger(1, bytes);
    }

    private String required(String member) throws UnusableKeysException {
        String value = optional(member);
        if (value == null) {
            throw new UnusableKeysException(
                    member.equals("d") ? "is a public key: 'd' is missing" : "has no member '" + member + "'");
        }
        return value;
    }

    private @Nullable String optional(String member) throws UnusableKeysException {
        Object value = jwk.get(member);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new UnusableKeysException("has a member '" + member + "' that is not a string");
    }
}
