package dev.cardea.resilience;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cardea.interleaving.Interleavings;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetbrains.kotlinx.lincheck.LincheckAssertionError;
import org.jetbrains.kotlinx.lincheck.annotations.Operation;
import org.jetbrains.kotlinx.lincheck.annotations.Param;
import org.jetbrains.kotlinx.lincheck.paramgen.IntGen;
import org.jetbrains.kotlinx.lincheck.paramgen.ThreadIdGen;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever threads do with a bulkhead at once, it could have been two counters, used by one after the other. */
@Tag("N11")
class BulkheadLinearizabilityTest {
    private static final int MOST = 2;
    private static final int MOST_OF_NEW = 1;

    /** Who enters says first which thread it is, then 0 for a new token and 1 for a known one. */
    private static final List<String> TWO_OF_NEW =
            List.of("enter 0 0, inFlight, leave 0, enter 0 1", "enter 1 0, leave 1, enter 1 0");

    private static final List<String> ALL_KINDS =
            List.of("enter 0 1, leave 0, enter 0 0, leave 0", "enter 1 1, enter 2 0, inFlight, leave 1");

    @Test
    void holdsInEveryInterleavingThatIsTried() {
        Interleavings.check(Real.class, Obvious.class, TWO_OF_NEW, ALL_KINDS);
    }

    @Test
    void holdsOnRealThreads() {
        Interleavings.stress(Real.class, Obvious.class);
    }

    /** Or the two above would be worth nothing: the obvious one has no guard against other threads. */
    @Test
    void countersWithoutAGuardAreFoundOut() {
        assertThatThrownBy(() -> Interleavings.check(Obvious.class, Obvious.class, TWO_OF_NEW))
                .isInstanceOf(LincheckAssertionError.class);
    }

    /** Each thread is inside once at most. */
    public static class Real {
        private final Bulkhead bulkhead = new Bulkhead(MOST);
        private final @Nullable Standing[] inside = new Standing[5];

        @Operation
        public boolean enter(
                @Param(gen = ThreadIdGen.class) int thread, @Param(gen = IntGen.class, conf = "0:1") int kind) {
            Standing standing = Standing.values()[kind];
            if (inside[thread] != null) {
                return false;
            }
            try {
                bulkhead.enter(standing);
            } catch (NotAdmittedException e) {
                return false;
            }
            inside[thread] = standing;
            return true;
        }

        @Operation
        public void leave(@Param(gen = ThreadIdGen.class) int thread) {
            Standing standing = inside[thread];
            if (standing != null) {
                inside[thread] = null;
                bulkhead.leave(standing);
            }
        }

        @Operation
        public int inFlight() {
            return bulkhead.inFlight();
        }
    }

    public static class Obvious {
        private final Map<Integer, Standing> inside = new HashMap<>();

        @Operation
        public boolean enter(
                @Param(gen = ThreadIdGen.class) int thread, @Param(gen = IntGen.class, conf = "0:1") int kind) {
            Standing standing = Standing.values()[kind];
            if (inside.containsKey(thread)
                    || inside.size() == MOST
                    || standing == Standing.NEW
                            && Collections.frequency(inside.values(), Standing.NEW) == MOST_OF_NEW) {
                return false;
            }
            inside.put(thread, standing);
            return true;
        }

        @Operation
        public void leave(@Param(gen = ThreadIdGen.class) int thread) {
            inside.remove(thread);
        }

        @Operation
        public int inFlight() {
            return inside.size();
        }
    }
}
