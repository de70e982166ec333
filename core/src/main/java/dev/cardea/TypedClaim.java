package dev.cardea;

import dev.cardea.token.Claims;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One claim as the type that is asked for, or not at all: nothing is parsed, rounded or wrapped. */
final class TypedClaim {
    /** Every whole number up to here is a {@code double}, and some beyond are not. */
    private static final long MAX_EXACT_DOUBLE = 1L << 53;

    private TypedClaim() {}

    static <T> Optional<T> of(Map<String, Object> claims, String name, Class<T> type) {
        String expected = described(type);
        Object value = Claims.find(claims, name);
        if (value == null) {
            return Optional.empty();
        }
        Object typed = typed(value, type);
        if (typed == null) {
            throw new ClaimTypeException(name, expected);
        }
        return Optional.of(type.cast(typed));
    }

    private static String described(Class<?> type) {
        if (type == String.class) {
            return "a string";
        } else if (type == Boolean.class) {
            return "true or false";
        } else if (type == Integer.class) {
            return "a whole number of 32 bits";
        } else if (type == Long.class) {
            return "a whole number of 64 bits";
        } else if (type == BigInteger.class) {
            return "a whole number";
        } else if (type == Double.class) {
            return "a number that a double holds exactly";
        } else if (type == Instant.class) {
            return "a NumericDate between 1970 and 9999";
        } else if (type == List.class) {
            return "an array";
        } else if (type == Map.class) {
            return "an object";
        }
        throw new IllegalArgumentException(type + " is no type of a claim: String, Boolean, Integer, Long, BigInteger,"
                + " Double, Instant, List and Map are");
    }

    /** Null if {@code value} is something else. */
    private static @Nullable Object typed(Object value, Class<?> type) {
        if (type == Integer.class || type == Long.class || type == BigInteger.class) {
            return wholeNumber(value, type);
        } else if (type == Double.class) {
            return exactDouble(value);
        } else if (type == Instant.class) {
            return Claims.dateOf(value);
        }
        return type.isInstance(value) ? value : null;
    }

    private static @Nullable Number wholeNumber(Object value, Class<?> type) {
        if (!(value instanceof Long || value instanceof Integer || value instanceof BigInteger)) {
            return null;
        }
        BigInteger number = new BigInteger(value.toString());
        if (type == BigInteger.class) {
            return number;
        } else if (type == Long.class) {
            return number.bitLength() < Long.SIZE ? (Number) number.longValue() : null;
        }
        return number.bitLength() < Integer.SIZE ? (Number) number.intValue() : null;
    }

    private static @Nullable Double exactDouble(Object value) {
        if (value instanceof Double number) {
            return number;
        }
        Number whole = wholeNumber(value, Long.class);
        return whole != null && Math.abs(whole.longValue()) <= MAX_EXACT_DOUBLE
                ? Double.valueOf(whole.longValue())
                : null;
    }
}
