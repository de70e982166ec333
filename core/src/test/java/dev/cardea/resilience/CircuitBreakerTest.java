package dev.cardea.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cardea.resilience.CircuitBreaker.Permit;
import dev.cardea.resilience.CircuitBreaker.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("N10")
class CircuitBreakerTest {
    private static final long OPEN_FOR = 5_000_000_000L;
    private static final long PROBE_TIME = 3_000_000_000L;

    private final CircuitBreaker breaker = breaker(1);
    private long now = Long.MAX_VALUE - OPEN_FOR / 2; // it overflows on the way

    private static CircuitBreaker breaker(int probes) {
        return new CircuitBreaker(3, 5, Duration.ofNanos(OPEN_FOR), probes, Duration.ofNanos(PROBE_TIME));
    }

    private State state() {
        return breaker.read().state();
    }

    private void succeed() throws NotAdmittedException {
        breaker.acquire(now).succeeded();
    }

    private boolean fail() throws NotAdmittedException {
        return breaker.acquire(now).failed(now);
    }

    private void open() throws NotAdmittedException {
        fail();
        fail();
        assertThat(fail()).isTrue();
    }

    private Duration refusal() {
        return refusalOf(breaker);
    }

    private Duration refusalOf(CircuitBreaker asked) {
        List<Duration> retryAfter = new ArrayList<>();
        assertThatThrownBy(() -> asked.acquire(now))
                .isInstanceOfSatisfying(NotAdmittedException.class, e -> retryAfter.add(e.retryAfter()));
        return retryAfter.get(0);
    }

    @Test
    void opensWhenSoManyOfTheLastCallsHaveFailed() throws Exception {
        assertThat(fail()).isFalse();
        succeed();
        assertThat(fail()).isFalse();
        assertThat(state()).isEqualTo(State.CLOSED);
        assertThat(fail()).isTrue();
        assertThat(breaker.read()).isEqualTo(new CircuitBreaker.Reading(State.OPEN, 1));
    }

    @Test
    void forgetsFailuresThatEnoughCallsHaveFollowed() throws Exception {
        fail();
        fail();
        for (int i = 0; i < 4; i++) {
            succeed();
        }
        fail();
        assertThat(state()).isEqualTo(State.CLOSED);
        fail();
        assertThat(state()).isEqualTo(State.CLOSED);
        fail();
        assertThat(state()).isEqualTo(State.OPEN);
    }

    @Test
    @Tag("N25")
    void letsNothingPassWhileItIsOpenAndSaysHowLong() throws Exception {
        open();
        assertThat(refusal()).isEqualTo(Duration.ofSeconds(5));
        now += OPEN_FOR / 2;
        assertThat(refusal()).as("rounded up").isEqualTo(Duration.ofSeconds(3));
        now += OPEN_FOR / 2 - 1;
        assertThat(refusal()).isEqualTo(Duration.ofSeconds(1));
        now += 1;
        assertThat(breaker.acquire(now)).isNotNull();
    }

    @Test
    void aProbeThatSucceedsClosesIt() throws Exception {
        open();
        now += OPEN_FOR;
        Permit probe = breaker.acquire(now);
        assertThat(state()).isEqualTo(State.HALF_OPEN);
        assertThat(refusal()).isEqualTo(Duration.ofSeconds(1));
        assertThat(probe.succeeded()).isTrue();
        assertThat(breaker.read()).isEqualTo(new CircuitBreaker.Reading(State.CLOSED, 1));

        fail();
        fail();
        assertThat(state()).as("with a window of its own").isEqualTo(State.CLOSED);
    }

