package dev.cardea.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cardea.resilience.Gate.Pass;
import dev.cardea.resilience.NotAdmittedException.Limit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - SECOND); // it overflows on the way

    private Gate gate(int perSecond, int atATime) {
        CircuitBreaker breaker = new CircuitBreaker(2, 4, Duration.ofSeconds(5), 1, Duration.ofSeconds(4));
        return new Gate(breaker, perSecond, new Bulkhead(atATime), nanos::get);
    }

    private static NotAdmittedException refusal(Gate gate, Standing standing) {
        List<NotAdmittedException> refusals = new ArrayList<>();
        assertThatThrownBy(() -> gate.enter(standing))
                .isInstanceOfSatisfying(NotAdmittedException.class, refusals::add);
        return refusals.get(0);
    }

    private static int admitted(Gate gate, Standing standing, int attempts) {
        int admitted = 0;
        for (int i = 0; i < attempts; i++) {
            try (Pass pass = gate.enter(standing)) {
                pass.succeeded();
                admitted++;
            } catch (NotAdmittedException e) {
                assertThat(e.limit()).isEqualTo(Limit.RATE_LIMIT);
            }
        }
        return admitted;
    }

    @Test
    @Tag("N11")
    void letsSoManyPassAtATimeAndKeepsAShareForKnownTokens() throws Exception {
        Gate gate = gate(0, 8);
        Deque<Pass> passes = new ArrayDeque<>();
        for (int i = 0; i < 6; i++) {
            passes.push(gate.enter(Standing.NEW));
        }
        NotAdmittedException full = refusal(gate, Standing.NEW);
        assertThat(full.limit()).isEqualTo(Limit.BULKHEAD);
        assertThat(full.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        passes.push(gate.enter(Standing.KNOWN));
        passes.push(gate.enter(Standing.KNOWN));
        assertThat(refusal(gate, Standing.KNOWN).limit()).isEqualTo(Limit.BULKHEAD);
        assertThat(gate.read().inFlight()).isEqualTo(8);

        Pass first = passes.pop();
        first.close();
        first.close();
        assertThat(gate.read().inFlight()).as("a place is given back once").isEqualTo(7);
        refusal(gate, Standing.NEW);
        passes.forEach(Pass::close);
        assertThat(gate.read().inFlight()).isZero();
        for (int i = 0; i < 8; i++) {
            gate.enter(Standing.KNOWN);
        }
        refusal(gate, Standing.KNOWN);
    }

    @Test
    @Tag("N06")
    void keepsToTheRateAndKeepsAShareForKnownTokens() {
        Gate gate = gate(100, 8);
        assertThat(admitted(gate, Standing.NEW, 1_000)).isEqualTo(75);
        assertThat(admitted(gate, Standing.KNOWN, 1_000)).isEqualTo(25);
        nanos.addAndGet(100 * MILLI);
        assertThat(admitted(gate, Standing.NEW, 100)).isEqualTo(7);
        assertThat(admitted(gate, Standing.KNOWN, 100)).isEqualTo(3);

        nanos.addAndGet(100 * SECOND);
        assertThat(admitted(gate, Standing.KNOWN, 1_000))
                .as("known tokens may use all")
                .isEqualTo(100);
        assertThat(gate.read().turnedAwayByRateLimit()).isEqualTo(925 + 975 + 93 + 97 + 900);
    }

    @Test
    @Tag("N06")
    void aFloodOfNewTokensStaysUnderTheRateAndLeavesRoom() {
        Gate gate = gate(100, 8);
        int ofNew = 0;
        int known = 0;
        for (int milli = 0; milli < 60_000; milli++) {
            nanos.addAndGet(MILLI);
            ofNew += admitted(gate, Standing.NEW, 2);
            known += milli % 50 == 0 ? admitted(gate, Standing.KNOWN, 1) : 0;
        }
        assertThat(known).as("all of 20 a second").isEqualTo(1_200);
        assertThat(ofNew).isBetween(75 * 60 - 1, 75 * 61);
    }

    @Test
    void aTinyRateIsStillForEverybody() throws Exception {
        Gate gate = gate(1, 1);
        gate.enter(Standing.NEW).close();
        assertThat(refusal(gate, Standing.KNOWN).limit()).isEqualTo(Limit.RATE_LIMIT);
        nanos.addAndGet(SECOND);
        gate.enter(Standing.KNOWN).close();
        assertThat(refusal(gate, Standing.NEW).limit()).isEqualTo(Limit.RATE_LIMIT);
    }

    @Test
    @Tag("N09")
    void leavesTheEndpointAloneForAsLongAsItAsked() throws Exception {
        Gate gate = gate(0, 8);
        gate.enter(Standing.NEW).close();
        gate.pauseFor(Duration.ofSeconds(7));
        gate.pauseFor(Duration.ofSeconds(2));
        NotAdmittedException refusal = refusal(gate, Standing.KNOWN);
        assertThat(refusal.limit()).isEqualTo(Limit.PAUSE);
        assertThat(refusal.retryAfter()).as("the longer of two").isEqualTo(Duration.ofSeconds(7));
        assertThat(gate.read().paused()).isTrue();

        nanos.addAndGet(7 * SECOND - 1);
        assertThat(refusal(gate, Standing.NEW).retryAfter()).isEqualTo(Duration.ofSeconds(1));
        nanos.addAndGet(1);
        gate.enter(Standing.NEW).close();
        assertThat(gate.read().paused()).isFalse();
        assertThat(gate.read().turnedAwayByPause()).isEqualTo(2);
    }

    @Test
    @Tag("N10")
    void anOpenBreakerUsesUpNeitherRateNorPlaces() throws Exception {
        Gate gate = gate(10, 8);
        for (int i = 0; i < 2; i++) {
            try (Pass pass = gate.enter(Standing.KNOWN)) {
                assertThat(pass.failed()).isEqualTo(i == 1);
            }
        }
        for (int i = 0; i < 100; i++) {
            assertThat(refusal(gate, Standing.KNOWN).limit()).isEqualTo(Limit.BREAKER);
        }
        nanos.addAndGet(5 * SECOND);
        try (Pass probe = gate.enter(Standing.NEW)) {
            assertThat(refusal(gate, Standing.NEW).limit()).isEqualTo(Limit.BREAKER);
            assertThat(probe.succeeded()).isTrue();
        }
        assertThat(admitted(gate, Standing.KNOWN, 9)).isEqualTo(9);
        GateReading reading = gate.read();
        assertThat(reading)
                .isEqualTo(new GateReading(CircuitBreaker.State.CLOSED, 1, false, 0, 12, 2, 0, 0, 101, 0, 0));
    }

    /** Otherwise a half-open breaker would wait for a probe that was never sent. */
    @Test
    @Tag("N10")
    void aProbeThatIsTurnedAwayFurtherBackFreesItsPlace() throws Exception {
        Gate gate = gate(0, 2);
        Pass slow = gate.enter(Standing.KNOWN);
        for (int i = 0; i < 2; i++) {
            try (Pass pass = gate.enter(Standing.NEW)) {
                pass.failed();
            }
        }
        nanos.addAndGet(5 * SECOND);
        Pass other = slowCallThatSlippedIn(gate);
        assertThat(refusal(gate, Standing.KNOWN).limit()).isEqualTo(Limit.BULKHEAD);
        other.close();
        slow.close();
        try (Pass probe = gate.enter(Standing.NEW)) {
            assertThat(probe.succeeded()).isTrue();
        }
    }

    /** A probe without an outcome so far, that has timed out of the breaker but still holds its place. */
    private Pass slowCallThatSlippedIn(Gate gate) throws NotAdmittedException {
        Pass probe = gate.enter(Standing.KNOWN);
        nanos.addAndGet(4 * SECOND);
        return probe;
    }

    /** A refused call must not cost the rate what it did not use. */
    @Test
    void aFullBulkheadUsesUpNoRate() throws Exception {
        Gate gate = gate(10, 1);
        Pass only = gate.enter(Standing.NEW);
        for (int i = 0; i < 100; i++) {
            assertThat(refusal(gate, Standing.NEW).limit()).isEqualTo(Limit.BULKHEAD);
        }
        only.close();
        assertThat(admitted(gate, Standing.KNOWN, 100)).isEqualTo(9);
    }

    /** Interrupted, for instance: the next one finds out at once. */
    @Test
    @Tag("N10")
    void aProbeThatLearntNothingFreesItsPlace() throws Exception {
        Gate gate = gate(0, 8);
        for (int i = 0; i < 2; i++) {
            try (Pass pass = gate.enter(Standing.NEW)) {
                pass.failed();
            }
        }
        nanos.addAndGet(5 * SECOND);
        gate.enter(Standing.NEW).close();
        try (Pass probe = gate.enter(Standing.NEW)) {
            assertThat(probe.succeeded()).isTrue();
        }
    }

    /** While known tokens use up the rate, new ones lose nothing of their share by asking in vain. */
    @Test
    @Tag("N06")
    void askingInVainCostsNoShare() {
        Gate gate = gate(100, 8);
        assertThat(admitted(gate, Standing.KNOWN, 100)).isEqualTo(100);
        assertThat(admitted(gate, Standing.NEW, 1_000)).isZero();
        nanos.addAndGet(SECOND);
        assertThat(admitted(gate, Standing.NEW, 1_000)).isEqualTo(75);
    }
}
