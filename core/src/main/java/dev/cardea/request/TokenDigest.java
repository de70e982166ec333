package dev.cardea.request;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * SHA-256 of a complete token: what caches know it by, compared in full, so that two tokens never share an entry. Holds
 * nothing that could be presented. Immutable.
 */
public final class TokenDigest {
    private static final int SIZE = 32;

    private final long word0;
    private final long word1;
    private final long word2;
    private final long word3;

    /** @param sha256 32 bytes */
    TokenDigest(byte[] sha256) {
        ByteBuffer words = ByteBuffer.wrap(sha256);
        this.word0 = words.getLong();
        this.word1 = words.getLong();
        this.word2 = words.getLong();
        this.word3 = words.getLong();
    }

    /** The {@code index}th eight bytes, 0 to 3. */
    public long word(int index) {
        return switch (index) {
            case 0 -> word0;
            case 1 -> word1;
            case 2 -> word2;
            case 3 -> word3;
            default -> throw new IndexOutOfBoundsException(index);
        };
    }

    /** Whether it is {@code sha256}; takes as long whatever the difference (RFC 9449 11.10, D43). */
    public boolean is(byte[] sha256) {
        if (sha256.length != SIZE) {
            return false;
        }
        ByteBuffer words = ByteBuffer.wrap(sha256);
        return ((word0 ^ words.getLong())
                        | (word1 ^ words.getLong())
                        | (word2 ^ words.getLong())
                        | (word3 ^ words.getLong()))
                == 0;
    }

    /** The first 8 bytes in hexadecimal: names the token in logs without giving it away. */
    String fingerprint() {
        return HexFormat.of().toHexDigits(word0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenDigest that
                && word0 == that.word0
                && word1 == that.word1
                && word2 == that.word2
                && word3 == that.word3;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(word0);
    }

    @Override
    public String toString() {
        return "digest " + fingerprint();
    }
}
