package dev.cardea.cache;

import java.util.Iterator;
import org.ehcache.UserManagedCache;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.config.builders.UserManagedCacheBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Remembers values by {@link CacheKey}, up to a number of entries; whoever adds more loses others.
 *
 * <p>Nothing expires here: how long a value is good is decided by its reader, at every read and by the clock that the
 * reader was given. Values are handed out as they were put in, without a copy, so they must be immutable; nothing is
 * serialized. Counted in entries only: Ehcache's measuring of bytes reaches into the JDK's internals.
 *
 * <p>Thread-safe. A closed cache is empty and stays so, since requests may still be running when an application stops.
 */
public final class TokenCache<V> implements AutoCloseable {
    private final UserManagedCache<CacheKey, Object> entries;
    private volatile boolean closed;

    /** @param maxEntries at least 1 */
    public TokenCache(int maxEntries) {
        this.entries = UserManagedCacheBuilder.newUserManagedCacheBuilder(CacheKey.class, Object.class)
                .withResourcePools(ResourcePoolsBuilder.heap(maxEntries))
                .build(true);
    }

    /** The value of {@code key}, or null if there is none or it had to make room. */
    @SuppressWarnings("unchecked") // put() takes nothing but V
    public @Nullable V get(CacheKey key) {
        if (closed) {
            return null;
        }
        try {
            return (V) entries.get(key);
        } catch (IllegalStateException e) {
            return missing(e);
        }
    }

    /** Remembers {@code value}, in place of any other value of {@code key}. */
    public void put(CacheKey key, V value) {
        if (closed) {
            return;
        }
        try {
            entries.put(key, value);
        } catch (IllegalStateException e) {
            missing(e);
        }
    }

    /** Forgets {@code key}. */
    public void remove(CacheKey key) {
        if (closed) {
            return;
        }
        try {
            entries.remove(key);
        } catch (IllegalStateException e) {
            missing(e);
        }
    }

    /** How many entries there are: counted one by one, for whoever watches. */
    public int size() {
        int entriesNow = 0;
        try {
            for (Iterator<?> each = entries.iterator(); !closed && each.hasNext(); each.next()) {
                entriesNow++;
            }
        } catch (IllegalStateException e) {
            missing(e);
        }
        return closed ? 0 : entriesNow;
    }

    /** Forgets everything, for good. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        entries.close();
    }

    /** Closed between the look at {@link #closed} and the call; otherwise it is a bug and goes on. */
    private @Nullable V missing(IllegalStateException e) {
        if (closed) {
            return null;
        }
        throw e;
    }
}
