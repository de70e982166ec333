package dev.cardea.resilience;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cardea.interleaving.Interleavings;
import dev.cardea.resilience.CircuitBreaker.Permit;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jetbrains.kotlinx.lincheck.LincheckAssertionError;
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
    private static final int PROBES = 1;
    private static final int PROBE_TIME = 15;
    private static final String TIMES = "0:40";

    /** Begin and end have the thread first and the time last; an end says how: 0 success, 1 failure, 2 nothing. */
    private static final List<String> TWO_FAILURES =
            List.of("begin 0 0, end 0 1 0, state", "begin 1 0, end 1 1 1, begin 1 2");

    private static final List<String> ONE_PROBE = List.of(
            "begin 0 0, end 0 1 0, begin 0 0, end 0 1 0, begin 0 10, end 0 0 11, state",
            "begin 1 10, end 1 1 12, begin 1 14");

    private static final List<String> A_PROBE_THAT_IS_GIVEN_UP = List.of(
            "begin 0 0, end 0 1 0, begin 0 0, end 0 1 0, begin 0 10, end 0 2 11, begin 0 12, end 0 1 12",
            "begin 1 11, end 1 0 26, state");

    private static final List<String> A_LATE_FAILURE = List.of(
            "begin 0 0, end 0 1 0, begin 0 0, end 0 1 0, begin 0 10, end 0 0 10, state", "begin 1 0, end 1 1 11");

    @Test
    void holdsInEveryInterleavingThatIsTried() {
        Interleavings.check(
                Real.class, Obvious.class, TWO_FAILURES, ONE_PROBE, A_PROBE_THAT_IS_GIVEN_UP, A_LATE_FAILURE);
    }

    @Test
    void holdsOnRealThreads() {
        Interleavings.stress(Real.class, Obvious.class);
    }

    /** Or the two above would be worth nothing: the obvious one has no guard against other threads. */
    @Test
    void aBreakerWithoutAGuardIsFoundOut() {
        assertThatThrownBy(() -> Interleavings.check(Obvious.class, Obvious.class, TWO_FAILURES))
                .isInstanceOf(LincheckAssertionError.class);
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
        private final Map<Integer, Integer> underWay = new HashMap<>();

        @Operation
        public boolean begin(
                @Param(gen = ThreadIdGen.class) int thread, @Param(gen = IntGen.class, conf = TIMES) int now) {
            if (underWay.containsKey(thread)) {
                return false;
            }
            int call = breaker.begin(now);
            if (call > 0) {
                underWay.put(thread, call);
            }
            return call > 0;
        }

        @Operation
        public boolean end(
                @Param(gen = ThreadIdGen.class) int thread,
                @Param(gen = IntGen.class, conf = "0:2") int outcome,
                @Param(gen = IntGen.class, conf = TIMES) int now) {
            Integer call = underWay.remove(thread);
            return call != null && breaker.end(call, ObviousBreaker.Outcome.values()[outcome], now);
        }

        @Operation
        public String state() {
            return breaker.state() + breaker.opened;
        }
    }
}
