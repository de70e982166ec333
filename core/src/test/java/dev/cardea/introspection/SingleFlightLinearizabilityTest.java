package dev.cardea.introspection;

import dev.cardea.interleaving.Interleavings;
import dev.cardea.introspection.SingleFlight.Terms;
import dev.cardea.introspection.SingleFlight.Trip;
import dev.cardea.reject.Uncertainty;
import dev.cardea.reject.UndeterminedException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.kotlinx.lincheck.annotations.Operation;
import org.jetbrains.kotlinx.lincheck.annotations.Param;
import org.jetbrains.kotlinx.lincheck.paramgen.IntGen;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Who accepts nothing old, and asks what is written somewhere, is told what was there at one moment between his asking and his
 * hearing: asking through a single flight cannot be told from asking alone.
 */
@Tag("N07")
public class SingleFlightLinearizabilityTest {
    private static final UndeterminedException FAILURE =
            new UndeterminedException(Uncertainty.INTROSPECTION_UNAVAILABLE, "failed");

    private final AtomicLong nanos = new AtomicLong();
    private final SingleFlight<String, Integer> flights = new SingleFlight<>(nanos::incrementAndGet);
    private volatile int written;

    @Operation
    public void write(@Param(gen = IntGen.class, conf = "1:3") int value) {
        written = value;
    }

    @Operation
    public int ask() throws UndeterminedException {
        return flights.get("key", fresh(), () -> {
            int told = written;
            Thread.yield(); // the answer travels
            return told;
        });
    }

    /** His own failure is nobody else's. */
    @Operation
    public void askInVain() {
        Trip<Integer> inVain = () -> {
            throw FAILURE;
        };
        try {
            flights.get("key", fresh(), inVain);
        } catch (UndeterminedException e) {
            if (e != FAILURE) {
                throw new AssertionError("somebody else's failure", e);
            }
        }
    }

    private Terms fresh() {
        long now = nanos.incrementAndGet();
        return new Terms(now, 0, now + 1_000_000_000_000L);
    }

    /** What is asked for is what is there. */
    public static class Alone {
        private int written;

        public void write(int value) {
            written = value;
        }

        public int ask() {
            return written;
        }

        public void askInVain() {}
    }

    @Test
    void holdsInEveryInterleavingThatIsTried() {
        Interleavings.check(
                SingleFlightLinearizabilityTest.class,
                Alone.class,
                List.of("ask, ask", "write 1, ask"),
                List.of("askInVain, ask", "write 2, ask"),
                List.of("ask", "write 3, ask", "askInVain"));
    }

    @Test
    void holdsOnRealThreads() {
        Interleavings.stress(SingleFlightLinearizabilityTest.class, Alone.class);
    }
}
