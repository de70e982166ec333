package org.ehcache.impl.internal.concurrent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.ehcache.config.EvictionAdvisor;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Takes the place of Ehcache's class of the same name in the bundle. Ehcache's is a fork of the JDK's map that needs
 * {@code sun.misc.Unsafe}: WildFly does not show that class to deployments, JDK 24 warns about it, and later ones will not
 * have it. The JDK's own map does everything but choose what to evict.
 *
 * <p>Written for Ehcache 3.12.0. Sizing a cache in bytes would miss a field of the original; Cardea sizes by entries.
 */
@NullMarked
public final class ConcurrentHashMap<K, V> extends java.util.concurrent.ConcurrentHashMap<K, V>
        implements EvictingConcurrentMap<K, V> {

    private static final long serialVersionUID = 1;

    /**
     * Walks that stopped when they had seen enough. A walk that started afresh each time would always sample the same few
     * entries at the front of the table and evict nothing else. Each thread takes one out while it walks.
     */
    private final transient Queue<Iterator<Map.Entry<K, V>>> pausedWalks = new ConcurrentLinkedQueue<>();

    public ConcurrentHashMap() {}

    public ConcurrentHashMap(int initialCapacity, float loadFactor, int concurrencyLevel) {
        super(initialCapacity, loadFactor, concurrencyLevel);
    }

    /** The entry that sorts last among a sample of the given size, or null if every entry is advised against. */
    @Override
    public Map.@Nullable Entry<K, V> getEvictionCandidate(
            int size, Comparator<? super V> prioritizer, EvictionAdvisor<? super K, ? super V> advisor) {
        Map.Entry<K, V> candidate = null;
        int wanted = size;
        boolean wholeTable = false;
        while (wanted > 0 && !wholeTable) {
            Iterator<Map.Entry<K, V>> walk = pausedWalks.poll();
            wholeTable = walk == null;
            if (walk == null) {
                walk = entrySet().iterator();
            }
            while (wanted > 0 && walk.hasNext()) {
                Map.Entry<K, V> entry = walk.next();
                if (advisor.adviseAgainstEviction(entry.getKey(), entry.getValue())) {
                    continue;
                }
                wanted--;
                if (candidate == null || prioritizer.compare(entry.getValue(), candidate.getValue()) > 0) {
                    candidate = entry;
                }
            }
            if (walk.hasNext()) {
                pausedWalks.add(walk);
            }
        }
        return candidate;
    }

    /** A walk over everything: only tiered caches ask, and Cardea has none. */
    @Override
    public Collection<Map.Entry<K, V>> removeAllWithHash(int hash) {
        Collection<Map.Entry<K, V>> removed = new ArrayList<>();
        for (K key : keySet()) {
            V value = key.hashCode() == hash ? remove(key) : null;
            if (value != null) {
                removed.add(Map.entry(key, value));
            }
        }
        return removed;
    }
}
