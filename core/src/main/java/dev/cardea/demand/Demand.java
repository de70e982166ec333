package dev.cardea.demand;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the path rules of a request ask of the way in which its token is validated. What they leave open, the token's issuer
 * and the general settings decide; where one of several rules leaves it open, they ask besides what the others ask. Immutable.
 */
public final class Demand {
    /** Nothing in particular: what holds in general. */
    public static final Demand NONE = new Demand(null, null, null, null);

    /** Nothing at all, not even what holds in general: of what clients cannot ask for, and to begin with. */
    public static final Demand NOTHING = new Demand(null, false, false, null, null, false, null, false);

    private final @Nullable Validation validation;
    private final boolean generalValidation;
    private final boolean jwtOnly;
    private final @Nullable Duration maxAge;
    private final @Nullable WhenUnavailable whenUnavailable;
    private final boolean generalOutage;
    private final @Nullable Duration staleFor;
    private final boolean generalStaleFor;
    private final long maxAgeNanos;

    private Demand(
            @Nullable Validation validation,
            @Nullable Duration maxAge,
            @Nullable WhenUnavailable whenUnavailable,
            @Nullable Duration staleFor) {
        this(
                validation,
                validation == null,
                validation == Validation.LOCAL,
                maxAge,
                whenUnavailable,
                whenUnavailable == null,
                staleFor,
                staleFor == null);
    }

    private Demand(
            @Nullable Validation validation,
            boolean generalValidation,
            boolean jwtOnly,
            @Nullable Duration maxAge,
            @Nullable WhenUnavailable whenUnavailable,
            boolean generalOutage,
            @Nullable Duration staleFor,
            boolean generalStaleFor) {
        this.validation = validation;
        this.generalValidation = generalValidation;
        this.jwtOnly = jwtOnly;
        this.maxAge = maxAge;
        this.whenUnavailable = whenUnavailable;
        this.generalOutage = generalOutage;
        this.staleFor = staleFor;
        this.generalStaleFor = generalStaleFor;
        this.maxAgeNanos = maxAge == null ? Long.MAX_VALUE : maxAge.toNanos();
    }

    /** Of one rule. Null for what it does not say. */
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

    /** This, or {@link #NONE} for {@link #NOTHING}: a token that is validated at all is validated in some way. */
    public Demand orInGeneral() {
        return equals(NOTHING) ? NONE : this;
    }

    /** By what a JWT is validated, where in general it is by {@code general}. */
    public Validation validation(Validation general) {
        if (validation == null) {
            return general;
        }
        return generalValidation ? validation.and(general) : validation;
    }

    /** Whether no other token than a JWT will do, where in general it is validated by {@code general}. */
    public boolean takesJwtsOnly(Validation general) {
        return jwtOnly || ((generalValidation || validation == null) && general == Validation.LOCAL);
    }

    /** What happens in an outage, where in general {@code general} does. */
    public @Nullable WhenUnavailable whenUnavailable(@Nullable WhenUnavailable general) {
        if (whenUnavailable == null) {
            return general;
        }
        return generalOutage ? whenUnavailable.and(general) : whenUnavailable;
    }

    /** For how long an answer serves in an outage, where in general it does for {@code general}. */
    public @Nullable Duration staleFor(@Nullable Duration general) {
        return staleFor == null || generalStaleFor ? shorter(staleFor, general) : staleFor;
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
        if (other.equals(this) || other.equals(NOTHING)) {
            return this;
        }
        Demand both = new Demand(
                validation == null || other.validation == null
                        ? either(validation, other.validation)
                        : validation.and(other.validation),
                generalValidation || other.generalValidation,
                jwtOnly || other.jwtOnly,
                shorter(maxAge, other.maxAge),
                whenUnavailable == null || other.whenUnavailable == null
                        ? either(whenUnavailable, other.whenUnavailable)
                        : whenUnavailable.and(other.whenUnavailable),
                generalOutage || other.generalOutage,
                shorter(staleFor, other.staleFor),
                generalStaleFor || other.generalStaleFor);
        return both.equals(this) ? this : both;
    }

    /** Whether whoever meets this meets the other one as well. */
    public boolean covers(Demand other) {
        return and(other).equals(this);
    }

    private static <T> @Nullable T either(@Nullable T one, @Nullable T other) {
        return one == null ? other : one;
    }

    private static @Nullable Duration shorter(@Nullable Duration one, @Nullable Duration other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) <= 0 ? one : other;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (other == this) {
            return true;
        }
        return other instanceof Demand that
                && validation == that.validation
                && generalValidation == that.generalValidation
                && jwtOnly == that.jwtOnly
                && whenUnavailable == that.whenUnavailable
                && generalOutage == that.generalOutage
                && Objects.equals(maxAge, that.maxAge)
                && Objects.equals(staleFor, that.staleFor)
                && generalStaleFor == that.generalStaleFor;
    }

    @Override
    public int hashCode() {
        return Objects.hash(validation, whenUnavailable, maxAge, staleFor);
    }

    /** In words, for those who read what an application asks for; empty for nothing. */
    public String inWords() {
        StringBuilder words = new StringBuilder();
        add(words, "validation ", validation == null ? null : validation.word());
        add(words, "introspection not older than ", shown(maxAge));
        add(words, "when unavailable ", whenUnavailable == null ? null : whenUnavailable.word());
        add(words, "stale for ", shown(staleFor));
        return words.toString();
    }

    private static @Nullable String shown(@Nullable Duration duration) {
        if (duration == null) {
            return null;
        }
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }

    private static void add(StringBuilder words, String what, @Nullable Object value) {
        if (value != null) {
            words.append(words.isEmpty() ? "" : ", ").append(what).append(value);
        }
    }
}
