package dev.cardea.cache;

import dev.cardea.request.TokenDigest;
import java.util.Arrays;

/**
 * Names one token in one {@link KeySpace}: the SHA-256 of the space and the SHA-256 of the complete token, side by side.
 * Holds nothing that could be presented as a token. Immutable.
 */
public final class CacheKey {
    private final byte[] space;
    private final TokenDigest token;

    /** @param space of the key space, shared by all its keys and never written to */
    CacheKey(byte[] space, TokenDigest token) {
        this.space = space;
        this.token = token;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CacheKey key && token.equals(key.token) && Arrays.equals(space, key.space);
    }

    /** The space is left out: it is the same for nearly every key of a cache. */
    @Override
    public int hashCode() {
        return token.hashCode();
    }

    @Override
    public String toString() {
        return "cache key";
    }
}
