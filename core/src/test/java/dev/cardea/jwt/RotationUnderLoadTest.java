package dev.cardea.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.config.JwksSettings;
import dev.cardea.discovery.LastGood;
import dev.cardea.discovery.ManualRefresher;
import dev.cardea.http.HttpAnswer;
import dev.cardea.http.HttpCall;
import dev.cardea.http.TransportException;
import dev.cardea.jose.CryptoProvider;
import dev.cardea.jose.VerificationKey;
import dev.cardea.log.RateLimitedLog;
import dev.cardea.reject.RejectedException;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.testkit.TestKey;
import dev.cardea.testkit.TestKeys;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;

/** Many threads at one source of keys, whose issuer answers out of memory so that there are many rounds. */
class RotationUnderLoadTest {
    private static final int ROUNDS = 30;
    private static final int INVENTED = 250;
    private static final Duration COOLDOWN = Duration.ofSeconds(30);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 7);
    private final ManualRefresher refresher = new ManualRefresher();
    private final AtomicInteger fetches = new AtomicInteger();
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private volatile String published = TestKeys.jwks(TestKeys.rsa());
    private volatile boolean down;
    private JwksKeySource keys;

    @BeforeEach
    void begin() {
        keys = new JwksKeySource(
                new JwksSettings(null, Duration.ofMinutes(10), Duration.ofHours(24), COOLDOWN, Duration.ofSeconds(2)),
                () -> URI.create("https://as.example/jwks"),
                this::answer,
                CryptoProvider.ofPlatform(),
                nanos::get,
                refresher,
                new RateLimitedLog(System.getLogger("test"), nanos::get));
        keys.fetchAhead();
        refresher.round();
    }

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    /** Three rotations out of four have a permit left; the fourth meets strangers who were faster. */
    @Tag("T15")
    @Tag("accepts")
    @RepeatedTest(ROUNDS)
    void knownKeysAreServedAndANewOneIsFoundWhileStrangersCome() throws Exception {
        VerificationKey rsa = keys.key("rsa-1", "RS256");
        fetches.set(0);
        TestKey rotated = TestKeys.foreign().withKid("rotated");
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Integer>> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(pool.submit(after(start, () -> strangers(INVENTED))));
            threads.add(pool.submit(after(start, () -> known(rsa))));
        }
        threads.add(pool.submit(after(start, () -> {
            published = TestKeys.jwks(TestKeys.rsa(), rotated);
            return found(rotated);
        })));
        start.countDown();
        for (Future<Integer> thread : threads) {
            thread.get(30, TimeUnit.SECONDS);
        }
        // Two for strangers; what finds its key is free, and one more is kept for whoever comes again.
        assertThat(fetches.get()).isLessThanOrEqualTo(2 + 2);
        assertThat(keys.stillHas(rsa)).isTrue();
    }

    @Tag("T18")
    @Tag("accepts")
    @RepeatedTest(ROUNDS)
    void knownKeysAreServedWhileFetchesFailAndTheBackgroundGoesOn() throws Exception {
        VerificationKey rsa = keys.key("rsa-1", "RS256");
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Integer>> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            threads.add(pool.submit(after(start, () -> known(rsa))));
            threads.add(pool.submit(after(start, () -> {
                for (int j = 0; j < 100; j++) {
                    refused(UUID.randomUUID().toString());
                }
                return 0;
            })));
        }
        threads.add(pool.submit(after(start, () -> {
            for (int j = 0; j < 100; j++) {
                down = j % 3 != 0;
                nanos.addAndGet(LastGood.RETRY_PAUSE.toNanos());
                refresher.round();
            }
            return 0;
        })));
        start.countDown();
        for (Future<Integer> thread : threads) {
            thread.get(30, TimeUnit.SECONDS);
        }
        down = false;
        nanos.addAndGet(LastGood.RETRY_PAUSE.toNanos());
        published = TestKeys.jwks(TestKeys.rsa(), TestKeys.foreign().withKid("afterwards"));
        assertThat(found(TestKeys.foreign().withKid("afterwards"))).isLessThanOrEqualTo(2);
    }

    private HttpAnswer answer(HttpCall call) throws TransportException {
        String body = published;
        fetches.incrementAndGet();
        Thread.yield();
        if (down) {
            throw new TransportException(TransportException.Kind.BROKEN, "down");
        }
        return new HttpAnswer(200, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    private int strangers(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(refused(UUID.randomUUID().toString())).isInstanceOf(RejectedException.class);
        }
        return count;
    }

    private int known(VerificationKey key) throws Exception {
        for (int i = 0; i < 2_000; i++) {
            assertThat(keys.key("rsa-1", "RS256")).isSameAs(key);
            assertThat(keys.stillHas(key)).isTrue();
        }
        return 0;
    }

    private Exception refused(String keyId) {
        try {
            keys.key(keyId, "RS256");
        } catch (RejectedException | UndeterminedException e) {
            return e;
        }
        throw new AssertionError("found " + keyId);
    }

    /** How many tokens it takes; their place among those who were turned away may be taken a few times. */
    private int found(TestKey key) throws UndeterminedException {
        for (int i = 1; i <= 50; i++) {
            try {
                keys.key(key.kid(), "RS256");
                return i;
            } catch (RejectedException e) {
                Thread.yield();
            }
        }
        throw new AssertionError("not found");
    }

    private static Callable<Integer> after(CountDownLatch start, Callable<Integer> work) {
        return () -> {
            start.await();
            return work.call();
        };
    }
}
