package dev.cardea.cache;

import dev.cardea.request.TokenDigest;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers values by the digest of their token, up to a number of entries. Who is in use stays: whoever adds more pushes out
 * what nobody has asked for lately, and where everything is asked for, is not remembered himself.
 *
 * <p>A clock without a time: entries stand in a circle, a hand goes round as new ones come in, takes one use off each that it
 * passes, at most {@value #EXAMINED} of them, and the first that has none left makes room. So an entry that is asked for at
 * least once while {@code maxEntries / }{@value #EXAMINED} others are added is never pushed out.
 *
 * <p>Nothing expires here, and values are handed out as they were put in, as in {@link TokenCache}. Thread-safe: reading
 * takes no lock and allocates nothing, adding and removing take one. A closed cache is empty and stays so.
 */
public final class DigestCache<V> implements AutoCloseable {
    /** Places that the hand passes at most for one new entry: what adding costs while all are in use. */
    static final int EXAMINED = 16;

    private static final int MAX_USES = 3;

    private final Map<TokenDigest, Entry<V>> entries = new ConcurrentHashMap<>();
    private final Object lock = new Object();

    // All below guarded by the lock.
    private final @Nullable Entry<V>[] circle;
    private final BitSet vacant;
    private int hand;
    private boolean closed;

    /** @param maxEntries at least 1 */
    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of a type with parameters
    public DigestCache(int maxEntries) {
        this.circle = new Entry[maxEntries];
        this.vacant = new BitSet(maxEntries);
        vacant.set(0, maxEntries);
    }

    /** The value of {@code token}, or null if there is none or it had to make room. */
    public @Nullable V get(TokenDigest token) {
        Entry<V> entry = entries.get(token);
        if (entry == null) {
            return null;
        }
        entry.use();
        return entry.value;
    }

    /** Remembers {@code value}, in place of any other value of {@code token}; or does not, if all others are in use. */
    public void put(TokenDigest token, V value) {
        synchronized (lock) {
            Entry<V> old = entries.get(token);
            int place = closed ? -1 : old == null ? place() : old.place;
            if (place >= 0) {
                Entry<V> entry = new Entry<>(token, value, place);
                circle[place] = entry;
                vacant.clear(place);
                entries.put(token, entry);
            }
        }
    }

    /** Forgets {@code value} of {@code token}; any other, which somebody has put in its place meanwhile, stays. */
    public void remove(TokenDigest token, V value) {
        synchronized (lock) {
            Entry<V> entry = entries.get(token);
            if (entry != null && entry.value == value) {
                vacate(entry);
            }
        }
    }

    /** Forgets everything. */
    public void clear() {
        synchronized (lock) {
            vacateAll();
        }
    }

    private void vacateAll() {
        for (Entry<V> entry : entries.values()) {
            vacate(entry);
        }
    }

    /** Forgets everything, for good. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            vacateAll();
        }
    }

    /** A place that nobody holds any more, or -1 if each that may be examined is in use. */
    private int place() {
        int free = vacant.nextSetBit(0);
        for (int examined = 0; free < 0 && examined < Math.min(EXAMINED, circle.length); examined++) {
            Entry<V> entry = circle[hand];
            if (entry != null && !entry.outlivesTheHand()) {
                vacate(entry);
                free = hand;
            }
            hand = (hand + 1) % circle.length;
        }
        return free;
    }

    private void vacate(Entry<V> entry) {
        entries.remove(entry.token);
        circle[entry.place] = null;
        vacant.set(entry.place);
    }

    private static final class Entry<V> {
        private final TokenDigest token;
        private final V value;
        private final int place;

        /** Counted by whoever reads, without a lock: a use that is lost in a race is one of many. */
        private int uses;

        Entry(TokenDigest token, V value, int place) {
            this.token = token;
            this.value = value;
            this.place = place;
        }

        /** A hot entry is at the limit, so that its readers write nothing that their processors would have to share. */
        void use() {
            int known = uses;
            if (known < MAX_USES) {
                uses = known + 1;
            }
        }

        boolean outlivesTheHand() {
            int known = uses;
            uses = Math.max(0, known - 1);
            return known > 0;
        }
    }
}
