package dev.cardea.testkit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * How an access token is encrypted for a resource server (RFC 7516), and everything a test may want to change in that.
 * Immutable: each method answers a changed copy. Encrypts with the JDK alone.
 *
 * <pre>{@code
 * TokenEncryption encryption = TokenEncryption.to(key);
 * encryption.encrypt(valid.build());                            // accepted by who has the key
 * encryption.encrypt(valid, EncryptionFault.PLAIN_CLAIMS);      // refused, for that reason alone
 * }</pre>
 */
public final class TokenEncryption {

    private final TestEncryptionKey key;
    private final Map<String, @Nullable Object> header;

    private TokenEncryption(TestEncryptionKey key, Map<String, @Nullable Object> header) {
        this.key = key;
        this.header = Collections.unmodifiableMap(header);
    }

    /** With the key's algorithm and id, {@code A256GCM}, and {@code cty} {@code JWT}, since a signed JWT will be inside. */
    public static TokenEncryption to(TestEncryptionKey key) {
        Map<String, @Nullable Object> header = new LinkedHashMap<>();
        header.put("alg", key.algorithm());
        header.put("enc", "A256GCM");
        header.put("kid", key.kid());
        header.put("cty", "JWT");
        return new TokenEncryption(key, header);
    }

    /** {@code A128GCM}, {@code A256GCM}, {@code A128CBC-HS256} or {@code A256CBC-HS512}. */
    public TokenEncryption with(String enc) {
        return header("enc", enc);
    }

