package dev.cardea.json;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as it was read: its members in their order, every name once, immutable at every level.
 *
 * <p>Values are String, Long, BigInteger (whole numbers beyond a long), Double, Boolean, List, JsonObject, or null. Up to
 * {@value #FEW} members lie in one array and are searched one after the other, which takes a fraction of the memory of a
 * hash table and no more time. Thread-safe.
 */
public final class JsonObject extends AbstractMap<String, Object> {
    static final JsonObject EMPTY = new JsonObject(new Object[0], null);

    /** Stands for an object in which a name occurs twice, where that is no reason to refuse the whole text. Has no members. */
    public static final JsonObject AMBIGUOUS = new JsonObject(new Object[0], null);

    private static final int FEW = 16;

    private final @Nullable Object[] namesAndValues;
    private final @Nullable Map<String, Integer> indexOfMany;

    private JsonObject(@Nullable Object[] namesAndValues, @Nullable Map<String, Integer> indexOfMany) {
        this.namesAndValues = namesAndValues;
        this.indexOfMany = indexOfMany;
    }

    /** Null if a name occurs twice. Keeps the array. */
    static @Nullable JsonObject of(@Nullable Object[] namesAndValues) {
        if (namesAndValues.length <= 2 * FEW) {
            return isRepeatedAmongFew(namesAndValues) ? null : new JsonObject(namesAndValues, null);
        }
        // An attacker may choose names of one hash: a HashMap searches these as a tree.
        Map<String, Integer> index = new HashMap<>(namesAndValues.length);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            index.put(name(namesAndValues, i), i);
        }
        return index.size() == namesAndValues.length / 2 ? new JsonObject(namesAndValues, index) : null;
    }

    /** Compares only names that agree in six bits of their hash. */
    private static boolean isRepeatedAmongFew(@Nullable Object[] namesAndValues) {
        long seen = 0;
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String name = name(namesAndValues, i);
            int hash = name.hashCode();
            long bit = 1L << (hash ^ hash >>> 6 ^ hash >>> 12);
            if ((seen & bit) != 0 && indexOf(name, namesAndValues, i) >= 0) {
                return true;
            }
            seen |= bit;
        }
        return false;
    }

    private static int indexOf(Object name, @Nullable Object[] namesAndValues, int end) {
        for (int i = 0; i < end; i += 2) {
            if (name.equals(namesAndValues[i])) {
                return i;
            }
        }
        return -1;
    }

    private static String name(@Nullable Object[] namesAndValues, int index) {
        return (String) Objects.requireNonNull(namesAndValues[index]);
    }

    /** From now on has its texts in common with other objects of {@code pool}; they are equal, so nobody can tell. */
    public void share(TextPool pool) {
        for (int i = 1; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i];
            if (value instanceof String text) {
                namesAndValues[i] = pool.shared(text);
            } else if (value instanceof JsonObject object) {
                object.share(pool);
            }
        }
    }

    private int indexOf(@Nullable Object name) {
        if (name == null) {
            return -1;
        }
        return indexOfMany == null
                ? indexOf(name, namesAndValues, namesAndValues.length)
                : indexOfMany.getOrDefault(name, -1);
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        int index = indexOf(name);
        return index < 0 ? null : namesAndValues[index + 1];
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return indexOf(name) >= 0;
    }

    @Override
    public int size() {
        return namesAndValues.length / 2;
    }

    @Override
    @SuppressWarnings("NullAway") // a JSON null is a null value, as asMap() of claims says
    public void forEach(BiConsumer<? super String, ? super Object> action) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            action.accept(name(namesAndValues, i), namesAndValues[i + 1]);
        }
    }

    @Override
    public Object remove(Object name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return new Members();
    }

    private final class Members extends AbstractSet<Entry<String, Object>> {
        @Override
        public int size() {
            return JsonObject.this.size();
        }

        @Override
        public Iterator<Entry<String, Object>> iterator() {
            return new Iterator<>() {
                private int index;

                @Override
                public boolean hasNext() {
                    return index < namesAndValues.length;
                }

                @Override
                @SuppressWarnings("NullAway") // as above
                public Entry<String, Object> next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    index += 2;
                    return new SimpleImmutableEntry<>(name(namesAndValues, index - 2), namesAndValues[index - 1]);
                }
            };
        }
    }
}
