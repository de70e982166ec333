package dev.cardea.introspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cardea.introspection.SingleFlight.Terms;
import dev.cardea.introspection.SingleFlight.Trip;
import dev.cardea.reject.Uncertainty;
import dev.cardea.reject.UndeterminedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real threads, and a time that moves when it is told to. Each flight brings its number. */
@Timeout(60)
@Tag("N07")
class SingleFlightTest {
    private static final long PATIENCE = 5_000_000;

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 3);
    private final SingleFlight<String, Integer> flights = new SingleFlight<>(nanos::get);
    private final AtomicInteger calls = new AtomicInteger();
    private final ExecutorService pool = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    private Terms terms(long maxAge) {
        return new Terms(nanos.get(), maxAge, nanos.get() + PATIENCE);
    }

    private Future<Integer> ask(long maxAge, Trip<Integer> trip) {
        Terms terms = terms(maxAge);
        return pool.submit(() -> flights.get("key", terms, trip));
    }

    private void awaitWaiting(int callers) {
        while (flights.waitingFor("key") != callers) {
            Thread.onSpinWait();
        }
    }

    /** Leaves at once, and lands when told to. */
    private final class Gated implements Trip<Integer> {
        private final CountDownLatch left = new CountDownLatch(1);
        private final CountDownLatch landing = new CountDownLatch(1);
        private @Nullable Throwable failure;

        @Override
        public Integer fly() throws UndeterminedException {
            int number = calls.incrementAndGet();
            left.countDown();
            try {
                landing.await();
            } catch (InterruptedException e) {
                throw failed("interrupted");
            }
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof UndeterminedException undetermined) {
                throw undetermined;
            }
            return number;
        }

        void land() {
            landing.countDown();
        }

        void fail(Throwable with) {
            failure = with;
            landing.countDown();
        }
    }

    private static UndeterminedException failed(String detail) {
        return new UndeterminedException(Uncertainty.INTROSPECTION_UNAVAILABLE, detail);
    }

    private List<Future<Integer>> ask(int callers, long maxAge) {
        List<Future<Integer>> asking = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            asking.add(ask(maxAge, calls::incrementAndGet));
        }
        return asking;
    }

    private static void assertAll(List<Future<Integer>> asking, int value) throws Exception {
        for (Future<Integer> each : asking) {
            assertThat(each.get()).isEqualTo(value);
        }
    }

    @Test
    void fiveHundredThatAcceptWhatIsInTheAirMakeOneCall() throws Exception {
        for (int round = 1; round <= 3; round++) {
            Gated first = new Gated();
            Future<Integer> leading = ask(1_000, first);
            first.left.await();
            List<Future<Integer>> joining = ask(499, 1_000);
            awaitWaiting(499);
            first.land();

            assertAll(joining, round);
            assertThat(leading.get()).isEqualTo(round);
            assertThat(calls).hasValue(round);
            assertThat(flights.joined()).isEqualTo(round * 499L);
            assertThat(flights.lanes()).isZero();
        }
    }

    @Test
    @Tag("N02")
    void whoComesDuringAFlightAndAcceptsNothingOldWaitsForTheNextOneWithAllOthers() throws Exception {
        Gated first = new Gated();
        Future<Integer> leading = ask(0, first);
        first.left.await();
        List<Future<Integer>> strict = ask(200, 0);
        List<Future<Integer>> easy = ask(200, 1);
        awaitWaiting(400);
        first.land();

        assertThat(leading.get()).isEqualTo(1);
        assertAll(easy, 1);
        assertAll(strict, 2);
        assertThat(calls).hasValue(2);
        assertThat(flights.lanes()).isZero();
    }

    /** One flight that left at 0; who comes at 10 may have it if he accepts what is 11 old, not 10. */
    @Test
    @Tag("N02")
    void anAgeIsCountedFromTheTimeOfDeparture() throws Exception {
        Gated first = new Gated();
        Future<Integer> leading = ask(0, first);
        first.left.await();
        nanos.addAndGet(10);
        Future<Integer> ten = ask(10, calls::incrementAndGet);
        awaitWaiting(1);
        Future<Integer> eleven = ask(11, calls::incrementAndGet);
        awaitWaiting(2);
        first.land();

        assertThat(leading.get()).isEqualTo(1);
        assertThat(eleven.get()).isEqualTo(1);
        assertThat(ten.get()).isEqualTo(2);
    }

    @Test
    void aFailureIsItsLeadersAndOneOfThoseWhoWaitTakesOver() throws Exception {
        List<Throwable> failures =
                List.of(failed("no answer"), new AssertionError("a bug"), new StackOverflowError("a deep answer"));
        for (Throwable failure : failures) {
            calls.set(0);
            Gated first = new Gated();
            Future<Integer> leading = ask(1_000, first);
            first.left.await();
            List<Future<Integer>> waiting = ask(50, 1_000);
            awaitWaiting(50);
            first.fail(failure);

            assertThatThrownBy(leading::get).hasCause(failure);
            assertAll(waiting, 2);
            assertThat(calls).hasValue(2);
            assertThat(flights.lanes()).isZero();
        }
    }

    @Test
    void whereEveryoneFailsEveryoneHasAskedOnceAndHasHisOwnFailure() throws Exception {
        Gated first = new Gated();
        Future<Integer> leading = ask(1_000, first);
        first.left.await();
        List<Future<Integer>> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String name = "caller " + i;
            waiting.add(ask(1_000, () -> {
                calls.incrementAndGet();
                throw failed(name);
            }));
        }
        awaitWaiting(20);
        first.fail(failed("first"));

        assertThatThrownBy(leading::get).hasRootCauseMessage("first");
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(waiting.get(i)::get).hasRootCauseMessage("caller " + i);
        }
        assertThat(calls).hasValue(21);
        assertThat(flights.lanes()).isZero();
    }

    @Test
    void aLeaderWhoIsInterruptedFailsAlone() throws Exception {
        Gated first = new Gated();
        Future<Integer> leading = ask(1_000, first);
        first.left.await();
        Future<Integer> waiting = ask(1_000, calls::incrementAndGet);
        awaitWaiting(1);
        leading.cancel(true);

        assertThat(waiting.get()).isEqualTo(2);
        assertThat(flights.lanes()).isZero();
    }

    @Test
    void whoIsInterruptedWhileHeWaitsLeavesAndTheOthersGetTheValue() throws Exception {
        Gated first = new Gated();
        Future<Integer> leading = ask(1_000, first);
        first.left.await();
        Future<Integer> other = ask(1_000, calls::incrementAndGet);
        awaitWaiting(1);
        CountDownLatch gone = new CountDownLatch(1);
        List<Object> seen = Collections.synchronizedList(new ArrayList<>());
        Terms terms = terms(1_000);
        Thread impatient = new Thread(() -> {
            try {
                seen.add(flights.get("key", terms, calls::incrementAndGet));
            } catch (UndeterminedException e) {
                seen.add(e.detail());
                seen.add(Thread.currentThread().isInterrupted());
            }
            gone.countDown();
        });
        impatient.start();
        awaitWaiting(2);
        impatient.interrupt();
        gone.await();
        assertThat(seen).containsExactly("interrupted while another request with the same token was asking", true);
        assertThat(flights.waitingFor("key")).isEqualTo(1);

        first.land();
        assertThat(other.get()).isEqualTo(1);
        assertThat(leading.get()).isEqualTo(1);
    }

    @Test
    void everyoneWaitsUntilHisOwnDeadlineAndWhatComesLaterHarmsNobody() throws Exception {
        Gated first = new Gated();
        long now = nanos.get();
        Future<Integer> leading =
                pool.submit(() -> flights.get("key", new Terms(now, 1_000, now + 2 * PATIENCE), first));
        first.left.await();
        Future<Integer> impatient = ask(1_000, calls::incrementAndGet);
        awaitWaiting(1);
        Future<Integer> patient = pool.submit(
                () -> flights.get("key", new Terms(now, 1_000, now + 2 * PATIENCE), calls::incrementAndGet));
        awaitWaiting(2);
        nanos.addAndGet(PATIENCE);

        assertThatThrownBy(impatient::get)
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(UndeterminedException.class)
                .hasRootCauseMessage("another request with the same token asks, and takes too long");
        first.land();
        assertThat(leading.get()).isEqualTo(1);
        assertThat(patient.get()).isEqualTo(1);
        assertThat(flights.lanes()).isZero();
    }

    @Test
    void aFlightIsGivenUpAtItsLeadersDeadlineAndLandsForHimAlone() throws Exception {
        Gated hanging = new Gated();
        Future<Integer> leading = ask(Long.MAX_VALUE, hanging);
        hanging.left.await();
        nanos.addAndGet(PATIENCE / 2);
        Gated second = new Gated();
        Future<Integer> follower = ask(Long.MAX_VALUE, second);
        awaitWaiting(1);
        nanos.addAndGet(PATIENCE / 2);
        second.left.await();
        Future<Integer> third = ask(Long.MAX_VALUE, calls::incrementAndGet);
        awaitWaiting(1);

        hanging.land();
        assertThat(leading.get()).isEqualTo(1);
        assertThat(flights.waitingFor("key")).isEqualTo(1);
        second.land();
        assertThat(follower.get()).isEqualTo(2);
        assertThat(third.get()).isEqualTo(2);
        assertThat(flights.lanes()).isZero();
    }

    @Test
    void whoComesAfterTheDeadlineOfAFlightDoesNotWaitForIt() throws Exception {
        Gated hanging = new Gated();
        Future<Integer> leading = ask(Long.MAX_VALUE, hanging);
        hanging.left.await();
        nanos.addAndGet(PATIENCE);

        assertThat(ask(Long.MAX_VALUE, calls::incrementAndGet).get()).isEqualTo(2);
        assertThat(flights.lanes()).isZero();
        hanging.land();
        assertThat(leading.get()).isEqualTo(1);
        assertThat(flights.lanes()).isZero();
    }

    /** Between the last look into a cache and the way here, the flight before may have landed. */
    @Test
    void whatIsKnownBeforeTakeoffMakesTheFlightNeedlessForThatCallerAlone() throws Exception {
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch looked = new CountDownLatch(1);
        Future<Integer> leading = ask(1_000, new Trip<>() {
            @Override
            public Integer known() {
                looking.countDown();
                awaitQuietly(looked);
                return 77;
            }

            @Override
            public Integer fly() {
                return calls.incrementAndGet();
            }
        });
        looking.await();
        Future<Integer> waiting = ask(1_000, calls::incrementAndGet);
        awaitWaiting(1);
        looked.countDown();

        assertThat(leading.get()).isEqualTo(77);
        assertThat(waiting.get()).isEqualTo(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void keysDoNotWaitForOneAnother() throws Exception {
        Gated first = new Gated();
        Future<Integer> leading = ask(1_000, first);
        first.left.await();
        assertThat(flights.get("other", terms(1_000), calls::incrementAndGet)).isEqualTo(2);
        first.land();
        assertThat(leading.get()).isEqualTo(1);
    }

    /** Time moves with every look at it here, so that a flight's number tells whether it left late enough. */
    @Test
    void nobodyGetsWhatLeftTooEarlyAndNobodyGetsAFailureOfSomebodyElse() throws Exception {
        AtomicLong time = new AtomicLong(Long.MAX_VALUE - 20_000);
        SingleFlight<String, Long> many = new SingleFlight<>(time::incrementAndGet);
        List<Future<?>> running = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            running.add(pool.submit(() -> {
                for (int i = 0; i < 3_000; i++) {
                    checkOne(many, time, i);
                }
                return null;
            }));
        }
        for (Future<?> each : running) {
            each.get();
        }
        assertThat(many.lanes()).isZero();
        assertThat(many.joined()).as("or this was about nothing").isPositive();
    }

    private static void checkOne(SingleFlight<String, Long> many, AtomicLong time, int i) throws Exception {
        UndeterminedException own = failed("own");
        long maxAge = i % 3 == 0 ? 0 : 40;
        long now = time.incrementAndGet();
        boolean fails = ThreadLocalRandom.current().nextInt(10) == 0;
        try {
            long left = many.get("key" + i % 2, new Terms(now, maxAge, now + 1_000_000_000), () -> {
                long leaving = time.incrementAndGet();
                Thread.yield();
                if (fails) {
                    throw own;
                }
                return leaving;
            });
            // The flight left a look at the clock or so before it told the time.
            assertThat(now - left).isLessThan(maxAge == 0 ? 0 : maxAge);
        } catch (UndeterminedException e) {
            assertThat(e).isSameAs(own);
        }
    }
}