    public TokenEncryption header(String name, @Nullable Object value) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(header);
        copy.put(name, value);
        return new TokenEncryption(key, copy);
    }

    public TokenEncryption withoutHeader(String name) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(header);
        copy.remove(name);
        return new TokenEncryption(key, copy);
    }

    /** The same for somebody else, without anything in the header that says so. */
    TokenEncryption secretlyTo(TestEncryptionKey other) {
        return new TokenEncryption(other, header);
    }

    TestEncryptionKey key() {
        return key;
    }

    /** The encrypted token, in JWE compact serialisation, whatever {@code content} is. */
    public String encrypt(String content) {
        return parts(content.getBytes(StandardCharsets.UTF_8)).compact();
    }

    /** The token, signed and encrypted with exactly one thing wrong. */
    public String encrypt(AccessTokens valid, EncryptionFault fault) {
        return fault.applyTo(this, valid);
    }

    /** What is between the dots. */
    record Parts(String header, byte[] encryptedKey, byte[] vector, byte[] ciphertext, byte[] tag) {
        String compact() {
            return String.join(
                    ".",
                    header,
                    Base64Url.encode(encryptedKey),
                    Base64Url.encode(vector),
                    Base64Url.encode(ciphertext),
                    Base64Url.encode(tag));
        }
    }

    private record ContentKey(byte[] key, byte[] encrypted, Map<String, @Nullable Object> header) {}

    Parts parts(byte[] content) {
        try {
            ContentKey contentKey = contentKey();
            String protectedHeader = Base64Url.encode(Json.write(contentKey.header()));
            return encrypt(content, contentKey, protectedHeader);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot encrypt with " + header, e);
        }
    }

    private ContentKey contentKey() throws GeneralSecurityException {
        String algorithm = key.algorithm();
        int length = keyLength();
        byte[] fresh = random(length);
        if (!algorithm.startsWith("ECDH-ES")) {
            Cipher cipher = rsa(algorithm);
            return new ContentKey(fresh, cipher.doFinal(fresh), header);
        }
        KeyPair ephemeral = TestEncryptionKey.generate("EC", key.curve());
        Map<String, @Nullable Object> complete = new LinkedHashMap<>(header);
        if (!header.containsKey("epk")) {
            complete.put("epk", TestEncryptionKey.bareJwk(ephemeral));
        }
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(ephemeral.getPrivate());
        agreement.doPhase(key.keyPair().getPublic(), true);
        byte[] shared = agreement.generateSecret();
        if (algorithm.equals("ECDH-ES")) {
            return new ContentKey(derived(shared, String.valueOf(header.get("enc")), length), new byte[0], complete);
        }
        int wrapping = algorithm.contains("A128KW") ? 16 : 32;
        Cipher cipher = Cipher.getInstance("AESWrap");
        cipher.init(Cipher.WRAP_MODE, new SecretKeySpec(derived(shared, algorithm, wrapping), "AES"));
        return new ContentKey(fresh, cipher.wrap(new SecretKeySpec(fresh, "AES")), complete);
    }

    private Cipher rsa(String algorithm) throws GeneralSecurityException {
        if (algorithm.equals("RSA1_5")) {
            Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            cipher.init(Cipher.ENCRYPT_MODE, key.keyPair().getPublic());
            return cipher;
        }
        MGF1ParameterSpec hash = algorithm.equals("RSA-OAEP") ? MGF1ParameterSpec.SHA1 : MGF1ParameterSpec.SHA256;
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                key.keyPair().getPublic(),
                new OAEPParameterSpec(hash.getDigestAlgorithm(), "MGF1", hash, PSource.PSpecified.DEFAULT));
        return cipher;
    }

    /** RFC 7518 4.6.2. */
    private byte[] derived(byte[] shared, String algorithm, int length) throws GeneralSecurityException {
        byte[] id = algorithm.getBytes(StandardCharsets.US_ASCII);
        byte[] apu = party("apu");
        byte[] apv = party("apv");
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        byte[] key = new byte[0];
        for (int round = 1; key.length < length; round++) {
            sha256.update(number(round));
            sha256.update(shared);
            for (byte[] info : new byte[][] {id, apu, apv}) {
                sha256.update(number(info.length));
                sha256.update(info);
            }
            sha256.update(number(length * 8));
            key = joined(key, sha256.digest());
        }
        return Arrays.copyOf(key, length);
    }

    private byte[] party(String name) {
        return header.get(name) instanceof String info ? Base64Url.decode(info) : new byte[0];
    }

    private Parts encrypt(byte[] content, ContentKey contentKey, String protectedHeader)
            throws GeneralSecurityException {
        byte[] authenticated = protectedHeader.getBytes(StandardCharsets.US_ASCII);
        byte[] cek = contentKey.key();
        if (!String.valueOf(header.get("enc")).contains("CBC")) {
            byte[] vector = random(12);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(cek, "AES"), new GCMParameterSpec(128, vector));
            cipher.updateAAD(authenticated);
            byte[] both = cipher.doFinal(content);
            int length = both.length - 16;
            return new Parts(
                    protectedHeader,
                    contentKey.encrypted(),
                    vector,
                    Arrays.copyOf(both, length),
                    Arrays.copyOfRange(both, length, both.length));
        }
        int half = cek.length / 2;
        byte[] vector = random(16);
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(cek, half, half, "AES"), new IvParameterSpec(vector));
        byte[] ciphertext = cipher.doFinal(content);
        Mac mac = Mac.getInstance(half == 16 ? "HmacSHA256" : "HmacSHA512");
        mac.init(new SecretKeySpec(cek, 0, half, "HMAC"));
        mac.update(authenticated);
        mac.update(vector);
        mac.update(ciphertext);
        byte[] tag = mac.doFinal(
                ByteBuffer.allocate(8).putLong(authenticated.length * 8L).array());
        return new Parts(protectedHeader, contentKey.encrypted(), vector, ciphertext, Arrays.copyOf(tag, half));
    }

    private int keyLength() {
        return switch (String.valueOf(header.get("enc"))) {
            case "A128GCM" -> 16;
            case "A128CBC-HS256", "A256GCM" -> 32;
            case "A256CBC-HS512" -> 64;
            default -> 32;
        };
    }

    private static byte[] number(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    /** The header only. */
    @Override
    public String toString() {
        return "TokenEncryption" + header;
    }
}
