package dev.cardea.dpop;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cardea.interleaving.Interleavings;
import dev.cardea.reject.UndeterminedException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetbrains.kotlinx.lincheck.LincheckAssertionError;
import org.jetbrains.kotlinx.lincheck.annotations.Operation;
import org.jetbrains.kotlinx.lincheck.annotations.Param;
import org.jetbrains.kotlinx.lincheck.paramgen.IntGen;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever threads do with a store at once, it could have been a map, used by one after the other. There is room for two marks. */
@Tag("D33")
class ReplayStoreLinearizabilityTest {
    private static final int ROOM = 2;

    /** Which proof and how long: 1 to 3, for one or two hours. */
    private static final List<String> COPIES = List.of("use 1 1, use 2 1", "use 1 1, use 2 2");

    private static final List<String> FULL = List.of("use 1 1, use 3 1, use 1 1", "use 2 2, use 3 1");
    private static final List<String> OVER = List.of("use 1 1, pass, use 2 2, use 1 2", "use 2 1, use 3 2");

    @Test
    void holdsInEveryInterleavingThatIsTried() {
        Interleavings.check(Real.class, Obvious.class, COPIES, FULL, OVER);
    }

    @Test
    void holdsOnRealThreads() {
        Interleavings.stress(Real.class, Obvious.class);
    }

    /** Or the two above would be worth nothing: the obvious one looks first and marks afterwards. */
    @Test
    void lookingBeforeMarkingIsFoundOut() {
        assertThatThrownBy(() -> Interleavings.check(Obvious.class, Obvious.class, COPIES))
                .isInstanceOf(LincheckAssertionError.class);
    }

    public static class Real {
        private final HandClock clock = new HandClock();
        private final MemoryReplayStore store = new MemoryReplayStore(ROOM, clock, clock::nanoTime, 42);

        @Operation
        public String use(
                @Param(gen = IntGen.class, conf = "1:3") int proof,
                @Param(gen = IntGen.class, conf = "1:2") int hours) {
            try {
                // Of a client each: shares are another matter.
                boolean isFirst = store.firstUse(Proofs.proof(proof, 1), HandClock.START.toEpochMilli() + hours * HOUR);
                return isFirst ? "first" : "replay";
            } catch (UndeterminedException e) {
                return "full";
            }
        }

        @Operation
        public void pass() {
            clock.pass(Duration.ofHours(1));
        }
    }

    private static final long HOUR = 3_600_000;

    public static class Obvious {
        private final Map<Integer, Integer> marks = new HashMap<>();
        private int now;

        @Operation
        public String use(
                @Param(gen = IntGen.class, conf = "1:3") int proof,
                @Param(gen = IntGen.class, conf = "1:2") int hours) {
            marks.values().removeIf(until -> until <= now);
            if (hours <= now || marks.containsKey(proof)) {
                return "replay";
            }
            if (marks.size() == ROOM) {
                return "full";
            }
            marks.put(proof, hours);
            return "first";
        }

        @Operation
        public void pass() {
            now++;
        }
    }
}
