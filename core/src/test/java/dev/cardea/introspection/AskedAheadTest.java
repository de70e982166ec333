package dev.cardea.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that are asked for again before a request has to. */
@Timeout(60)
class AskedAheadTest {
    private static final Duration AHEAD = Duration.ofSeconds(10);
    private static final Duration UNTIL_AHEAD = Remembering.TTL.minus(AHEAD);

    private Remembering setup = new Remembering(Remembering.refreshing(AHEAD, 0));

    @AfterEach
    void close() {
        setup.close();
    }

    private void use(String token, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            assertThat(setup.hear(token)).isEqualTo("yes, CACHE");
        }
        setup.awaitBackground();
    }

    @Test
    void anAnswerInUseIsAskedForAgainBeforeItsEndAndNoRequestWaits() throws Exception {
        String token = setup.issue("good");
        setup.ask(token);
        setup.pass(UNTIL_AHEAD.minusNanos(1));
        use(token, 3);
        assertThat(setup.asked).hasSize(1);

        setup.pass(Duration.ofNanos(1));
        use(token, 1);
        assertThat(setup.asked).hasSize(2);
        assertThat(setup.asked.get(1).kind()).isEqualTo(Question.Kind.REFRESH);
        setup.pass(AHEAD);
        use(token, 1);
        assertThat(setup.asked).as("its time has begun anew").hasSize(2);
        assertThat(setup.caching.statistics().refreshes()).isEqualTo(1);
        assertThat(setup.caching.statistics().misses()).isEqualTo(1);
    }

    @Test
    void oneThatIsUsedOnceIsNot() throws Exception {
        String token = setup.issue("good");
        setup.ask(token);
        setup.pass(UNTIL_AHEAD);
        use(token, 1);
        assertThat(setup.asked).hasSize(1);
        use(token, 1);
        assertThat(setup.asked).hasSize(2);
    }

    @Test
    void oneThatEndsWithItsTokenIsNot() throws Exception {
        String token = setup.issue("short", "exp", setup.epochSecond() + 29);
        setup.ask(token);
        setup.pass(UNTIL_AHEAD);
        use(token, 3);
        assertThat(setup.asked).hasSize(1);

        String twin = setup.issue("longer", "exp", setup.epochSecond() + 31);
        setup.ask(twin);
        setup.pass(UNTIL_AHEAD);
        use(twin, 3);
        assertThat(setup.asked).hasSize(3);
    }

    @Test
    @Tag("N02")
    void theEndIsThatOfTheQuestionAndTheFirstHalfOfItsTimeIsLeftAlone() throws Exception {
        String token = setup.issue("good");
        setup.ask(token);
        Duration maxAge = Duration.ofSeconds(8);
        setup.pass(Duration.ofSeconds(4).minusNanos(1));
        setup.ask(token, maxAge);
        setup.ask(token, maxAge);
        setup.awaitBackground();
        assertThat(setup.asked).hasSize(1);
        setup.pass(Duration.ofNanos(1));
        setup.ask(token, maxAge);
        setup.awaitBackground();
        assertThat(setup.asked).hasSize(2);
    }

    @Test
    void aRefreshThatFailsLeavesTheAnswerAndIsNotTriedAgain() throws Exception {
        String token = setup.issue("good");
        setup.ask(token);
        setup.authority = Remembering.down();
        setup.pass(UNTIL_AHEAD);
        use(token, 5);
        assertThat(setup.asked).hasSize(2);
        setup.pass(AHEAD.minusNanos(1));
        use(token, 5);
        assertThat(setup.asked).hasSize(2);
        assertThat(setup.caching.statistics().inVain()).isEqualTo(1);

        setup.pass(Duration.ofNanos(1));
        setup.authority = setup::say;
        assertThat(setup.hear(token)).isEqualTo("yes, REMOTE");
    }

    @Test
    void aRefreshFindsOutThatATokenWasRevoked() throws Exception {
        String token = setup.issue("good");
        setup.ask(token);
        setup.pass(UNTIL_AHEAD);
        setup.tokens.remove(token);
        use(token, 2);
        assertThat(setup.hear(token)).isEqualTo("no, CACHE");
    }

    @Test
    void manyUsesMakeOneRefresh() throws Exception {
        String token = setup.issue("good");
        setup.ask(token);
        setup.pass(UNTIL_AHEAD);
        CountDownLatch refreshing = new CountDownLatch(1);
        setup.authority = question -> {
            awaitQuietly(refreshing);
            return setup.say(question);
        };
        for (int i = 0; i < 100; i++) {
            assertThat(setup.hear(token)).isEqualTo("yes, CACHE");
        }
        refreshing.countDown();
        setup.awaitBackground();
        assertThat(setup.asked).hasSize(2);
    }

    @Test
    void whatWasAskedForMeanwhileIsNotAskedForOnceMore() throws Exception {
        String token = setup.issue("good");
        setup.ask(token);
        setup.pass(UNTIL_AHEAD);
        CountDownLatch busy = new CountDownLatch(1);
        setup.background.offer(() -> awaitQuietly(busy));
        setup.ask(token);
        setup.ask(token);
        setup.ask(token, Duration.ZERO);
        busy.countDown();
        setup.awaitBackground();
        assertThat(setup.asked).hasSize(2);
    }

    @Test
    void aFullQueueDropsARefreshAndALaterUseAsksForItAgain() throws Exception {
        String token = setup.issue("good");
        setup.ask(token);
        setup.ask(token);
        setup.pass(UNTIL_AHEAD);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(1);
        setup.background.offer(() -> {
            begun.countDown();
            awaitQuietly(busy);
        });
        begun.await();
        int offered = 0;
        while (setup.background.offer(() -> {})) {
            offered++;
        }
        assertThat(offered).isEqualTo(BackgroundQuestions.MAX_WAITING);
        assertThat(setup.hear(token)).isEqualTo("yes, CACHE");
        busy.countDown();
        while (!setup.background.offer(() -> {})) {
            Thread.onSpinWait();
        }
        setup.awaitBackground();
        assertThat(setup.asked).hasSize(1);

        use(token, 1);
        assertThat(setup.asked).hasSize(2);
    }

    @Test
    void aRememberedTokenIsCheckedAgainWithTheProbabilityThatIsConfigured() throws Exception {
        setup.close();
        setup = new Remembering(Remembering.refreshing(Duration.ZERO, 0.25));
        String token = setup.issue("good");
        setup.ask(token);
        setup.chance = 0.25;
        use(token, 10);
        assertThat(setup.asked).hasSize(1);

        setup.chance = Math.nextDown(0.25);
        setup.tokens.remove(token);
        use(token, 1);
        assertThat(setup.asked).hasSize(2);
        assertThat(setup.caching.statistics().rechecks()).isEqualTo(1);
        assertThat(setup.hear(token))
                .as("revoked within the time of its answer")
                .isEqualTo("no, CACHE");
    }

    @Test
    void theThreadIsOneThatHoldsOnToNothingAndEnds() throws Exception {
        BackgroundQuestions background = new BackgroundQuestions();
        AtomicReference<Thread> seen = new AtomicReference<>();
        background.offer(() -> {
            throw new StackOverflowError("a bug");
        });
        background.offer(() -> seen.set(Thread.currentThread()));
        background.start();
        background.start();
        CountDownLatch hanging = new CountDownLatch(1);
        background.offer(() -> {
            hanging.countDown();
            awaitQuietly(new CountDownLatch(1));
        });
        hanging.await();
        assertThat(seen.get().isDaemon()).isTrue();
        assertThat(seen.get().getName()).isEqualTo("cardea-introspection");
        assertThat(seen.get().getContextClassLoader()).isSameAs(ClassLoader.getPlatformClassLoader());

        background.close();
        assertThat(seen.get().isAlive()).isFalse();
        assertThat(background.offer(() -> {})).isFalse();
        new BackgroundQuestions().close();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
