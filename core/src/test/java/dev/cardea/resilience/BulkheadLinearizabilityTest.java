package dev.cardea.resilience;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.HashMap;
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

    @Test
    void holdsInEveryInterleavingThatIsTried() {
        Interleavings.ofAScheduler(Real.class, Obvious.class);
    }

    @Test
    void holdsOnRealThreads() {
        Interleavings.ofRealThreads(Real.class, Obvious.class);
    }

    /** Or the two above would be worth nothing: the obvious one has no guard against other threads. */
    @Test
    void countersWithoutAGuardAreFoundOut() {
        assertThatThrownBy(() -> Interleavings.ofAScheduler(Obvious.class, Obvious.class))
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
