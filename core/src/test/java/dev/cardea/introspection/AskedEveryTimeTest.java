package dev.cardea.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.config.IntrospectionSettings;
import dev.cardea.request.PresentedToken;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code cardea.introspection.cache.ttl=0s}. */
@Timeout(60)
class AskedEveryTimeTest {
    private final Remembering setup =
            new Remembering(new IntrospectionSettings.Cache(Duration.ZERO, 100, Duration.ZERO));
    private final ExecutorService pool = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        pool.shutdownNow();
        setup.close();
    }

    /** Or a token would be good for as long as the endpoint takes after it was revoked. */
    @Test
    void anAnswerThatWasOnItsWayBeforeTheRequestCameIsNotForIt() throws Exception {
        String token = setup.issue("good");
        CountDownLatch decided = new CountDownLatch(1);
        Semaphore landing = new Semaphore(0);
        setup.authority = question -> {
            Introspection answer = setup.say(question);
            decided.countDown();
            landing.acquireUninterruptibly();
            return answer;
        };
        Question early = setup.about(token);
        Future<String> first = pool.submit(() -> Remembering.words(setup.caching.introspect(early)));
        decided.await();
        setup.tokens.remove(token);
        setup.pass(Duration.ofMillis(1));
        Question late = setup.about(token);
        Future<String> second = pool.submit(() -> Remembering.words(setup.caching.introspect(late)));
        while (setup.caching.waitingFor(PresentedToken.of(token)) == 0) {
            Thread.onSpinWait();
        }
        landing.release(2);
        assertThat(first.get()).isEqualTo("yes, REMOTE");
        assertThat(second.get()).isEqualTo("no, REMOTE");
    }
}
