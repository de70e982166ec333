package dev.cardea.benchmarks;

import dev.cardea.request.TokenDigest;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The other map of our own that was tried: eight places for each remainder of the digest, as in a processor's cache, and the
 * least used of them makes room. It needs no key object and no nodes.
 */
final class SetAssociativeMap<V> {
    private static final int WAYS = 8;

    private final AtomicReferenceArray<@Nullable Entry<V>> places;
    private final int mask;

    private static final class Entry<V> {
        final TokenDigest token;
        final V value;
        int uses;

        Entry(TokenDigest token, V value) {
            this.token = token;
            this.value = value;
        }
    }

    SetAssociativeMap(int maxEntries) {
        int sets = Integer.highestOneBit(Math.max(1, maxEntries / WAYS));
        this.places = new AtomicReferenceArray<>(sets * WAYS);
        this.mask = sets - 1;
    }

    @Nullable
    V get(TokenDigest token) {
        int first = (token.hashCode() & mask) * WAYS;
        for (int i = first; i < first + WAYS; i++) {
            Entry<V> entry = places.get(i);
            if (entry != null && entry.token.equals(token)) {
                if (entry.uses < 3) {
                    entry.uses++;
                }
                return entry.value;
            }
        }
        return null;
    }

    void put(TokenDigest token, V value) {
        int first = (token.hashCode() & mask) * WAYS;
        int victim = first;
        int least = Integer.MAX_VALUE;
        for (int i = first; i < first + WAYS; i++) {
            Entry<V> entry = places.get(i);
            int uses = entry == null ? -1 : entry.uses--;
            if (uses < least) {
                least = uses;
                victim = i;
            }
        }
        places.set(victim, new Entry<>(token, value));
    }
}
