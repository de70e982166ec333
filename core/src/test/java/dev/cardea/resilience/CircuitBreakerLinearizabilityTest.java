package dev.cardea.resilience;

import dev.cardea.resilience.CircuitBreaker.Permit;
import java.time.Duration;
import java.util.Locale;
import org.jetbrains.kotlinx.lincheck.annotations.Operation;
import org.jetbrains.kotlinx.lincheck.annotations.Param;
import org.jetbrains.kotlinx.lincheck.paramgen.IntGen;
import org.jetbrains.kotlinx.lincheck.paramgen.ThreadIdGen;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever threads do with a breaker at once, it could have been the obvious one, used by one after the other. */
@Tag("N10")
class CircuitBreakerLinearizabilityTest {
    private static final int FAILURES = 2;
    private static final int WINDOW = 3;
    private static final int OPEN_FOR = 10;
    private static final int PROBES = 2;
    private static final int PROBE_TIME = 15;
    private static final String TIMES = "0:40";

    @Test
    void holdsInEveryInterleavingThatIsTried() {
        Interleavings.ofAScheduler(Real.class, Obvious.class);
    }

    @Test
    void holdsOnRealThreads() {
        Interleavings.ofRealThreads(Real.class, Obvious.class);
    }

    /** Each thread has one call at a time, as a thread has. */
    public static class Real {
        private final CircuitBreaker breaker =
                new CircuitBreaker(FAILURES, WINDOW, Duration.ofNanos(OPEN_FOR), PROBES, Duration.ofNanos(PROBE_TIME));
        private final @Nullable Permit[] underWay = new Permit[5];

        @Operation
        public boolean begin(
                @Param(gen = ThreadIdGen.class) int thread, @Param(gen = IntGen.class, conf = TIMES) int now) {
            if (underWay[thread] != null) {
                return false;
            }
            try {
                underWay[thread] = breaker.acquire(now);
                return true;
            } catch (NotAdmittedException e) {
                return false;
            }
        }

        @Operation
        public boolean end(
                @Param(gen = ThreadIdGen.class) int thread,
                @Param(gen = IntGen.class, conf = "0:2") int outcome,
                @Param(gen = IntGen.class, conf = TIMES) int now) {
            Permit permit = underWay[thread];
            if (permit == null) {
                return false;
            }
            underWay[thread] = null;
            return switch (ObviousBreaker.Outcome.values()[outcome]) {
                case SUCCESS -> permit.succeeded();
                case FAILURE -> permit.failed(now);
                case NONE -> {
                    permit.close();
                    yield false;
                }
            };
        }

        @Operation
        public String state() {
            CircuitBreaker.Reading reading = breaker.read();
            return reading.state().name().toLowerCase(Locale.ROOT).replace('_', '-') + reading.opened();
        }
    }

    public static class Obvious {
        private final ObviousBreaker breaker = new ObviousBreaker(FAILURES, WINDOW, OPEN_FOR, PROBES, PROBE_TIME);
        private final int[] underWay = new int[5];

        @Operation
        public boolean begin(
                @Param(gen = ThreadIdGen.class) int thread, @Param(gen = IntGen.class, conf = TIMES) int now) {
            if (underWay[thread] > 0) {
                return false;
            }
            underWay[thread] = breaker.begin(now);
            return underWay[thread] > 0;
        }

        @Operation
        public boolean end(
                @Param(gen = ThreadIdGen.class) int thread,
                @Param(gen = IntGen.class, conf = "0:2") int outcome,
                @Param(gen = IntGen.class, conf = TIMES) int now) {
            if (underWay[thread] <= 0) {
                return false;
            }
            int call = underWay[thread];
            underWay[thread] = 0;
            return breaker.end(call, ObviousBreaker.Outcome.values()[outcome], now);
        }

        @Operation
        public String state() {
            return breaker.state() + breaker.opened;
        }
    }
}