    @Test
    @Tag("N25")
    void aProbeThatFailsKeepsItOpenForAsLongAgain() throws Exception {
        open();
        now += OPEN_FOR;
        Permit probe = breaker.acquire(now);
        now += 1_000_000_000L;
        assertThat(probe.failed(now)).as("it was not closed").isFalse();
        assertThat(breaker.read()).isEqualTo(new CircuitBreaker.Reading(State.OPEN, 1));
        assertThat(refusal()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void letsSoManyProbesPassAtATime() throws Exception {
        CircuitBreaker three = breaker(3);
        for (int i = 0; i < 3; i++) {
            three.acquire(now).failed(now);
        }
        now += OPEN_FOR;
        List<Permit> probes = List.of(three.acquire(now), three.acquire(now), three.acquire(now));
        refusalOf(three);
        probes.get(1).close();
        probes.get(1).close();
        Permit fourth = three.acquire(now);
        refusalOf(three);

        assertThat(fourth.succeeded()).isTrue();
        for (Permit late : List.of(probes.get(0), probes.get(2))) {
            late.failed(now);
        }
        three.acquire(now).failed(now);
        assertThat(three.read().state()).as("the others count no more").isEqualTo(State.CLOSED);
    }

    @Test
    void aProbeThatIsNotHeardOfGivesItsPlaceUp() throws Exception {
        open();
        now += OPEN_FOR;
        Permit lost = breaker.acquire(now);
        now += PROBE_TIME - 1;
        refusal();
        now += 1;
        Permit next = breaker.acquire(now);
        refusal();

        assertThat(lost.failed(now)).isFalse();
        assertThat(lost.succeeded()).isFalse();
        assertThat(state()).as("it has no say any more").isEqualTo(State.HALF_OPEN);
        assertThat(next.succeeded()).isTrue();
    }

    @Test
    void callsThatBeganBeforeItOpenedDecideNothingAfterwards() throws Exception {
        List<Permit> early = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            early.add(breaker.acquire(now));
        }
        open();
        early.get(0).succeeded();
        assertThat(early.get(1).failed(now)).isFalse();
        assertThat(breaker.read()).isEqualTo(new CircuitBreaker.Reading(State.OPEN, 1));
        now += OPEN_FOR;
        Permit probe = breaker.acquire(now);
        assertThat(early.get(2).succeeded()).isFalse();
        early.get(3).failed(now);
        early.get(4).close();
        assertThat(state()).isEqualTo(State.HALF_OPEN);
        refusal();
        probe.succeeded();
        early.subList(5, 9).forEach(permit -> permit.failed(now));
        assertThat(breaker.read()).isEqualTo(new CircuitBreaker.Reading(State.CLOSED, 1));
        fail();
        fail();
        early.get(9).succeeded();
        assertThat(fail()).isTrue();
    }

    @Test
    void whatTellsNothingChangesNothing() throws Exception {
        fail();
        fail();
        for (int i = 0; i < 10; i++) {
            breaker.acquire(now).close();
        }
        assertThat(fail()).isTrue();
        now += OPEN_FOR;
        breaker.acquire(now).close();
        assertThat(state()).isEqualTo(State.HALF_OPEN);
        assertThat(breaker.acquire(now).succeeded()).isTrue();
    }

    @Test
    void aCallReportsOnce() throws Exception {
        Permit permit = breaker.acquire(now);
        for (int i = 0; i < 10; i++) {
            permit.failed(now);
        }
        permit.close();
        assertThat(state()).isEqualTo(State.CLOSED);
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        Duration second = Duration.ofSeconds(1);
        assertThat(new CircuitBreaker(1, 64, second, 1, second).read().state()).isEqualTo(State.CLOSED);
        assertThatThrownBy(() -> new CircuitBreaker(0, 64, second, 1, second))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CircuitBreaker(5, 4, second, 1, second))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CircuitBreaker(1, 65, second, 1, second))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CircuitBreaker(1, 64, second, 0, second))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Every step of a long random history is what the slow and obvious one does. */
    @Test
    void doesWhatTheObviousOneDoes() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int window = 1 + random.nextInt(CircuitBreaker.LARGEST_WINDOW);
            int failures = 1 + random.nextInt(window);
            int probes = 1 + random.nextInt(3);
            CircuitBreaker fast =
                    new CircuitBreaker(failures, window, Duration.ofNanos(50), probes, Duration.ofNanos(30));
            ObviousBreaker slow = new ObviousBreaker(failures, window, 50, probes, 30);
            BreakerHistory history = new BreakerHistory(fast, slow);
            for (int step = 0; step < 1_000; step++) {
                history.step(random);
            }
            assertThat(fast.read().opened()).isEqualTo(slow.opened);
        }
    }
}
