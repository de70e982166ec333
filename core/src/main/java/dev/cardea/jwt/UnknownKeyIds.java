package dev.cardea.jwt;

import dev.cardea.resilience.TokenBucket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which unknown key ids are worth a fetch, when anybody can invent one (RFC 8725 3.10, T15).
 *
 * <p>Two fetches at once, then one per cooldown. An id that the issuer was asked about in vain, or has withdrawn, is not worth
 * another while the answer is young: one client with an old token would use up what a rotation needs. An id that was turned
 * away and comes again is worth one more than the others, for the id of a new key comes with every new token, and those that
 * somebody makes up at random come once. A fetch that fails costs nothing, nor does one that finds its key.
 *
 * <p>Thread-safe; not on the path of known keys.
 */
final class UnknownKeyIds {
    private static final int BURST = 2;
    private static final int ABSENT = 64;
    private static final int TURNED_AWAY = 4096; // a power of two

    private final LongSupplier nanoTime;
    private final TokenBucket bucket;
    private final TokenBucket reserve;
    private final Map<String, Boolean> absent = new LinkedHashMap<>(); // guarded by this, like the next
    private final int[] turnedAway = new int[TURNED_AWAY];

    UnknownKeyIds(Duration cooldown, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.bucket = new TokenBucket(BURST, cooldown.toNanos(), nanoTime.getAsLong());
        this.reserve = new TokenBucket(1, cooldown.toNanos(), nanoTime.getAsLong());
    }

    /** Whether a fetch on account of {@code id}, or one that withdrew it, has not had it. */
    synchronized boolean isAbsent(String id) {
        return absent.containsKey(id);
    }

    /** Bounded, the oldest leaving first; only the issuer and those who have a permit can make an entry. */
    synchronized void markAbsent(String id) {
        absent.remove(id);
        absent.put(id, true);
        if (absent.size() > ABSENT) {
            absent.remove(absent.keySet().iterator().next());
        }
    }

    /** A fetch that no inquiry began, but that answered one. */
    void charge() {
        bucket.tryTake(nanoTime.getAsLong());
    }

    Inquiry inquiry(String id) {
        return new Inquiry(id);
    }

    private synchronized boolean cameBefore(String id) {
        int hash = id.hashCode();
        int slot = (hash ^ hash >>> 16) & TURNED_AWAY - 1;
        boolean known = turnedAway[slot] == hash;
        turnedAway[slot] = hash;
        return known;
    }

    /** One request's question after one id. For one thread. */
    final class Inquiry {
        private final String id;
        private @Nullable TokenBucket paid;

        private Inquiry(String id) {
            this.id = id;
        }

        /** Takes a permit if there is one for this id. */
        boolean permit() {
            if (bucket.tryTake(nanoTime.getAsLong())) {
                paid = bucket;
            } else if (cameBefore(id) && reserve.tryTake(nanoTime.getAsLong())) {
                paid = reserve;
            } else {
                return false;
            }
            return true;
        }

        /** The fetch has failed, or found its key. */
        void giveBack() {
            TokenBucket from = paid;
            if (from != null) {
                paid = null;
                from.giveBack();
            }
        }

        /** The keys are newer than the question and do not have it. */
        void isAnsweredInVain() {
            if (paid != null) {
                markAbsent(id);
            }
        }
    }
}
