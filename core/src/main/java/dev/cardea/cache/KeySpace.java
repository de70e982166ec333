package dev.cardea.cache;

import dev.cardea.request.PresentedToken;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * For whom answers about tokens are true: an endpoint may answer differently to every client that asks (RFC 7662 2.2),
 * so whoever asks is part of every key.
 *
 * <p>Immutable and thread-safe. Keys of different spaces are never equal.
 */
public final class KeySpace {
    private final byte[] digest;

    private KeySpace(byte[] digest) {
        this.digest = digest;
    }

    /**
     * The space of what {@code endpoint} says to {@code client}.
     *
     * @param endpoint the endpoint's address, or the issuer that it is discovered from
     * @param client who we are at that endpoint
     */
    public static KeySpace of(String endpoint, String client) {
        MessageDigest sha256 = sha256();
        addPart(sha256, endpoint);
        addPart(sha256, client);
        return new KeySpace(sha256.digest());
    }

    /** The key of {@code token} in this space. Costs no digest: the token was hashed when it was presented. */
    public CacheKey key(PresentedToken token) {
        return new CacheKey(digest, token.digest());
    }

    /** With its length ahead, or ("ab", "c") and ("a", "bc") would be one space. */
    private static void addPart(MessageDigest sha256, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        sha256.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
