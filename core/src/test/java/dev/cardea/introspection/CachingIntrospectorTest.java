package dev.cardea.introspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cardea.config.IntrospectionSettings;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.request.PresentedToken;
import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.IntrospectionFault;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.TransportFault;
import dev.cardea.token.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class CachingIntrospectorTest {
    private final Introspecting setup = new Introspecting();
    private final TestAuthorizationServer as = setup.as;
    private final CachingIntrospector introspector = setup.caching();

    @AfterEach
    void close() throws Exception {
        setup.close();
    }

    private static IntrospectionSettings.Cache settings(Duration ttl, int maxEntries, Duration negativeTtl) {
        return new IntrospectionSettings.Cache(ttl, maxEntries, negativeTtl);
    }

    private PresentedToken known() {
        return PresentedToken.of(as.issueOpaque("orders:read"));
    }

    private static void assertActive(Introspection answer, Source source) {
        assertThat(answer).isInstanceOf(Introspection.Active.class);
        assertThat(((Introspection.Active) answer).source()).isEqualTo(source);
    }

    @Test
    @Tag("I16")
    void asksOnceInTheTimeThatAnAnswerServes() throws Exception {
        PresentedToken token = known();
        Introspection first = introspector.introspect(setup.about(token));
        assertActive(first, Source.REMOTE);
        setup.pass(Duration.ofMillis(29_999));
        Introspection second = introspector.introspect(setup.about(token));
        assertActive(second, Source.CACHE);
        assertThat(((Introspection.Active) second).claims()).isSameAs(((Introspection.Active) first).claims());
        assertThat(setup.calls()).isEqualTo(1);

        setup.pass(Duration.ofMillis(1));
        assertActive(introspector.introspect(setup.about(token)), Source.REMOTE);
        assertThat(setup.calls()).isEqualTo(2);
    }

    @Test
    @Tag("I16")
    void asksEveryTimeWhereNothingIsToBeKept() throws Exception {
        CachingIntrospector nothing = setup.caching(settings(Duration.ZERO, 10, Duration.ZERO));
        PresentedToken token = known();
        PresentedToken unknown = PresentedToken.of("unknown");
        for (int i = 0; i < 3; i++) {
            assertActive(nothing.introspect(setup.about(token)), Source.REMOTE);
            assertThat(nothing.introspect(setup.about(unknown))).satisfies(Introspecting.inactive(Source.REMOTE));
        }
        assertThat(setup.calls()).isEqualTo(6);
    }

    @Test
    @Tag("I06")
    @Tag("N05")
    void remembersInactiveTokensForATimeOfTheirOwn() throws Exception {
        PresentedToken unknown = PresentedToken.of("unknown");
        assertThat(introspector.introspect(setup.about(unknown))).satisfies(Introspecting.inactive(Source.REMOTE));
        setup.pass(Duration.ofMillis(4_999));
        assertThat(introspector.introspect(setup.about(unknown))).satisfies(Introspecting.inactive(Source.CACHE));
        assertThat(setup.calls()).isEqualTo(1);

        setup.pass(Duration.ofMillis(1));
        assertThat(introspector.introspect(setup.about(unknown))).satisfies(Introspecting.inactive(Source.REMOTE));
    }

    @Test
    @Tag("I15")
    @Tag("N03")
    void keepsNoAnswerBeyondTheTokensExpiry() throws Exception {
        CachingIntrospector patient = setup.caching(settings(Duration.ofSeconds(300), 10, Duration.ofSeconds(5)));
        Map<String, @Nullable Object> metadata = as.metadata("orders:read");
        metadata.put("exp", setup.clock.instant().getEpochSecond() + 2);
        PresentedToken shortLived = PresentedToken.of(as.issueOpaque(metadata));
        PresentedToken longLived = known();
        assertActive(patient.introspect(setup.about(shortLived)), Source.REMOTE);
        assertActive(patient.introspect(setup.about(longLived)), Source.REMOTE);
        setup.pass(Duration.ofMillis(1_999));
        assertActive(patient.introspect(setup.about(shortLived)), Source.CACHE);

        setup.pass(Duration.ofMillis(1_001));
        assertThat(patient.introspect(setup.about(shortLived))).satisfies(Introspecting.inactive(Source.REMOTE));
        assertActive(patient.introspect(setup.about(longLived)), Source.CACHE);
        assertThat(setup.calls()).isEqualTo(3);
    }

    @Test
    @Tag("I15")
    void keepsNoAnswerWhoseExpiryHasPassedOrIsNoDate() throws Exception {
        for (String exp : List.of("1", "\"tomorrow\"", "1e400", "null")) {
            PresentedToken token = PresentedToken.of("token-" + exp.replaceAll("\\W", ""));
            as.introspectAs(token.text(), "{\"active\":true,\"exp\":" + exp + "}");
            int before = setup.calls();
            tryTwice(token);
            assertThat(setup.calls() - before).as(exp).isEqualTo(exp.equals("null") ? 1 : 2);
        }
    }

    @Test
    @Tag("I16")
    void aYesThatANoHasOvertakenDoesNotUndoIt() throws Exception {
        for (Duration negativeTtl : List.of(Duration.ofSeconds(5), Duration.ZERO)) {
            assertActive(afterAnOvertaking(negativeTtl, false), Source.CACHE);
            Source source = negativeTtl.isZero() ? Source.REMOTE : Source.CACHE;
            assertThat(afterAnOvertaking(negativeTtl, true)).satisfies(Introspecting.inactive(source));
        }
    }

    /**
     * What is said about a token after two questions, the second of which was asked and answered during the first: that one has
     * outlived its deadline.
     */
    private Introspection afterAnOvertaking(Duration negativeTtl, boolean revokedInBetween) throws Exception {
        PresentedToken token = known();
        Introspector remote = setup.remote();
        List<CachingIntrospector> caching = new ArrayList<>();
        List<Introspection> fast = new ArrayList<>();
        caching.add(setup.caching(
                asked -> {
                    Introspection answer = remote.introspect(setup.about(token));
                    if (fast.isEmpty()) {
                        fast.add(answer);
                        if (revokedInBetween) {
                            as.revoke(token.text());
                        }
                        setup.pass(Duration.ofMillis(1));
                        fast.set(0, caching.get(0).introspect(setup.about(token)));
                    }
                    return answer;
                },
                settings(Duration.ofSeconds(30), 10, negativeTtl)));
        Question slow = Question.of(
                token, setup.nanoTime(), Long.MAX_VALUE, Duration.ofMillis(1).toNanos());
        assertActive(caching.get(0).introspect(slow), Source.REMOTE);
        assertThat(fast.get(0) instanceof Introspection.Inactive).isEqualTo(revokedInBetween);
        return caching.get(0).introspect(setup.about(token));
    }

    @Test
    @Tag("I16")
    void aNoThatAYesHasOvertakenDoesNotUndoIt() throws Exception {
        PresentedToken token = PresentedToken.of("activated-meanwhile");
        List<CachingIntrospector> caching = new ArrayList<>();
        Introspector remote = setup.remote();
        caching.add(setup.caching(
                asked -> {
                    Introspection answer = remote.introspect(setup.about(token));
                    if (answer instanceof Introspection.Inactive) {
                        as.introspectAs(token.text(), "{\"active\":true}");
                        setup.pass(Duration.ofMillis(1));
                        assertActive(caching.get(0).introspect(setup.about(token)), Source.REMOTE);
                    }
                    return answer;
                },
                Introspecting.DEFAULT_CACHE));
        Question slow = Question.of(
                token, setup.nanoTime(), Long.MAX_VALUE, Duration.ofMillis(1).toNanos());
        assertThat(caching.get(0).introspect(slow)).satisfies(Introspecting.inactive(Source.REMOTE));
        assertActive(caching.get(0).introspect(setup.about(token)), Source.CACHE);
    }

    private void tryTwice(PresentedToken token) {
        for (int i = 0; i < 2; i++) {
            try {
                introspector.introspect(setup.about(token));
            } catch (UndeterminedException unreadable) {
                assertThat(token.text()).isEqualTo("token-1e400");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TransportFault.class,
            names = {"UNAUTHORIZED", "BAD_REQUEST", "SERVER_ERROR", "TOO_MANY_REQUESTS", "HTML", "REDIRECT", "CUT_OFF"})
    @Tag("I07")
    @Tag("I08")
    @Tag("I09")
    void remembersNoFailure(TransportFault fault) throws Exception {
        PresentedToken token = known();
        as.fail(Endpoint.INTROSPECTION, fault);
        assertThatThrownBy(() -> introspector.introspect(setup.about(token))).isInstanceOf(UndeterminedException.class);

        as.heal();
        assertActive(introspector.introspect(setup.about(token)), Source.REMOTE);
    }

    @ParameterizedTest
    @EnumSource(IntrospectionFault.class)
    @Tag("I05")
    void remembersNothingThatIsNeitherYesNorNo(IntrospectionFault fault) throws Exception {
        PresentedToken token = known();
        as.fail(Endpoint.INTROSPECTION, fault);
        assertThatThrownBy(() -> introspector.introspect(setup.about(token))).isInstanceOf(UndeterminedException.class);

        as.heal();
        assertActive(introspector.introspect(setup.about(token)), Source.REMOTE);
    }

    @Test
    void servesWhatItRemembersWhileTheEndpointIsDown() throws Exception {
        PresentedToken token = known();
        introspector.introspect(setup.about(token));
        as.fail(Endpoint.INTROSPECTION, TransportFault.CLOSED);
        assertActive(introspector.introspect(setup.about(token)), Source.CACHE);
    }

    @Test
    void theNewestAnswerReplacesOneOfTheOtherKind() throws Exception {
        PresentedToken token = known();
        introspector.introspect(setup.about(token));
        as.revoke(token.text());
        setup.pass(Duration.ofSeconds(30));
        assertThat(introspector.introspect(setup.about(token))).satisfies(Introspecting.inactive(Source.REMOTE));
        assertThat(introspector.introspect(setup.about(token))).satisfies(Introspecting.inactive(Source.CACHE));

        as.introspectAs(token.text(), "{\"active\":true}");
        setup.pass(Duration.ofSeconds(5));
        assertActive(introspector.introspect(setup.about(token)), Source.REMOTE);
        assertActive(introspector.introspect(setup.about(token)), Source.CACHE);
    }

    @Test
    @Tag("N06")
    void inventedTokensPushOutNoGoodOnes() throws Exception {
        CachingIntrospector small = setup.caching(settings(Duration.ofSeconds(30), 20, Duration.ofSeconds(5)));
        List<PresentedToken> good = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            good.add(known());
            small.introspect(setup.about(good.get(i)));
        }
        for (int i = 0; i < 200; i++) {
            small.introspect(setup.about(PresentedToken.of("invented-" + i)));
        }
        for (PresentedToken token : good) {
            assertActive(small.introspect(setup.about(token)), Source.CACHE);
        }
    }

    @Test
    void usesALongAnswerButDoesNotKeepIt() throws Exception {
        String fits = answerOfLength(KnownAnswers.MAX_KEPT_LENGTH);
        String tooLong = answerOfLength(KnownAnswers.MAX_KEPT_LENGTH + 1);
        as.introspectAs("fits", fits);
        as.introspectAs("too-long", tooLong);

        introspector.introspect(setup.about(PresentedToken.of("fits")));
        introspector.introspect(setup.about(PresentedToken.of("too-long")));
        assertActive(introspector.introspect(setup.about(PresentedToken.of("fits"))), Source.CACHE);
        assertActive(introspector.introspect(setup.about(PresentedToken.of("too-long"))), Source.REMOTE);
    }

    /** Members of every type, so that each counts as long as it is written. */
    private static String answerOfLength(int length) {
        String start = "{\"active\":true,\"n\":123,\"a\":[\"x\",null,false],\"o\":{\"p\":{}},\"e\":[],\"f\":\"";
        String end = "\"}";
        return start + "x".repeat(length - start.length() - end.length()) + end;
    }

    @Test
    @Tag("I14")
    void twoResourceServersHearWhatTheyAreTold() throws Exception {
        as.allowClient("billing", "billing-secret");
        CachingIntrospector other =
                setup.caching(setup.remote("billing", "billing-secret", true), Introspecting.DEFAULT_CACHE);
        PresentedToken token = known();
        assertActive(introspector.introspect(setup.about(token)), Source.REMOTE);
        as.revoke(token.text());

        assertThat(other.introspect(setup.about(token))).satisfies(Introspecting.inactive(Source.REMOTE));
        assertActive(introspector.introspect(setup.about(token)), Source.CACHE);
    }

    @Test
    void asksEveryTimeOnceClosed() throws Exception {
        PresentedToken token = known();
        introspector.introspect(setup.about(token));
        assertActive(introspector.introspect(setup.about(token)), Source.CACHE);
        introspector.close();
        assertActive(introspector.introspect(setup.about(token)), Source.REMOTE);
        assertActive(introspector.introspect(setup.about(token)), Source.REMOTE);
    }

    /** Every token's subject is its own name, so an answer given to the wrong token shows. */
    @Test
    void givesEveryTokenItsOwnAnswerUnderContention() throws Exception {
        int tokens = 60;
        CachingIntrospector small = setup.caching(settings(Duration.ofSeconds(30), 30, Duration.ofSeconds(5)));
        for (int i = 0; i < tokens; i++) {
            as.introspectAs("token-" + i, "{\"active\":" + (i % 3 != 0) + ",\"sub\":\"token-" + i + "\"}");
        }
        ExecutorService executor = Executors.newFixedThreadPool(8);
        try {
            CyclicBarrier start = new CyclicBarrier(8);
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                int offset = thread * 7;
                running.add(executor.submit(() -> {
                    start.await();
                    for (int i = 0; i < 400; i++) {
                        check(setup, small, (i + offset) % tokens);
                    }
                    return null;
                }));
            }
            for (Future<?> future : running) {
                future.get();
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(setup.calls()).isBetween(tokens, 8 * 400 - 1);
    }

    private static void check(Introspecting setup, CachingIntrospector introspector, int number) throws Exception {
        Introspection answer = introspector.introspect(setup.about(PresentedToken.of("token-" + number)));
        if (number % 3 == 0) {
            assertThat(answer).isInstanceOf(Introspection.Inactive.class);
        } else {
            assertThat(((Introspection.Active) answer).claims().claims().string("sub"))
                    .isEqualTo("token-" + number);
        }
    }
}
