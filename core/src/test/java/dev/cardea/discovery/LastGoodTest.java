package dev.cardea.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cardea.reject.Uncertainty;
import dev.cardea.reject.UndeterminedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LastGoodTest {
    private static final LastGood.Rules RULES = new LastGood.Rules(
            Uncertainty.KEYS_UNAVAILABLE, Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofMillis(300));

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger fetches = new AtomicInteger();
    private final CountDownLatch fetching = new CountDownLatch(1);
    private final CountDownLatch mayLand = new CountDownLatch(1);
    private final ManualRefresher refresher = new ManualRefresher();
    private final ExecutorService pool = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        mayLand.countDown();
        pool.shutdownNow();
    }

    @Test
    void givesAJoinedFetchUpWhenItTakesTooLong() throws Exception {
        LastGood<Integer> numbers = new LastGood<>(this::slowly, RULES, nanos::get, refresher);
        Future<?> leader = pool.submit(numbers::get);
        fetching.await();

        UndeterminedException e = catchThrowableOfType(UndeterminedException.class, numbers::get);
        assertThat(e.uncertainty()).isEqualTo(Uncertainty.KEYS_UNAVAILABLE);

        mayLand.countDown();
        leader.get(5, TimeUnit.SECONDS);
        assertThat(numbers.get().value()).isEqualTo(1);
    }

    @Test
    void joinsAFetchInFlightWithoutSpendingAPermit() throws Exception {
        LastGood<Integer> numbers = new LastGood<>(this::slowly, RULES, nanos::get, refresher);
        mayLand.countDown();
        LastGood.Copy<Integer> first = numbers.get();
        AtomicInteger spent = new AtomicInteger();

        assertThat(numbers.newerThan(first, () -> false, spent::incrementAndGet))
                .isSameAs(first);
        LastGood.Copy<Integer> second =
                numbers.newerThan(first, () -> spent.incrementAndGet() > 0, spent::decrementAndGet);
        assertThat(numbers.newerThan(first, () -> spent.incrementAndGet() > 0, spent::decrementAndGet))
                .isSameAs(second);
        assertThat(spent).hasValue(1);
        assertThat(fetches).hasValue(2);
    }

    @Test
    void letsABugGoItsOwnWayAndDoesNotLeaveOthersWaiting() throws Exception {
        LastGood<Integer> numbers = new LastGood<>(
                () -> {
                    slowly();
                    throw new IllegalStateException("bug");
                },
                RULES,
                nanos::get,
                refresher);
        Future<?> leader = pool.submit(numbers::get);
        fetching.await();
        Future<?> joined = pool.submit(numbers::get);
        mayLand.countDown();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> leader.get(5, TimeUnit.SECONDS))
                .withCauseInstanceOf(IllegalStateException.class);
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> joined.get(5, TimeUnit.SECONDS))
                .withCauseInstanceOf(UndeterminedException.class);
        nanos.addAndGet(LastGood.RETRY_PAUSE.toNanos());
        assertThatIllegalStateException().isThrownBy(numbers::get);
    }

    @Test
    void remembersAnInterruptThatEndsAWait() throws Exception {
        LastGood<Integer> numbers = new LastGood<>(this::slowly, RULES, nanos::get, refresher);
        pool.submit(numbers::get);
        fetching.await();

        Thread.currentThread().interrupt();
        assertThatExceptionOfType(UndeterminedException.class).isThrownBy(numbers::get);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void pausesAfterAFailureButNotAfterAnInterrupt() throws Exception {
        AtomicInteger failing = new AtomicInteger(1);
        LastGood<Integer> numbers = new LastGood<>(
                () -> {
                    if (failing.get() > 0 || Thread.currentThread().isInterrupted()) {
                        throw new UndeterminedException(Uncertainty.KEYS_UNAVAILABLE, "no fetch");
                    }
                    return fetched();
                },
                RULES,
                nanos::get,
                refresher);
        assertThatExceptionOfType(UndeterminedException.class).isThrownBy(numbers::get);
        failing.set(0);
        assertThatExceptionOfType(UndeterminedException.class).isThrownBy(numbers::get);
        nanos.addAndGet(LastGood.RETRY_PAUSE.toNanos());

        Thread.currentThread().interrupt();
        assertThatExceptionOfType(UndeterminedException.class).isThrownBy(numbers::get);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(numbers.get().value()).isEqualTo(1);
    }

    /** Requests, questions for newer copies and the background at once: one fetch at a time, never an older copy. */
    @Test
    void fetchesOneAtATimeWhoeverAsksAndNeverGoesBack() throws Exception {
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger mostInFlight = new AtomicInteger();
        LastGood<Integer> numbers = new LastGood<>(
                () -> {
                    mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                    Thread.yield();
                    int number = fetches.incrementAndGet();
                    inFlight.decrementAndGet();
                    if (number % 3 == 0) {
                        throw new UndeterminedException(Uncertainty.KEYS_UNAVAILABLE, "every third fetch fails");
                    }
                    return new LastGood.Fetched<>(number, null);
                },
                new LastGood.Rules(Uncertainty.KEYS_UNAVAILABLE, RULES.refresh(), null, RULES.patience()),
                nanos::get,
                refresher);
        numbers.get();
        List<Future<?>> threads = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int kind = i % 3;
            threads.add(pool.submit(() -> {
                int last = 0;
                for (int round = 0; round < 3_000; round++) {
                    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
                    int number = ask(numbers, kind);
                    assertThat(number).isGreaterThanOrEqualTo(last);
                    last = number;
                }
                return last;
            }));
        }
        for (Future<?> thread : threads) {
            thread.get(60, TimeUnit.SECONDS);
        }
        assertThat(mostInFlight).hasValue(1);
        assertThat(fetches.get()).isGreaterThan(100);
    }

    private static int ask(LastGood<Integer> numbers, int kind) throws UndeterminedException {
        LastGood.Copy<Integer> copy = numbers.get();
        if (kind == 1) {
            numbers.refresh();
            return numbers.get().value();
        }
        if (kind == 2) {
            try {
                return numbers.newerThan(copy, () -> true, () -> {}).value();
            } catch (UndeterminedException e) {
                return copy.value();
            }
        }
        return copy.value();
    }

    private LastGood.Fetched<Integer> slowly() {
        fetching.countDown();
        try {
            mayLand.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return fetched();
    }

    private LastGood.Fetched<Integer> fetched() {
        return new LastGood.Fetched<>(fetches.incrementAndGet(), null);
    }
}
