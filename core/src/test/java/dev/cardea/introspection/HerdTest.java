package dev.cardea.introspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cardea.config.IntrospectionSettings;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.request.PresentedToken;
import dev.cardea.testkit.AnswerFault;
import dev.cardea.testkit.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many requests with one token at once. */
@Timeout(60)
class HerdTest {
    private final Remembering setup = new Remembering();
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final Semaphore gate = new Semaphore(0);

    @AfterEach
    void close() {
        pool.shutdownNow();
        setup.close();
    }

    private Introspection gated(Question question) throws UndeterminedException {
        gate.acquireUninterruptibly();
        return setup.say(question);
    }

    private List<Future<String>> herd(int size, String token, Duration maxAge) {
        CyclicBarrier start = new CyclicBarrier(size);
        List<Future<String>> herd = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Question question = setup.about(token, maxAge);
            herd.add(pool.submit(() -> {
                start.await();
                return Remembering.words(setup.caching.introspect(question));
            }));
        }
        return herd;
    }

    /** Whether each that waits has come as far as it can. */
    private void awaitAsked(int calls) {
        while (setup.asked.size() < calls || gate.getQueueLength() == 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    @Tag("N07")
    @Tag("accepts")
    void fiveHundredMakeOneCallAndOneWhenTheAnswerIsOver() throws Exception {
        String token = setup.issue("good");
        setup.authority = this::gated;
        for (int round = 1; round <= 5; round++) {
            List<Future<String>> herd = herd(500, token, Duration.ofHours(1));
            awaitAsked(round);
            gate.release();
            for (Future<String> each : herd) {
                // Who was so late that he did not wait finds the answer.
                assertThat(each.get()).isIn("yes, REMOTE", "yes, CACHE");
            }
            assertThat(setup.asked).hasSize(round);
            assertThat(setup.hear(token)).isEqualTo("yes, CACHE");
            setup.pass(Remembering.TTL);
        }
        assertThat(setup.caching.statistics().joined())
                .as("or this was about nothing")
                .isPositive();
    }

    @Test
    @Tag("N07")
    @Tag("refuses")
    void soDoFiveHundredWithATokenThatIsNotActive() throws Exception {
        setup.authority = this::gated;
        List<Future<String>> herd = herd(500, "unknown", Duration.ofHours(1));
        awaitAsked(1);
        gate.release();
        for (Future<String> each : herd) {
            assertThat(each.get()).startsWith("no, ");
        }
        assertThat(setup.asked).hasSize(1);
    }

    @Test
    @Tag("N07")
    @Tag("N02")
    void thoseWhoTakeNothingOldMakeOneCallPerRoundTrip() throws Exception {
        String token = setup.issue("good");
        setup.authority = this::gated;
        List<Future<String>> first = herd(1, token, Duration.ZERO);
        awaitAsked(1);
        setup.nanos.incrementAndGet();
        List<Future<String>> herd = herd(200, token, Duration.ZERO);
        while (setup.caching.waitingFor(PresentedToken.of(token)) < 200) {
            Thread.onSpinWait();
        }
        gate.release(1);
        assertThat(first.get(0).get()).isEqualTo("yes, REMOTE");
        awaitAsked(2);
        gate.release(1);
        for (Future<String> each : herd) {
            assertThat(each.get()).isEqualTo("yes, REMOTE");
        }
        assertThat(setup.asked).hasSize(2);
    }

    /** Where nothing is remembered, nobody is told what was asked for before he came: a revocation in between would be missed. */
    @Test
    @Tag("N07")
    @Tag("I16")
    void whereNothingIsRememberedWhatIsInTheAirIsTooOldAsWell() throws Exception {
        try (Remembering forgetful =
                new Remembering(new IntrospectionSettings.Cache(Duration.ZERO, 10, Duration.ZERO))) {
            String token = forgetful.issue("good");
            forgetful.authority = question -> {
                gate.acquireUninterruptibly();
                return forgetful.say(question);
            };
            Future<Introspection> first = pool.submit(() -> forgetful.caching.introspect(forgetful.about(token)));
            while (gate.getQueueLength() == 0) {
                Thread.onSpinWait();
            }
            forgetful.nanos.incrementAndGet();
            Future<Introspection> second = pool.submit(() -> forgetful.caching.introspect(forgetful.about(token)));
            while (forgetful.caching.waitingFor(PresentedToken.of(token)) == 0) {
                Thread.onSpinWait();
            }
            gate.release(2);
            assertThat(Remembering.words(first.get())).isEqualTo("yes, REMOTE");
            assertThat(Remembering.words(second.get())).isEqualTo("yes, REMOTE");
            assertThat(forgetful.asked).hasSize(2);
        }
    }

    @Test
    @Tag("N07")
    void aFailureIsNeitherSharedNorRemembered() throws Exception {
        String token = setup.issue("good");
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch failing = new CountDownLatch(1);
        setup.authority = question -> {
            if (calls.incrementAndGet() == 1) {
                while (failing.getCount() > 0) {
                    Thread.onSpinWait();
                }
                return Remembering.down().introspect(question);
            }
            return setup.say(question);
        };
        Future<String> leading = pool.submit(() -> setup.hear(token));
        while (setup.asked.isEmpty()) {
            Thread.onSpinWait();
        }
        List<Future<String>> herd = herd(100, token, Duration.ofHours(1));
        while (setup.caching.waitingFor(PresentedToken.of(token)) < 100) {
            Thread.onSpinWait();
        }
        failing.countDown();

        assertThatThrownBy(leading::get).hasRootCauseInstanceOf(UndeterminedException.class);
        for (Future<String> each : herd) {
            assertThat(each.get()).isEqualTo("yes, REMOTE");
        }
        assertThat(setup.asked).hasSize(2);
    }

    /** Between a look into the memory that finds nothing and the decision to ask, somebody else has asked and been told. */
    @Test
    @Tag("N07")
    void whatSomebodyWasToldMeanwhileIsNotAskedForAgain() throws Exception {
        String token = setup.issue("good", "exp", setup.epochSecond() + 20);
        setup.ask(token);
        setup.clock.pass(Duration.ofSeconds(20));
        setup.issue(token, "exp", setup.epochSecond() + 3600);
        setup.clock.beforeTheNextLook(() -> {
            try {
                assertThat(setup.hear(token)).isEqualTo("yes, REMOTE");
            } catch (UndeterminedException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(setup.hear(token)).isEqualTo("yes, CACHE");
        assertThat(setup.asked).hasSize(2);
    }

    /** A look into the memory is followed by another before anybody is asked: what landed between the two is not asked for again. */
    @Test
    @Tag("N07")
    void manyTokensWhoseAnswersEndAgainAndAgainAreAskedAboutOnceEach() throws Exception {
        int threads = 8;
        int rounds = 400;
        String token = setup.issue("good");
        CyclicBarrier together = new CyclicBarrier(threads, () -> setup.pass(Remembering.TTL));
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            running.add(pool.submit(() -> {
                for (int round = 0; round < rounds; round++) {
                    together.await();
                    setup.ask(token);
                }
                return null;
            }));
        }
        for (Future<?> each : running) {
            each.get();
        }
        assertThat(setup.asked).hasSize(rounds);
    }

    @Test
    @Tag("N07")
    void sixtyFourOverHttpMakeOneCall() throws Exception {
        try (Introspecting http = new Introspecting()) {
            CachingIntrospector caching = http.caching();
            PresentedToken token = PresentedToken.of(http.as.issueOpaque("orders:read"));
            for (int round = 1; round <= 3; round++) {
                http.as.fail(Endpoint.INTROSPECTION, AnswerFault.slow(Duration.ofMillis(200)));
                CyclicBarrier start = new CyclicBarrier(64);
                List<Future<Introspection>> herd = new ArrayList<>();
                for (int i = 0; i < 64; i++) {
                    herd.add(pool.submit(() -> {
                        start.await();
                        return caching.introspect(http.about(token));
                    }));
                }
                for (Future<Introspection> each : herd) {
                    assertThat(each.get()).isInstanceOf(Introspection.Active.class);
                }
                assertThat(http.calls()).isEqualTo(round);
                http.pass(Duration.ofSeconds(30));
            }
        }
    }

    /** N06: what strangers invent is remembered apart from what is in use. */
    @Test
    @Tag("N06")
    void aHundredThousandInventedTokensTakeNoRoomFromThoseInUse() throws Exception {
        int max = 2_000;
        try (Remembering flooded =
                new Remembering(new IntrospectionSettings.Cache(Remembering.TTL, max, Remembering.NEGATIVE_TTL))) {
            CachingIntrospector caching = flooded.caching;
            for (int i = 0; i < 500; i++) {
                caching.introspect(flooded.about(flooded.issue("good-" + i)));
            }
            for (int i = 0; i < 100_000; i++) {
                caching.introspect(flooded.about("invented-" + i));
            }
            assertThat(caching.statistics().misses()).isEqualTo(100_500);
            assertThat(caching.statistics().inactive()).isBetween(1, max / 10);
            assertThat(caching.statistics().active()).isEqualTo(500);
            for (int i = 0; i < 500; i++) {
                assertThat(Remembering.words(caching.introspect(flooded.about("good-" + i))))
                        .isEqualTo("yes, CACHE");
            }
        }
    }
}
