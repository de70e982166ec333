package dev.cardea.cache;

import java.util.Arrays;

/**
 * Names one token in one {@link KeySpace}: the SHA-256 of the space and the SHA-256 of the complete token, side by side.
 * Holds nothing that could be presented as a token. Immutable.
 */
public final class CacheKey {
    private final byte[] space;
    private final long word0;
    private final long word1;
    private final long word2;
    private final long word3;

    /** @param space of the key space, shared by all its keys and never written to */
    CacheKey(byte[] space, long word0, long word1, long word2, long word3) {
        this.space = space;
        this.word0 = word0;
        this.word1 = word1;
        this.word2 = word2;
        this.word3 = word3;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CacheKey key
                && word0 == key.word0
                && word1 == key.word1
                && word2 == key.word2
                && word3 == key.word3
                && Arrays.equals(space, key.space);
    }

    /** The space is left out: it is the same for nearly every key of a cache. */
    @Override
    public int hashCode() {
        return Long.hashCode(word0);
    }

    @Override
    public String toString() {
        return "cache key";
    }
}
