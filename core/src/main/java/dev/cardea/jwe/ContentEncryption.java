package dev.cardea.jwe;

import java.util.Map;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jwe.AesCbcHmacSha2ContentEncryptionAlgorithm;
import org.jose4j.jwe.AesGcmContentEncryptionAlgorithm;
import org.jose4j.jwe.ContentEncryptionAlgorithm;
import org.jose4j.jwe.ContentEncryptionKeyDescriptor;
import org.jose4j.jwe.ContentEncryptionParts;
import org.jose4j.jwx.Headers;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * How the content is encrypted: authenticated encryptions only, by their exact name (RFC 7518 5). Immutable and
 * thread-safe.
 *
 * <p>Makes jose4j's algorithms itself instead of asking its registry, which is a mutable static of the whole application.
 */
final class ContentEncryption {
    private static final int BLOCK = 16;
    private static final Map<String, ContentEncryption> BY_NAME = Map.of(
            "A128GCM", gcm("A128GCM", 128),
            "A256GCM", gcm("A256GCM", 256),
            "A128CBC-HS256",
                    cbc(new AesCbcHmacSha2ContentEncryptionAlgorithm("A128CBC-HS256", 32, "HmacSHA256", 16), 16),
            "A256CBC-HS512",
                    cbc(new AesCbcHmacSha2ContentEncryptionAlgorithm("A256CBC-HS512", 64, "HmacSHA512", 32), 32));

    private final ContentEncryptionAlgorithm algorithm;
    private final int vectorLength;
    private final int tagLength;
    private final boolean inBlocks;

    private ContentEncryption(ContentEncryptionAlgorithm algorithm, int vectorLength, int tagLength, boolean inBlocks) {
        this.algorithm = algorithm;
        this.vectorLength = vectorLength;
        this.tagLength = tagLength;
        this.inBlocks = inBlocks;
    }

    private static ContentEncryption gcm(String name, int bits) {
        return new ContentEncryption(new AesGcmContentEncryptionAlgorithm(name, bits), 12, 16, false);
    }

    private static ContentEncryption cbc(ContentEncryptionAlgorithm algorithm, int tagLength) {
        return new ContentEncryption(algorithm, BLOCK, tagLength, true);
    }

    /** The encryption of exactly that name, or null. */
    static @Nullable ContentEncryption named(String name) {
        return BY_NAME.get(name);
    }

    ContentEncryptionKeyDescriptor keyDescriptor() {
        return algorithm.getContentEncryptionKeyDescriptor();
    }

    int keyLength() {
        return keyDescriptor().getContentEncryptionKeyByteLength();
    }

    /** Whether vector, tag and ciphertext have the one length that the encryption gives them. A shorter tag is weaker. */
    boolean fits(CompactJwe token) {
        return token.initializationVector().length == vectorLength
                && token.tag().length == tagLength
                && (!inBlocks || token.ciphertext().length % BLOCK == 0);
    }

    /** @throws JoseException if the tag is not that of this key and text */
    byte[] decrypt(CompactJwe token, byte[] key) throws JoseException {
        return algorithm.decrypt(
                new ContentEncryptionParts(token.initializationVector(), token.ciphertext(), token.tag()),
                token.authenticated(),
                key,
                new Headers(),
                new ProviderContext());
    }
}
