package dev.cardea.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.it.app.GuardedResource;
import dev.cardea.it.app.OpenServlet;
import dev.cardea.it.app.PathApplication;
import dev.cardea.it.app.PlainServlet;
import dev.cardea.it.environment.Application;
import dev.cardea.it.environment.Log;
import dev.cardea.it.environment.Wars;
import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.TransportFault;
import dev.cardea.testkit.contract.Expect;
import dev.cardea.testkit.contract.RawResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many requests and an endpoint that is dead, slow, or asked about tokens that nobody issued: the calls are counted. */
@ExtendWith(ArquillianExtension.class)
class DeadEndpointIT {

    private static final boolean LONG = Boolean.getBoolean("it.long");
    private static final Duration OUTAGE = Duration.ofSeconds(LONG ? 60 : 8);
    private static final int INVENTED = LONG ? 100_000 : 1_000;
    private static final int CLIENTS = 8;

    /** More than WildFly has threads for on two processors, so that an endpoint that hangs could take them all. */
    private static final int WAITING = 40;

    private static final int RATE = 100;

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final Duration OPEN_FOR = Duration.ofSeconds(2);

    /** For what is not the call: two servers and a test share the machine. */
    private static final Duration SLACK = Duration.ofMillis(2_500);

    private static final TestAuthorizationServer DYING = TestAuthorizationServer.start(Clock.systemUTC());
    private static final TestAuthorizationServer GATED = TestAuthorizationServer.start(Clock.systemUTC());
    private static final TestAuthorizationServer FLOODED = TestAuthorizationServer.start(Clock.systemUTC());

    @Deployment(name = "dying", testable = false)
    static WebArchive dying() {
        Map<String, String> configuration = Wars.trusting(DYING);
        configuration.put("cardea.introspection.timeout", TIMEOUT.toMillis() + "ms");
        configuration.put("cardea.introspection.breaker.open-for", OPEN_FOR.toMillis() + "ms");
        return war("dying", configuration);
    }

    @Deployment(name = "gated", testable = false)
    static WebArchive gated() {
        Map<String, String> configuration = Wars.trusting(GATED);
        configuration.put("cardea.introspection.timeout", "20s");
        return war("gated", configuration);
    }

    @Deployment(name = "flooded", testable = false)
    static WebArchive flooded() {
        Map<String, String> configuration = Wars.trusting(FLOODED);
        configuration.put("cardea.introspection.rate-limit", String.valueOf(RATE));
        configuration.put("cardea.introspection.cache.ttl", "5s");
        return war("flooded", configuration);
    }

    private static WebArchive war(String name, Map<String, String> configuration) {
        return Wars.of(
                name,
                configuration,
                PathApplication.class,
                GuardedResource.class,
                PlainServlet.class,
                OpenServlet.class);
    }

    @AfterEach
    void heal() {
        DYING.heal();
        GATED.heal();
        FLOODED.heal();
    }

    @AfterAll
    static void stop() {
        DYING.close();
        GATED.close();
        FLOODED.close();
    }

