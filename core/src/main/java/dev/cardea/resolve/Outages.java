package dev.cardea.resolve;

import dev.cardea.demand.Demand;
import dev.cardea.demand.WhenUnavailable;
import dev.cardea.reject.Uncertainty;
import dev.cardea.reject.UndeterminedException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What happens to tokens that cannot be introspected now: what the path rule says, else what holds for all. The latter may be
 * changed while requests are served. Thread-safe.
 *
 * <p>Only an outage is bridged: an endpoint that refuses our call, or answers something that is neither yes nor no, may want to say
 * something about this very token; and one that is not asked because of our own limits would answer.
 */
public final class Outages {
    private volatile @Nullable WhenUnavailable general;
    private final @Nullable Duration staleFor;

    /**
     * @param general {@code cardea.when-unavailable}, or null
     * @param staleFor {@code cardea.stale-for}, or null
     */
    public Outages(@Nullable WhenUnavailable general, @Nullable Duration staleFor) {
        this.general = general;
        this.staleFor = staleFor;
    }

    /** What holds where no path rule says it; null for 503, but anonymous where everybody may come in. */
    public @Nullable WhenUnavailable general() {
        return general;
    }

    /**
     * From the next request on.
     *
     * @throws IllegalArgumentException for {@code STALE} without {@code cardea.stale-for}: nobody said for how long
     */
    public void change(@Nullable WhenUnavailable newGeneral) {
        if (newGeneral == WhenUnavailable.STALE && staleFor == null) {
            throw new IllegalArgumentException("stale needs cardea.stale-for, which is not set");
        }
        general = newGeneral;
    }

    /** What happens under {@code demand}, or null. */
    public @Nullable WhenUnavailable under(Demand demand) {
        return demand.whenUnavailable(general);
    }

    /** Whether a request whose token cannot be validated may go on as anonymous, where that suffices. */
    public boolean mayBeAnonymous(Demand demand) {
        WhenUnavailable what = under(demand);
        return what == null || what == WhenUnavailable.ANONYMOUS;
    }

    /** For how long beyond its time an answer serves under {@code demand}; 0 where it does not. */
    long staleNanos(Demand demand) {
        Duration chosen = demand.staleFor(staleFor);
        return under(demand) == WhenUnavailable.STALE && chosen != null ? chosen.toNanos() : 0;
    }

    /** Nothing that whoever presents the token can bring about by presenting others. */
    static boolean isOutage(UndeterminedException e) {
        return e.uncertainty() == Uncertainty.INTROSPECTION_UNAVAILABLE
                || e.uncertainty() == Uncertainty.DISCOVERY_FAILED;
    }
}
