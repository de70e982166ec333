package dev.cardea.token;

import dev.cardea.json.JsonObject;
import dev.cardea.json.TextPool;
import dev.cardea.reject.Quoted;
import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of a token's JSON object, deeply immutable, with access that refuses a member of the wrong JSON type
 * instead of guessing what it might mean.
 *
 * <p>Holding one proves nothing about where it came from; {@link AuthenticClaims} does. Thread-safe.
 */
public final class Claims {
    /** 9999-12-31T23:59:59Z: no date beyond it, so that no arithmetic on dates can overflow. */
    private static final long MAX_EPOCH_SECOND = 253_402_300_799L;

    private final Map<String, Object> members;

    private Claims(Map<String, Object> members) {
        this.members = members;
    }

    /**
     * Copies {@code members}, unless they cannot change.
     *
     * @param members what a JSON parser makes of an object: String, Number, Boolean, List, Map, or null
     */
    public static Claims of(Map<String, ?> members) {
        return new Claims(members instanceof JsonObject object ? object : copy(members));
    }

    /** Every member, unmodifiable at every level, in the token's order; a JSON null is a null value. */
    public Map<String, Object> asMap() {
        return members;
    }

    /** Has its texts in common with others from now on, since it is going to be kept. */
    public void share(TextPool pool) {
        if (members instanceof JsonObject object) {
            object.share(pool);
        }
    }

    /** Whether the member is present and not JSON null. */
    public boolean has(String name) {
        return members.get(name) != null;
    }

    /** The string member, or null if absent. Refuses any other type. */
    public @Nullable String string(String name) throws RejectedException {
        Object value = members.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw malformed(name, "is not a string");
    }

    /**
     * The NumericDate member, or null if absent (RFC 7519 2): seconds since the epoch, a fraction is cut off.
     *
     * <p>Refuses what is not a number, is not finite, lies before 1970 or after the year 9999.
     */
    public @Nullable Instant date(String name) throws RejectedException {
        Object value = members.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof Number)) {
            throw malformed(name, "is not a number");
        }
        Instant date = dateOf(value);
        if (date == null) {
            throw malformed(name, "is not a date between 1970 and 9999");
        }
        return date;
    }

    /** As {@link #date}, for a member that was found by a path; null if it is no such date. */
    public static @Nullable Instant dateOf(Object value) {
        if (!(value instanceof Number number)) {
            return null;
        }
        double seconds = number.doubleValue();
        return seconds >= 0 && seconds <= MAX_EPOCH_SECOND ? Instant.ofEpochSecond((long) seconds) : null;
    }

    /** The member that is an object. Refuses any other type, and absence. */
    Claims object(String name) throws RejectedException {
        if (members.get(name) instanceof Map<?, ?> object) {
            return new Claims(asObject(object));
        }
        throw malformed(name, "is not an object");
    }

    /**
     * What a name or path leads to. A name is first taken as it stands, be there slashes or dots in it
     * ({@code https://example.com/roles}); where there is no such member, each slash may lead from a member to one of the
     * object that it is ({@code realm_access/roles}). Of several ways the one with the shortest first name is taken.
     *
     * @param members an object of claims
     * @return null if there is nothing, or JSON null
     */
    public static @Nullable Object find(Map<String, Object> members, String path) {
        Object value = members.get(path);
        for (int slash = path.indexOf('/'); value == null && slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (members.get(path.substring(0, slash)) instanceof Map<?, ?> nested) {
                value = find(asObject(nested), path.substring(slash + 1));
            }
        }
        return value;
    }

    @SuppressWarnings("unchecked") // objects are copied as Map<String, Object> at every level
    private static Map<String, Object> asObject(Map<?, ?> object) {
        return (Map<String, Object>) object;
    }

    /** A string or an array of strings as a list, empty if absent. Refuses anything else. */
    public List<String> strings(String name) throws RejectedException {
        Object value = members.get(name);
        if (value == null) {
            return List.of();
        }
        return stringsOf(name, value);
    }

    /** As {@link #strings}, for a member that was found by a path. */
    static List<String> stringsOf(String name, Object value) throws RejectedException {
        if (value instanceof String single) {
            return List.of(single);
        }
        if (!(value instanceof Collection<?> several)) {
            throw malformed(name, "is neither a string nor an array of strings");
        }
        List<String> strings = new ArrayList<>(several.size());
        for (Object element : several) {
            if (!(element instanceof String string)) {
                throw malformed(name, "is an array with an element that is not a string");
            }
            strings.add(string);
        }
        return List.copyOf(strings);
    }

    static RejectedException malformed(String name, String why) {
        return new RejectedException(Reason.CLAIMS_MALFORMED, "claim " + Quoted.of(name) + " " + why);
    }

    private static Map<String, Object> copy(Map<?, ?> members) {
        Map<String, Object> copy = new LinkedHashMap<>(members.size() * 2);
        members.forEach((name, value) -> copy.put((String) name, copyOf(value)));
        return Collections.unmodifiableMap(copy);
    }

    // JSON null stays null inside the unmodifiable copy: "absent" and "null" are told apart by nobody but asMap().
    @SuppressWarnings("NullAway")
    private static Object copyOf(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return copy(map);
        }
        if (value instanceof Collection<?> collection) {
            List<Object> copy = new ArrayList<>(collection.size());
            collection.forEach(element -> copy.add(copyOf(element)));
            return Collections.unmodifiableList(copy);
        }
        return value;
    }

    /** The number of members only: names and values are the token's own. */
    @Override
    public String toString() {
        return "claims " + members.size();
    }
}
