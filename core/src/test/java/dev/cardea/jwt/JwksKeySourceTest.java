package dev.cardea.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cardea.config.HttpSettings;
import dev.cardea.config.JwksSettings;
import dev.cardea.discovery.LastGood;
import dev.cardea.discovery.ManualRefresher;
import dev.cardea.http.JdkHttpTransport;
import dev.cardea.jose.CryptoProvider;
import dev.cardea.jose.VerificationKey;
import dev.cardea.log.RateLimitedLog;
import dev.cardea.log.RecordedLog;
import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import dev.cardea.reject.Uncertainty;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.testkit.Answer;
import dev.cardea.testkit.AnswerFault;
import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.JwksFault;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.TestKey;
import dev.cardea.testkit.TestKeys;
import dev.cardea.testkit.TransportFault;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JwksKeySourceTest {
    private static final Duration REFRESH = Duration.ofMinutes(10);
    private static final Duration MAX_STALE = Duration.ofHours(24);
    private static final Duration COOLDOWN = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofMillis(1500);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 7); // overflows at once, as nanoTime may
    private final ManualRefresher refresher = new ManualRefresher();
    private final TestAuthorizationServer server = TestAuthorizationServer.start(Clock.systemUTC());
    private final JdkHttpTransport transport =
            new JdkHttpTransport(new HttpSettings(true, null, null), Duration.ofSeconds(1), System::nanoTime);
    private final JwksKeySource keys = source(MAX_STALE);

    private JwksKeySource source(Duration maxStale) {
        JwksKeySource source = new JwksKeySource(
                new JwksSettings(null, REFRESH, maxStale, COOLDOWN, TIMEOUT),
                () -> URI.create(server.url(Endpoint.JWKS)),
                transport,
                CryptoProvider.ofPlatform(),
                nanos::get,
                refresher,
                new RateLimitedLog(System.getLogger("test"), nanos::get));
        source.fetchAhead();
        return source;
    }

    @AfterEach
    void stop() {
        transport.close();
        server.close();
    }

    @Test
    void fetchesOnceForTheFirstRequestsIfNobodyDidBefore() throws Exception {
        assertThat(fetches()).isZero();

        for (int i = 0; i < 10; i++) {
            assertFound(TestKeys.rsa());
        }

        assertThat(fetches()).isEqualTo(1);
    }

    @Tag("T15")
    @Tag("accepts")
    @Test
    void seesARotationAndTheNextOneRightAfterIt() throws Exception {
        assertFound(TestKeys.rsa());
        TestKey second = server.rotateKeys();
        assertFound(second);
        TestKey third = server.rotateKeys();
        assertFound(third);

        assertThat(fetches()).isEqualTo(3);
        assertFound(TestKeys.rsa());
    }

    @Tag("T15")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void asksAtMostTwiceForAThousandInventedKeyIds() throws Exception {
        assertFound(TestKeys.rsa());
        server.forgetRequests();

        for (int i = 0; i < 1_000; i++) {
            assertUnknown(UUID.randomUUID().toString());
        }

        assertThat(fetches()).isEqualTo(2);
        assertFound(TestKeys.rsa());
    }

    @Tag("T15")
    @Tag("refuses")
    @Test
    void asksAtMostTwiceForInventedKeyIdsThatComeFirst() {
        for (int i = 0; i < 100; i++) {
            assertUnknown(UUID.randomUUID().toString());
        }

        assertThat(fetches()).isEqualTo(2);
    }

    @Tag("T15")
    @Tag("refuses")
    @Test
    void asksAtMostTwiceForInventedKeyIdsOnTwoHundredThreads() throws Exception {
        server.fail(Endpoint.JWKS, AnswerFault.slow(Duration.ofMillis(200)));

        List<Reason> reasons = atOnce(200, () -> reason("invented-" + UUID.randomUUID()));

        assertThat(reasons).containsOnly(Reason.KEY_UNKNOWN);
        assertThat(fetches()).isLessThanOrEqualTo(2);
    }

    @Tag("T15")
    @Tag("accepts")
    @Test
    void fetchesOnceForTwoHundredFirstRequests() throws Exception {
        server.fail(Endpoint.JWKS, AnswerFault.slow(Duration.ofMillis(200)));

        List<Boolean> found = atOnce(200, () -> keys.key("rsa-1", "RS256") != null);

        assertThat(found).containsOnly(true);
        assertThat(fetches()).isEqualTo(1);
    }

    @Tag("T15")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void earnsOneFetchPerCooldown() throws Exception {
        assertFound(TestKeys.rsa());
        assertUnknown("a");
        assertUnknown("b");
        assertUnknown("c");
        assertThat(fetches()).isEqualTo(3);

        advance(COOLDOWN);
        TestKey next = server.rotateKeys();
        assertUnknown("d");
        assertThat(fetches()).isEqualTo(4);
        assertUnknown("e");
        assertThat(fetches()).isEqualTo(4);
        assertFound(next);
    }

    @Tag("T15")
    @Tag("T18")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void isNotChargedForAFetchThatFails() throws Exception {
        assertFound(TestKeys.rsa());
        advance(COOLDOWN);
        server.fail(Endpoint.JWKS, TransportFault.SERVER_ERROR);
        for (int i = 0; i < 5; i++) {
            assertUndetermined("x");
            advance(LastGood.RETRY_PAUSE);
        }
        server.heal();
        server.forgetRequests();

        assertFound(server.rotateKeys());
        assertFound(server.rotateKeys());
        assertThat(fetches()).isEqualTo(2);
    }

    @Tag("T18")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void doesNotHammerAServerThatFails() throws Exception {
        server.fail(Endpoint.JWKS, TransportFault.SERVER_ERROR);
        for (int i = 0; i < 50; i++) {
            assertUndetermined("rsa-1");
        }
        assertThat(fetches()).isEqualTo(1);

        server.heal();
        assertUndetermined("rsa-1");
        advance(LastGood.RETRY_PAUSE);
        assertFound(TestKeys.rsa());
    }

    @Tag("T18")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void cannotTellAboutAnUnknownKeyIdWhileNewerKeysCannotBeFetched() throws Exception {
        assertFound(TestKeys.rsa());
        server.fail(Endpoint.JWKS, TransportFault.UNAVAILABLE);

        assertUndetermined("x");
        advance(COOLDOWN);
        assertUndetermined("x");
        assertFound(TestKeys.rsa());

        server.heal();
        advance(LastGood.RETRY_PAUSE);
        assertUnknown("x");
    }

    @Tag("T18")
    @Tag("accepts")
    @Tag("refuses")
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"WRONG_CONTENT_TYPE"})
    void keepsGoodKeysThroughEveryKindOfOutage(TransportFault fault) throws Exception {
        assertFound(TestKeys.rsa());
        server.fail(Endpoint.JWKS, fault);
        refreshInBackground();

        assertFound(TestKeys.rsa());
        assertThat(fetches()).isGreaterThanOrEqualTo(2);
        assertUndetermined("x");
        assertThat(server.wasLuredAway()).isFalse();

        server.heal();
        advance(LastGood.RETRY_PAUSE);
        assertFound(TestKeys.rsa());
        assertUnknown("x");
    }

    @Tag("T18")
    @Tag("accepts")
    @Tag("refuses")
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"WRONG_CONTENT_TYPE"})
    void cannotTellWithoutKeysAndHeals(TransportFault fault) throws Exception {
        server.fail(Endpoint.JWKS, fault);
        assertUndetermined("rsa-1");
        assertThat(server.wasLuredAway()).isFalse();

        server.heal();
        advance(LastGood.RETRY_PAUSE);
        assertFound(TestKeys.rsa());
    }

    @Tag("T19")
    @Tag("accepts")
    @Tag("refuses")
    @ParameterizedTest
    @EnumSource
    void losesNoGoodKeyToABadOne(JwksFault fault) throws Exception {
        server.fail(Endpoint.JWKS, fault);
        if (fault.goodKeysRemain()) {
            assertFound(TestKeys.rsa());
            return;
        }
        assertThat(catchThrowableOfType(Exception.class, () -> keys.key("rsa-1", "RS256")))
                .isInstanceOfAny(UndeterminedException.class, RejectedException.class);
        server.heal();
        advance(LastGood.RETRY_PAUSE);
        advance(COOLDOWN);
        assertFound(TestKeys.rsa());
    }

    @Tag("T18")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void keepsGoodKeysInsteadOfAnEmptySet() throws Exception {
        assertFound(TestKeys.rsa());
        server.fail(Endpoint.JWKS, JwksFault.EMPTY_SET);
        refreshInBackground();

        assertFound(TestKeys.rsa());
        for (int i = 0; i < 60; i++) {
            assertUndetermined("x" + i);
        }
        assertThat(fetches()).isEqualTo(2);
    }

    @Tag("T18")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void forgetsKeysThatAreTooOld() throws Exception {
        assertFound(TestKeys.rsa());
        server.fail(Endpoint.JWKS, TransportFault.RESET);

        advance(MAX_STALE);
        assertFound(TestKeys.rsa());
        advance(Duration.ofSeconds(1));
        assertUndetermined("rsa-1");
    }

    @Test
    void forgetsAKeyThatIsNoLongerPublished() throws Exception {
        assertFound(TestKeys.rsa());
        server.publish(TestKeys.ec());

        assertFound(TestKeys.rsa());
        refreshInBackground();
        assertUnknown("rsa-1");
        assertThat(keys.key("ec-1", "ES256")).isNotNull();
    }

    @Tag("T18")
    @Test
    void stillHasAKeyAsLongAsItIsPublishedUnchanged() throws Exception {
        VerificationKey rsa = keys.key("rsa-1", "RS256");
        assertThat(keys.stillHas(rsa)).isTrue();

        server.publish(TestKeys.ec(), TestKeys.rsa());
        refreshInBackground();
        assertThat(keys.stillHas(rsa)).isTrue();
        VerificationKey ec = keys.key("ec-1", "ES256");
        assertThat(keys.key("rsa-1", "RS256")).isSameAs(rsa);

        server.publish(TestKeys.foreign().withKid("rsa-1"), TestKeys.ec());
        refreshInBackground();
        assertThat(keys.stillHas(ec)).isTrue();
        assertThat(keys.stillHas(rsa)).isFalse();
        assertThat(keys.key("rsa-1", "RS256")).isNotSameAs(rsa);
    }

    @Tag("T18")
    @Test
    void cannotTellWhetherAKeyIsStillThereOnceTheKeysAreTooOld() throws Exception {
        VerificationKey rsa = keys.key("rsa-1", "RS256");
        server.fail(Endpoint.JWKS, TransportFault.RESET);

        advance(MAX_STALE);
        assertThat(keys.stillHas(rsa)).isTrue();
        advance(Duration.ofSeconds(6));
        assertThat(catchThrowableOfType(UndeterminedException.class, () -> keys.stillHas(rsa))
                        .uncertainty())
                .isEqualTo(Uncertainty.KEYS_UNAVAILABLE);

        server.heal();
        advance(LastGood.RETRY_PAUSE);
        assertThat(keys.stillHas(rsa)).isTrue();
    }

    @Tag("T18")
    @Tag("accepts")
    @Test
    void fetchesKeysInTheBackgroundBeforeAnybodyNeedsThem() throws Exception {
        assertThat(refresher.round()).isEqualTo(REFRESH.multipliedBy(4).dividedBy(5));
        assertThat(fetches()).isEqualTo(1);

        assertFound(TestKeys.rsa());
        assertThat(fetches()).isEqualTo(1);
    }

    @Tag("T18")
    @Tag("accepts")
    @Test
    void healsInTheBackgroundAfterAStartWithoutKeys() throws Exception {
        server.fail(Endpoint.JWKS, TransportFault.UNAVAILABLE);
        assertThat(refresher.round()).isEqualTo(LastGood.RETRY_PAUSE);
        assertUndetermined("rsa-1");
        server.heal();
        assertThat(fetches()).isEqualTo(1);

        advance(LastGood.RETRY_PAUSE);
        refresher.round();
        assertThat(fetches()).isEqualTo(2);
        assertFound(TestKeys.rsa());
        assertThat(fetches()).isEqualTo(2);
    }

    @Tag("T18")
    @Test
    void fetchesAgainWhenFourFifthsOfTheTimeHavePassed() {
        Duration ahead = refresher.round();
        advance(ahead.minusNanos(1));
        assertThat(refresher.round()).isEqualTo(Duration.ofNanos(1));
        assertThat(fetches()).isEqualTo(1);

        advance(Duration.ofNanos(1));
        assertThat(refresher.round()).isEqualTo(ahead);
        assertThat(fetches()).isEqualTo(2);
    }

    @Tag("T18")
    @ParameterizedTest
    @CsvSource({
        "no-cache, , 60",
        "no-store, , 60",
        "max-age=1, , 60",
        "max-age=75, , 60",
        "max-age=300, , 240",
        "max-age=420, 120, 240",
        "max-age=86400, , 480",
        "public, , 480",
        ", , 480",
    })
    void fetchesAgainWhenTheIssuerSaysWithinBounds(
            @Nullable String cacheControl, @Nullable String age, long expectedSeconds) {
        server.fail(Endpoint.JWKS, right -> {
            Answer answer = cacheControl == null ? right : right.withHeader("Cache-Control", cacheControl);
            return age == null ? answer : answer.withHeader("Age", age);
        });

        assertThat(refresher.round()).isEqualTo(Duration.ofSeconds(expectedSeconds));
    }

    /** The machine was suspended, or another issuer holds the one thread up. */
    @Test
    void wakesTheBackgroundOnceInAWhileIfItIsLate() throws Exception {
        Duration ahead = refresher.round();
        int before = refresher.wakes();
        advance(ahead.plus(LastGood.RETRY_PAUSE).minusNanos(1));
        assertFound(TestKeys.rsa());
        assertThat(refresher.wakes()).isEqualTo(before);

        for (int i = 1; i <= 3; i++) {
            advance(LastGood.RETRY_PAUSE);
            for (int j = 0; j < 10; j++) {
                assertFound(TestKeys.rsa());
            }
            assertThat(refresher.wakes()).isEqualTo(before + i);
        }
        assertThat(fetches()).isEqualTo(1);
    }

    @Tag("T18")
    @Tag("accepts")
    @Test
    void knownKeysWorkThroughAnOutageOfTheWholeMaximumAge() throws Exception {
        Duration maxStale = Duration.ofMinutes(30);
        JwksKeySource source = source(maxStale);
        refresher.round();
        long begun = nanos.get();
        VerificationKey rsa = source.key("rsa-1", "RS256");
        server.fail(Endpoint.JWKS, TransportFault.UNAVAILABLE);

        while (nanos.get() - begun < maxStale.toNanos()) {
            advance(LastGood.RETRY_PAUSE);
            refresher.round();
            assertThat(source.key("rsa-1", "RS256")).isSameAs(rsa);
            assertThat(source.stillHas(rsa)).isTrue();
        }
        advance(Duration.ofNanos(1));
        assertThat(catchThrowableOfType(UndeterminedException.class, () -> source.key("rsa-1", "RS256")))
                .isNotNull();
        assertThat(catchThrowableOfType(UndeterminedException.class, () -> source.stillHas(rsa)))
                .isNotNull();

        server.heal();
        advance(LastGood.RETRY_PAUSE);
        refresher.round();
        assertThat(source.key("rsa-1", "RS256")).isSameAs(rsa);
    }

    /** An outage that nobody notices and one that everybody does are two things to whoever reads the log. */
    @Test
    void theLogSaysHowLongTheKnownKeysServeAndWhenTheyNoLongerDo() throws Exception {
        RecordedLog log = new RecordedLog();
        JwksKeySource source = new JwksKeySource(
                new JwksSettings(null, REFRESH, Duration.ofMinutes(20), COOLDOWN, TIMEOUT),
                () -> URI.create(server.url(Endpoint.JWKS)),
                transport,
                CryptoProvider.ofPlatform(),
                nanos::get,
                refresher,
                new RateLimitedLog(log, nanos::get));
        source.fetchAhead();
        refresher.round();
        assertThat(log.lines()).isEmpty();
        assertThat(source.atHand("rsa-1", "RS256")).isSameAs(source.key("rsa-1", "RS256"));
        assertThat(source.atHand("none", "RS256")).isNull();

        server.fail(Endpoint.JWKS, TransportFault.UNAVAILABLE);
        advance(Duration.ofMinutes(9));
        refresher.round();
        assertThat(log.lines()).singleElement().satisfies(line -> assertThat(line)
                .startsWith("WARNING no signing keys from ")
                .endsWith("; those fetched 540 s ago serve for another 660 s (cardea.jwks.max-stale), then 503"));

        advance(Duration.ofMinutes(11));
        refresher.round();
        assertThat(log.lines()).hasSize(2);
        assertThat(log.lines().get(1)).endsWith("; tokens that need them are answered with 503");

        server.heal();
        advance(LastGood.RETRY_PAUSE);
        refresher.round();
        assertThat(log.lines()).hasSize(3);
        assertThat(log.lines().get(2)).startsWith("INFO signing keys can be fetched again");
    }

    @Tag("T15")
    @Tag("accepts")
    @Test
    void findsManyNewKeysInARowBecauseFindingOneCostsNothing() throws Exception {
        assertFound(TestKeys.rsa());
        for (int i = 0; i < 10; i++) {
            TestKey rotated = TestKeys.foreign().withKid("rotated-" + i);
            server.publish(TestKeys.rsa(), rotated);
            assertFound(rotated);
        }
        assertThat(fetches()).isEqualTo(11);
    }

    @Tag("T15")
    @Tag("accepts")
    @Test
    void findsANewKeyAtItsSecondTokenWhileStrangersHaveUsedUpEveryFetch() throws Exception {
        assertFound(TestKeys.rsa());
        for (int i = 0; i < 1_000; i++) {
            assertUnknown("stranger-" + i);
        }
        assertThat(fetches()).isEqualTo(3);
        // Names that are the same in every run: of random ones, each fortieth time one would take the place of the new
        // key's.
        TestKey rotated = server.rotateKeys().withKid("rotated");
        server.publish(rotated);

        assertUnknown(rotated.kid());
        for (int i = 0; i < 100; i++) {
            assertUnknown("late-stranger-" + i);
        }
        assertFound(rotated);
        assertThat(fetches()).isEqualTo(4);
    }

    /** One client that does not give up must not use up what a rotation needs. */
    @Tag("T15")
    @Test
    void asksOnceForAnInventedKeyIdThatComesAgainAndAgain() throws Exception {
        assertFound(TestKeys.rsa());
        for (int i = 0; i < 50; i++) {
            assertUnknown("invented");
        }
        assertThat(fetches()).isEqualTo(2);

        advance(COOLDOWN);
        assertUnknown("invented");
        assertThat(fetches()).isEqualTo(3);
    }

    @Tag("T15")
    @Test
    void asksForNoKeyThatWasWithdrawnAMomentAgo() throws Exception {
        assertFound(TestKeys.rsa());
        server.publish(TestKeys.ec());
        refreshInBackground();
        for (int i = 0; i < 50; i++) {
            assertUnknown("rsa-1");
        }
        assertThat(fetches()).isEqualTo(2);

        server.publish(TestKeys.ec(), TestKeys.rsa());
        advance(COOLDOWN);
        assertFound(TestKeys.rsa());
    }

    /** A fetch that finds its key is free: a set that changes with every answer must not make it free for everybody. */
    @Tag("T15")
    @Test
    void isNotMadeToFetchWithoutEndByAnIssuerWhoseServersDisagree() throws Exception {
        TestKey other = TestKeys.foreign().withKid("other");
        assertFound(TestKeys.rsa());
        for (int i = 0; i < 100; i++) {
            boolean even = i % 2 == 0;
            server.publish(even ? other : TestKeys.rsa());
            VerificationKey found = null;
            try {
                found = keys.key(even ? "other" : "rsa-1", "RS256");
            } catch (RejectedException e) {
                assertThat(e.rejection().reason()).isEqualTo(Reason.KEY_UNKNOWN);
            }
            assertThat(found == null || keys.stillHas(found)).isTrue();
        }
        assertThat(fetches()).isLessThanOrEqualTo(4);
    }

    @Tag("T18")
    @Tag("accepts")
    @Test
    void holdsUpNoRequestWhileKeysAreRefreshed() throws Exception {
        assertFound(TestKeys.rsa());
        advance(REFRESH);
        CountDownLatch mayAnswer = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        server.fail(Endpoint.JWKS, right -> {
            asked.countDown();
            awaitQuietly(mayAnswer);
            return right;
        });
        ExecutorService pool = Executors.newFixedThreadPool(1);
        try {
            Future<?> background = pool.submit(refresher::round);
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < 100; i++) {
                assertFound(TestKeys.rsa());
            }
            assertThat(background).isNotDone();
            mayAnswer.countDown();
            background.get(5, TimeUnit.SECONDS);
        } finally {
            mayAnswer.countDown();
            pool.shutdownNow();
        }
        assertThat(fetches()).isEqualTo(2);
    }

    @Tag("T18")
    @Tag("refuses")
    @Test
    void waitsNoLongerThanTheDeadlineForAServerThatDrips() throws Exception {
        server.fail(Endpoint.JWKS, AnswerFault.dripping(Duration.ofMillis(50)));
        long begun = System.nanoTime();

        List<Boolean> undetermined = atOnce(20, () -> {
            assertUndetermined("rsa-1");
            return true;
        });

        assertThat(undetermined).hasSize(20);
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isLessThan(TIMEOUT.multipliedBy(2).plusSeconds(1));
        assertThat(fetches()).isEqualTo(1);
    }

    @Tag("W02")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void fetchesNothingForAKeyIdThatIsThereForAnotherAlgorithm() throws Exception {
        assertFound(TestKeys.rsa());

        RejectedException e = catchThrowableOfType(RejectedException.class, () -> keys.key("rsa-1", "PS256"));
        assertThat(e.rejection().reason()).isEqualTo(Reason.ALGORITHM_NOT_ACCEPTED);
        assertThat(fetches()).isEqualTo(1);
    }

    @Tag("T16")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void findsTheOnlyKeyForAnAlgorithmWithoutKeyId() throws Exception {
        assertThat(keys.key(null, "RS256").id()).isEqualTo("rsa-1");

        server.rotateKeys();
        refreshInBackground();
        assertThat(reason(null)).isEqualTo(Reason.KEY_UNKNOWN);
    }

    @Tag("T18")
    @Tag("accepts")
    @Test
    void aFetchThatLeftBeforeTheRotationDoesNotMakeTheNewKeyUnknown() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        CountDownLatch mayArrive = new CountDownLatch(1);
        server.fail(
                Endpoint.JWKS,
                right -> {
                    left.countDown();
                    awaitQuietly(mayArrive);
                    return right;
                },
                1);
        TestKey rotated = TestKeys.newRsa("rotated");
        ExecutorService pool = Executors.newFixedThreadPool(1);
        try {
            Future<VerificationKey> old = pool.submit(() -> keys.key("rsa-1", "RS256"));
            left.await();
            server.publish(TestKeys.rsa(), rotated);
            advance(Duration.ofMillis(1));
            Thread joining = Thread.currentThread();
            Thread releasing = new Thread(() -> {
                while (joining.getState() != Thread.State.TIMED_WAITING) {
                    Thread.onSpinWait();
                }
                mayArrive.countDown();
            });
            releasing.start();

            assertFound(rotated);
            releasing.join();
            assertThat(old.get(5, TimeUnit.SECONDS).id()).isEqualTo("rsa-1");
        } finally {
            pool.shutdownNow();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void refreshInBackground() {
        advance(REFRESH);
        refresher.round();
    }

    private void advance(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    private int fetches() {
        return server.count(Endpoint.JWKS);
    }

    private void assertFound(TestKey key) throws Exception {
        assertThat(keys.key(key.kid(), key.algorithm()).publicKey())
                .isEqualTo(key.keyPair().getPublic());
    }

    private void assertUnknown(String keyId) {
        assertThat(reason(keyId)).isEqualTo(Reason.KEY_UNKNOWN);
    }

    private Reason reason(String keyId) {
        return catchThrowableOfType(RejectedException.class, () -> keys.key(keyId, "RS256"))
                .rejection()
                .reason();
    }

    private void assertUndetermined(String keyId) {
        UndeterminedException e = catchThrowableOfType(UndeterminedException.class, () -> keys.key(keyId, "RS256"));
        assertThat(e.uncertainty()).isEqualTo(Uncertainty.KEYS_UNAVAILABLE);
    }

    private static <T> List<T> atOnce(int threads, Callable<T> task) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(pool.submit(() -> {
                    start.await();
                    return task.call();
                }));
            }
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(30, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
