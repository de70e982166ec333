package dev.cardea.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.request.PresentedToken;
import dev.cardea.revocation.NotBeforeMarks;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** What a mark does to answers that are remembered, and to those that are on their way. */
@Timeout(60)
class InvalidationTest {
    private final Remembering setup = new Remembering();
    private final ExecutorService pool = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        pool.shutdownNow();
        setup.close();
    }

    @TestFactory
    Stream<DynamicTest> whatIsMarkedIsAskedForAgainOnceAndNothingElseIs() {
        Map<String, Consumer<NotBeforeMarks>> marks = new TreeMap<>(Map.of(
                "token", m -> m.invalidateToken(PresentedToken.of("good").digest()),
                "subject", m -> m.invalidateSubject(Remembering.ISSUER, "alice"),
                "subject of whatever issuer", m -> m.invalidateSubject(null, "alice"),
                "session", m -> m.invalidateSession("s-1"),
                "client", m -> m.invalidateClient("shop")));
        return marks.entrySet().stream()
                .map(mark -> DynamicTest.dynamicTest(mark.getKey(), () -> {
                    try (Remembering fresh = new Remembering()) {
                        assertAsksAgain(fresh, mark.getValue());
                    }
                }));
    }

    private static void assertAsksAgain(Remembering fresh, Consumer<NotBeforeMarks> mark) throws Exception {
        fresh.issue("good", "sub", "alice", "sid", "s-1", "client_id", "shop");
        fresh.issue("twin", "sub", "bob", "sid", "s-2", "client_id", "other");
        fresh.ask("good");
        fresh.ask("twin");
        fresh.pass(Duration.ofSeconds(1));
        mark.accept(fresh.marks);
        fresh.pass(Duration.ofNanos(1));

        fresh.tokens.remove("good");
        assertThat(fresh.hear("twin")).isEqualTo("yes, CACHE");
        assertThat(fresh.hear("good")).isEqualTo("no, REMOTE");
        assertThat(fresh.hear("good")).isEqualTo("no, CACHE");
        assertThat(fresh.asked).hasSize(3);
    }

    @Test
    void theIssuerIsThatOfTheAnswerElseTheConfiguredOne() throws Exception {
        setup.issue("silent");
        setup.issue("named", "iss", "https://partner.example");
        setup.issue("by-azp", "azp", "shop");
        for (String token : setup.tokens.keySet()) {
            setup.ask(token);
        }
        setup.ask("unknown");
        setup.marks.invalidateIssuer(Remembering.ISSUER);
        setup.pass(Duration.ofNanos(1));
        assertThat(setup.hear("named")).isEqualTo("yes, CACHE");
        assertThat(setup.hear("silent")).isEqualTo("yes, REMOTE");
        assertThat(setup.hear("unknown")).isEqualTo("no, REMOTE");
        assertThat(setup.hear("by-azp")).isEqualTo("yes, REMOTE");

        setup.marks.invalidateClient("shop");
        setup.marks.invalidateSubject("https://partner.example", "alice");
        setup.pass(Duration.ofNanos(1));
        assertThat(setup.hear("silent")).isEqualTo("yes, CACHE");
        assertThat(setup.hear("named")).isEqualTo("yes, REMOTE");
        assertThat(setup.hear("by-azp")).isEqualTo("yes, REMOTE");
    }

    @Test
    void aTenantAndEverythingCoverWhatIsNotActiveToo() throws Exception {
        setup.issue("good");
        setup.ask("good");
        setup.ask("unknown");
        setup.marks.invalidateTenant("partner");
        assertThat(setup.hear("good")).isEqualTo("yes, CACHE");
        for (Runnable mark :
                new Runnable[] {() -> setup.marks.invalidateTenant(""), () -> setup.marks.invalidateAll()}) {
            mark.run();
            setup.pass(Duration.ofNanos(1));
            assertThat(setup.hear("good")).isEqualTo("yes, REMOTE");
            assertThat(setup.hear("good")).isEqualTo("yes, CACHE");
            assertThat(setup.hear("unknown")).isEqualTo("no, REMOTE");
        }
    }

    /**
     * The answer left the authorization server before the token was revoked there and here. It is news for the request that was
     * waiting for it; whoever comes after the mark is told better, be the answer still on its way or there.
     */
    @Test
    void anAnswerOnItsWayWhileAMarkIsSetServesNobodyWhoComesLater() throws Exception {
        String token = setup.issue("good");
        CountDownLatch read = new CountDownLatch(1);
        CountDownLatch landing = new CountDownLatch(1);
        setup.authority = question -> {
            setup.nanos.incrementAndGet();
            Introspection answer = setup.say(question);
            read.countDown();
            await(landing);
            return answer;
        };
        Question before = setup.about(token);
        Future<Introspection> first = pool.submit(() -> setup.caching.introspect(before));
        read.await();
        setup.pass(Duration.ofMillis(1));
        setup.tokens.remove(token);
        setup.marks.invalidateToken(before.token().digest());
        setup.pass(Duration.ofMillis(1));
        Question after = setup.about(token);
        Future<Introspection> second = pool.submit(() -> setup.caching.introspect(after));
        while (setup.caching.waitingFor(before.token()) == 0) {
            Thread.onSpinWait();
        }
        landing.countDown();

        assertThat(Remembering.words(first.get())).as("arrived before the mark").isEqualTo("yes, REMOTE");
        assertThat(Remembering.words(second.get())).startsWith("no, ");
        assertThat(setup.hear(token)).isEqualTo("no, CACHE");
        assertThat(setup.asked).hasSize(2);
    }

    @Test
    void theSameForATokenThatStaysGoodAndThenIsRememberedAgain() throws Exception {
        String token = setup.issue("good", "sid", "s-1");
        setup.authority = question -> {
            setup.nanos.incrementAndGet();
            Introspection answer = setup.say(question);
            if (setup.asked.size() == 1) {
                setup.pass(Duration.ofMillis(1));
                setup.marks.invalidateSession("s-1");
                setup.pass(Duration.ofMillis(1));
            }
            return answer;
        };
        assertThat(setup.hear(token)).isEqualTo("yes, REMOTE");
        assertThat(setup.hear(token)).isEqualTo("yes, REMOTE");
        assertThat(setup.hear(token)).isEqualTo("yes, CACHE");
        assertThat(setup.asked).hasSize(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
