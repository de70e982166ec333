package dev.cardea.demand;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the path rules of a request ask of the way in which its token is validated. What they leave open, the token's issuer
 * and the general settings decide. Immutable.
 */
public final class Demand {
    /** Nothing in particular. */
    public static final Demand NONE = new Demand(null, null, null, null);

    private final @Nullable Validation validation;
    private final @Nullable Duration maxAge;
    private final @Nullable WhenUnavailable whenUnavailable;
    private final @Nullable Duration staleFor;
    private final long maxAgeNanos;

    private Demand(
            @Nullable Validation validation,
            @Nullable Duration maxAge,
            @Nullable WhenUnavailable whenUnavailable,
            @Nullable Duration staleFor) {
        this.validation = validation;
        this.maxAge = maxAge;
        this.whenUnavailable = whenUnavailable;
        this.staleFor = staleFor;
        this.maxAgeNanos = maxAge == null ? Long.MAX_VALUE : maxAge.toNanos();
    }

    /** Null for what the rule does not say. */
    public static Demand of(
            @Nullable Validation validation,
            @Nullable Duration maxAge,
            @Nullable WhenUnavailable whenUnavailable,
            @Nullable Duration staleFor) {
        Demand demand = new Demand(validation, maxAge, whenUnavailable, staleFor);
        return demand.isNone() ? NONE : demand;
    }

    /** Whether nothing in particular is asked. */
    public boolean isNone() {
        return validation == null && maxAge == null && whenUnavailable == null && staleFor == null;
    }

    /** {@code cardea.routes.<name>.validation}, or null. */
    public @Nullable Validation validation() {
        return validation;
    }

    /** The oldest introspection answer that will do, in nanoseconds; {@link Long#MAX_VALUE} for any that is remembered. */
    public long maxAgeNanos() {
        return maxAgeNanos;
    }

    /** {@code cardea.routes.<name>.when-unavailable}, or null. */
    public @Nullable WhenUnavailable whenUnavailable() {
        return whenUnavailable;
    }

    /** {@code cardea.routes.<name>.stale-for}, or null. */
    public @Nullable Duration staleFor() {
        return staleFor;
    }

    /** Both: validated in every way that either asks for, as fresh as the stricter one, and in an outage what both allow. */
    public Demand and(Demand other) {
        if (other.isNone() || other.equals(this)) {
            return this;
        }
        return isNone()
                ? other
                : of(
                        both(validation, other.validation),
                        shorter(maxAge, other.maxAge),
                        whenUnavailable == other.whenUnavailable ? whenUnavailable : WhenUnavailable.DENY,
                        shorter(staleFor, other.staleFor));
    }

    /** Whether whoever meets this meets the other one as well. */
    public boolean covers(Demand other) {
        return other.isNone() || and(other).equals(this);
    }

    private static @Nullable Validation both(@Nullable Validation one, @Nullable Validation other) {
        if (one == null || one == other) {
            return other;
        }
        return other == null ? one : Validation.LOCAL_AND_INTROSPECT;
    }

    private static @Nullable Duration shorter(@Nullable Duration one, @Nullable Duration other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) <= 0 ? one : other;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Demand that
                && validation == that.validation
                && whenUnavailable == that.whenUnavailable
                && Objects.equals(maxAge, that.maxAge)
                && Objects.equals(staleFor, that.staleFor);
    }

    @Override
    public int hashCode() {
        return Objects.hash(validation, whenUnavailable, maxAge, staleFor);
    }

    /** In words, for those who read what an application asks for; empty for nothing. */
    public String inWords() {
        StringBuilder words = new StringBuilder();
        add(words, "validation ", validation == null ? null : validation.word());
        add(words, "introspection not older than ", maxAge);
        add(words, "when unavailable ", whenUnavailable == null ? null : whenUnavailable.word());
        add(words, "stale for ", staleFor);
        return words.toString();
    }

    private static void add(StringBuilder words, String what, @Nullable Object value) {
        if (value != null) {
            words.append(words.isEmpty() ? "" : ", ").append(what).append(value);
        }
    }
}
