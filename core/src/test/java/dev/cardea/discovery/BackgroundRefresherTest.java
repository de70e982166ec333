package dev.cardea.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class BackgroundRefresherTest {
    private static final long LONG = Duration.ofDays(1).toNanos();

    private final BackgroundRefresher refresher = new BackgroundRefresher();

    @AfterEach
    void stop() {
        refresher.close();
    }

    @Test
    void refreshesOnOneThreadThatHoldsOnToNothing() throws Exception {
        CompletableFuture<Thread> first = new CompletableFuture<>();
        CompletableFuture<Thread> second = new CompletableFuture<>();
        refresher.lookAfter(() -> done(first));
        refresher.lookAfter(() -> done(second));
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        refresher.start();

        Thread thread = first.get(10, TimeUnit.SECONDS);
        assertThat(second.get(10, TimeUnit.SECONDS)).isSameAs(thread);
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getName()).isEqualTo(BackgroundRefresher.THREAD_NAME);
        assertThat(thread.getContextClassLoader())
                .isSameAs(ClassLoader.getPlatformClassLoader())
                .isNotSameAs(before);
    }

    @Test
    void comesAgainWhenItWasToldTo() throws Exception {
        CountDownLatch thrice = new CountDownLatch(3);
        refresher.lookAfter(() -> {
            thrice.countDown();
            return thrice.getCount() > 0 ? 1 : LONG;
        });
        refresher.start();

        assertThat(thrice.await(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Woken before it sleeps or after: it may not miss it. */
    @Test
    void neverMissesThatItIsWoken() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger seen = new AtomicInteger();
        refresher.lookAfter(() -> {
            seen.set(asked.get());
            return LONG;
        });
        refresher.start();

        for (int i = 1; i <= 1_000; i++) {
            asked.set(i);
            refresher.wake();
            while (seen.get() < i) {
                Thread.onSpinWait();
            }
        }
        assertThat(seen).hasValue(1_000);
    }

    @Test
    void aBugInOneDoesNotStopTheOthers() throws Exception {
        CountDownLatch twice = new CountDownLatch(2);
        refresher.lookAfter(() -> {
            throw new IllegalStateException("a bug, as it is meant to be");
        });
        refresher.lookAfter(() -> {
            twice.countDown();
            return 1;
        });
        refresher.start();

        assertThat(twice.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void nothingRunsAnyMoreOnceItIsClosed() throws Exception {
        AtomicInteger rounds = new AtomicInteger();
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        refresher.lookAfter(() -> {
            rounds.incrementAndGet();
            thread.complete(Thread.currentThread());
            return 1;
        });
        refresher.start();
        thread.get(10, TimeUnit.SECONDS);
        refresher.close();

        assertThat(thread.get().isAlive()).isFalse();
        int then = rounds.get();
        refresher.wake();
        assertThat(rounds).hasValue(then);
    }

    @Test
    void aFetchInFlightIsInterruptedByClosing() throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        refresher.lookAfter(() -> {
            thread.complete(Thread.currentThread());
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.complete(true);
            }
            return LONG;
        });
        refresher.start();
        thread.get(10, TimeUnit.SECONDS);
        refresher.close();

        assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(thread.get().isAlive()).isFalse();
    }

    @Test
    void survivesAnInterruptOfSomebodyElse() throws Exception {
        AtomicInteger rounds = new AtomicInteger();
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        refresher.lookAfter(() -> {
            rounds.incrementAndGet();
            thread.complete(Thread.currentThread());
            return LONG;
        });
        refresher.start();
        thread.get(10, TimeUnit.SECONDS).interrupt();
        while (rounds.get() < 2) {
            refresher.wake();
        }
        assertThat(thread.get().isAlive()).isTrue();
    }

    /** A moment without memory must not end the refreshing of every issuer's keys, for good and without a word. */
    @ParameterizedTest
    @ValueSource(classes = {OutOfMemoryError.class, AssertionError.class, IllegalStateException.class})
    void survivesWhateverHappensInOneFetch(Class<? extends Throwable> type) throws Exception {
        AtomicInteger rounds = new AtomicInteger();
        refresher.lookAfter(() -> {
            if (rounds.getAndIncrement() == 0) {
                throw BackgroundRefresherTest.<RuntimeException>made(type);
            }
            return LONG;
        });
        refresher.start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (rounds.get() < 2 && System.nanoTime() < deadline) {
            refresher.wake();
        }
        assertThat(rounds.get()).isGreaterThanOrEqualTo(2);
    }

    @SuppressWarnings("unchecked") // whoever catches it does not care
    private static <T extends Throwable> T made(Class<? extends Throwable> type) throws T {
        try {
            throw (T) type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long done(CompletableFuture<Thread> who) {
        who.complete(Thread.currentThread());
        return LONG;
    }
}