    /** A minute of it in the profile {@code long}. */
    @Test
    @Tag("N10")
    @Tag("N11")
    void anOutageUnderLoadIsNeitherAStormNorFeltElsewhereAndEndsWithIt() throws Exception {
        Application app = Application.at("dying");
        Expect.granted(app.get("/plain", DYING.issueOpaque("orders:read")));
        Log log = Log.fromNow();
        // One for each client: as they are never answered about, each request with one is as good as a new one.
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < WAITING; i++) {
            tokens.add(DYING.issueOpaque("orders:read"));
        }
        DYING.forgetRequests();
        DYING.fail(Endpoint.INTROSPECTION, TransportFault.HANGING);
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService pool = Executors.newFixedThreadPool(WAITING + 1);
        try {
            List<Future<Load>> guarded = new ArrayList<>();
            for (int i = 0; i < WAITING; i++) {
                String token = tokens.get(i);
                guarded.add(pool.submit(load(over, () -> app.get("/plain", token), 503)));
            }
            Future<Load> open = pool.submit(load(over, () -> app.get("/open"), 404));
            Thread.sleep(OUTAGE.toMillis());
            over.set(true);
            Load refused = Load.NONE;
            for (Future<Load> each : guarded) {
                refused = refused.and(each.get(30, TimeUnit.SECONDS));
            }
            Load unprotected = Load.NONE.and(open.get(30, TimeUnit.SECONDS));
            int calls = DYING.count(Endpoint.INTROSPECTION);
            long healed = System.nanoTime();
            DYING.heal();
            awaitGranted(app, DYING.issueOpaque("orders:read"));
            Duration recovery = Duration.ofNanos(System.nanoTime() - healed);
            System.out.printf(
                    "%d s of outage: %d requests refused (slowest %d ms, half of them within %d ms), %d calls;"
                            + " %d unprotected (slowest %d ms); granted %d ms after the end%n",
                    OUTAGE.toSeconds(),
                    refused.requests(),
                    refused.slowest().toMillis(),
                    refused.median().toMillis(),
                    calls,
                    unprotected.requests(),
                    unprotected.slowest().toMillis(),
                    recovery.toMillis());

            assertThat(refused.slowest()).isLessThan(TIMEOUT.plus(SLACK));
            assertThat(refused.median())
                    .as("not asked while the breaker is open")
                    .isLessThan(TIMEOUT.dividedBy(4));
            assertThat(unprotected.slowest()).isLessThan(SLACK.plus(TIMEOUT));
            assertThat(unprotected.median()).isLessThan(TIMEOUT.dividedBy(4));
            assertThat(unprotected.requests()).isGreaterThan((int) OUTAGE.toSeconds());
            // Five failures and what was in flight with them; then one probe per interval.
            long probes = OUTAGE.toMillis() / OPEN_FOR.toMillis() + 1;
            assertThat((long) calls).isBetween(5L, 5 + 24 + probes);
            assertThat(refused.requests()).as("each asked once or more").isGreaterThan(10 * calls);
            assertThat(recovery).isLessThan(OPEN_FOR.plus(TIMEOUT).plus(SLACK));
            for (int i = 0; i < 20; i++) {
                Expect.granted(app.get("/plain", DYING.issueOpaque("orders:read")));
            }
            assertThat(log.lines("it is not called for", "cardea.introspection.breaker"))
                    .hasSize(1);
            assertThat(log.lines("the circuit breaker is closed")).hasSize(1);
        } finally {
            over.set(true);
            pool.shutdownNow();
        }
    }

    @Test
    @Tag("N07")
    void sixtyFourRequestsWithOneNewTokenMakeOneCall() throws Exception {
        Application app = Application.at("gated");
        Expect.granted(app.get("/plain", GATED.issueOpaque("orders:read")));
        GATED.forgetRequests();
        CountDownLatch gate = new CountDownLatch(1);
        GATED.fail(Endpoint.INTROSPECTION, right -> {
            await(gate);
            return right;
        });
        String token = GATED.issueOpaque("orders:read");
        ExecutorService pool = Executors.newFixedThreadPool(64);
        try {
            List<Future<RawResponse>> answers = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                answers.add(pool.submit(() -> app.get("/plain", token)));
            }
            // As many as the server has threads for are waiting by then; the others come later, which is no less a
            // test.
            Thread.sleep(2_000);
            assertThat(answers).noneMatch(Future::isDone);
            gate.countDown();
            for (Future<RawResponse> answer : answers) {
                Expect.granted(answer.get(30, TimeUnit.SECONDS));
            }
        } finally {
            gate.countDown();
            pool.shutdownNow();
        }
        assertThat(GATED.count(Endpoint.INTROSPECTION)).isEqualTo(1);
    }

    /** A hundred thousand in the profile {@code long}. */
    @Test
    @Tag("N06")
    void inventedTokensAreAskedAboutAtTheRateAndPushOutNobody() throws Exception {
        Application app = Application.at("flooded");
        List<String> good = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            good.add(FLOODED.issueOpaque("orders:read"));
            Expect.granted(app.get("/plain", good.get(i)));
        }
        FLOODED.forgetRequests();
        long start = System.nanoTime();
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService pool = Executors.newFixedThreadPool(CLIENTS + 1);
        try {
            Future<Integer> known = pool.submit(() -> {
                int requests = 0;
                while (!over.get()) {
                    Expect.granted(app.get("/plain", good.get(requests++ % good.size())));
                    Thread.sleep(20);
                }
                return requests;
            });
            List<Future<?>> flood = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int client = i;
                flood.add(pool.submit(() -> {
                    for (int j = 0; j < INVENTED / CLIENTS; j++) {
                        assertThat(app.get("/plain", "invented-" + client + "-" + j)
                                        .status())
                                .isIn(401, 503);
                    }
                    return null;
                }));
            }
            for (Future<?> each : flood) {
                each.get(600, TimeUnit.SECONDS);
            }
            over.set(true);
            int granted = known.get(30, TimeUnit.SECONDS);
            double seconds = (System.nanoTime() - start) / 1e9;
            int calls = FLOODED.count(Endpoint.INTROSPECTION);
            System.out.printf(
                    "%d invented tokens in %.1f s: %d calls, %d requests with known tokens granted%n",
                    INVENTED, seconds, calls, granted);
            assertThat((double) calls).isLessThanOrEqualTo(RATE + RATE * seconds);
            assertThat(granted).isPositive();
        } finally {
            over.set(true);
            pool.shutdownNow();
        }
    }

    /** What one client saw. */
    private record Load(List<Duration> times) {
        static final Load NONE = new Load(List.of());

        Load and(Load other) {
            List<Duration> all = new ArrayList<>(times);
            all.addAll(other.times);
            all.sort(null);
            return new Load(all);
        }

        int requests() {
            return times.size();
        }

        Duration slowest() {
            return times.stream().max(Duration::compareTo).orElseThrow();
        }

        /** Of sorted times. */
        Duration median() {
            return times.get(times.size() / 2);
        }
    }

    private static Callable<Load> load(AtomicBoolean over, Callable<RawResponse> request, int status) {
        return () -> {
            List<Duration> times = new ArrayList<>();
            while (!over.get()) {
                long start = System.nanoTime();
                RawResponse answer = request.call();
                times.add(Duration.ofNanos(System.nanoTime() - start));
                assertThat(answer.status()).isEqualTo(status);
                Thread.sleep(40);
            }
            return new Load(times);
        };
    }

    private static void awaitGranted(Application app, String token) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        RawResponse answer = app.get("/plain", token);
        while (answer.status() == 503 && System.nanoTime() < deadline) {
            Thread.sleep(50);
            answer = app.get("/plain", token);
        }
        Expect.granted(answer);
    }

    private static void await(CountDownLatch gate) {
        try {
            if (!gate.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody opened the gate");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
