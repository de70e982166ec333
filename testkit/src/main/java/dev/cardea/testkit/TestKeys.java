package dev.cardea.testkit;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Signing keys, generated once per JVM because an RSA key costs a tenth of a second. */
public final class TestKeys {

    private static final TestKey RSA = generate("rsa-1", "RS256", "RSA", 2048);
    private static final TestKey EC = generate("ec-1", "ES256", "EC", 256);
    private static final TestKey ED25519 = generate("ed-1", "EdDSA", "Ed25519", 0);
    private static final TestKey FOREIGN = generate("foreign-1", "RS256", "RSA", 2048);

    private static final TestEncryptionKey RSA_ENCRYPTION = TestEncryptionKey.newRsa("rsa-enc-1", "RSA-OAEP-256");
    private static final TestEncryptionKey EC_ENCRYPTION =
            TestEncryptionKey.newEc("ec-enc-1", "ECDH-ES+A256KW", "P-256");

    private TestKeys() {}

    /** RSA 2048, {@code RS256}. */
    public static TestKey rsa() {
        return RSA;
    }

    /** P-256, {@code ES256}. */
    public static TestKey ec() {
        return EC;
    }

    /** Ed25519, published as {@code EdDSA}. */
    public static TestKey ed25519() {
        return ED25519;
    }

    /** RSA 2048 of somebody whom nobody trusts. */
    public static TestKey foreign() {
        return FOREIGN;
    }

    /** A new key for any of the algorithms of RFC 7518 3.1 that are neither symmetric nor {@code none}, EdDSA or Ed25519. */
    public static TestKey newKey(String kid, String algorithm) {
        return switch (algorithm) {
            case "ES256" -> generate(kid, algorithm, "EC", 256);
            case "ES384" -> generate(kid, algorithm, "EC", 384);
            case "ES512" -> generate(kid, algorithm, "EC", 521);
            case "EdDSA", "Ed25519" -> generate(kid, algorithm, "Ed25519", 0);
            default -> generate(kid, algorithm, "RSA", 2048);
        };
    }

    /** RSA 2048, {@code RSA-OAEP-256}: for encryption, with {@link TokenEncryption}. */
    public static TestEncryptionKey rsaEncryption() {
        return RSA_ENCRYPTION;
    }

    /** P-256, {@code ECDH-ES+A256KW}: for encryption. */
    public static TestEncryptionKey ecEncryption() {
        return EC_ENCRYPTION;
    }

    /** A new RSA 2048 key, for rotations. */
    public static TestKey newRsa(String kid) {
        return generate(kid, "RS256", "RSA", 2048);
    }

    /** A JWK set document with the public halves of {@code keys}. */
    public static String jwks(TestKey... keys) {
        List<Map<String, Object>> published =
                Stream.of(keys).map(TestKey::publicJwk).toList();
        return Json.write(Map.of("keys", published));
    }

    private static TestKey generate(String kid, String algorithm, String keyType, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(keyType);
            if (bits > 0) {
                generator.initialize(bits);
            }
            KeyPair pair = generator.generateKeyPair();
            return new TestKey(kid, algorithm, pair);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + keyType, e);
        }
    }
}
