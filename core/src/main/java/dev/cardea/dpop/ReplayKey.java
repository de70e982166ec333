package dev.cardea.dpop;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a used proof is known by: 128 bits of a SHA-256 over the thumbprint of its key, its method, its target and its
 * {@code jti}. So a {@code jti} counts for one key at one target, is as small as any other however long it is, and names
 * nothing that could be presented.
 *
 * <p>Two proofs of different keys never meet: that would take a second preimage. Whoever looks for two of his own that do, 2^64
 * tries, gains a refusal. Immutable.
 */
public final class ReplayKey {
    private static final int THUMBPRINT_LENGTH = 32;

    private final long high;
    private final long low;
    private final long client;

    private ReplayKey(long high, long low, long client) {
        this.high = high;
        this.low = low;
        this.client = client;
    }

    /**
     * The key of one proof.
     *
     * @param jkt the thumbprint of the proof's key, 32 bytes
     * @param method of the request
     * @param target of the request, normalised
     * @param jti of the proof, of any length
     */
    public static ReplayKey of(byte[] jkt, String method, String target, String jti) {
        if (jkt.length != THUMBPRINT_LENGTH) {
            throw new IllegalArgumentException("a thumbprint has 32 bytes");
        }
        byte[][] parts = {
            jkt,
            method.getBytes(StandardCharsets.UTF_8),
            target.getBytes(StandardCharsets.UTF_8),
            jti.getBytes(StandardCharsets.UTF_8)
        };
        ByteBuffer digest = ByteBuffer.wrap(digest(parts));
        return new ReplayKey(
                digest.getLong(), digest.getLong(), ByteBuffer.wrap(jkt).getLong());
    }

    /** The first 64 of its 128 bits. */
    public long high() {
        return high;
    }

    /** The other 64 bits. */
    public long low() {
        return low;
    }

    /** Whose proof it is: the same for all proofs of one key, and another key has another but by a chance of 2^-64. */
    public long client() {
        return client;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReplayKey that && high == that.high && low == that.low;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high);
    }

    /** The 128 bits in hexadecimal. */
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }

    /** Each part with its length ahead, or ("GET", "/ab", "c") and ("GET", "/a", "bc") would be one. */
    private static byte[] digest(byte[][] parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += Integer.BYTES + part.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.putInt(part.length).put(part);
        }
        try {
            return MessageDigest.getInstance("SHA-256").digest(all.array());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
