package dev.cardea.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.it.app.Footprint;
import dev.cardea.it.app.FootprintBean;
import dev.cardea.it.app.FootprintResource;
import dev.cardea.it.app.FootprintServlet;
import dev.cardea.it.app.PathApplication;
import dev.cardea.it.app.PlainServlet;
import dev.cardea.it.environment.Application;
import dev.cardea.it.environment.ServerProcess;
import dev.cardea.it.environment.Wars;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.contract.RawResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Nothing of Cardea outlives its application. What a server keeps anyway is measured with the same application without the
 * jar, before. The build says how often: a few times always, 20 times in the profile {@code long}.
 */
@ExtendWith(ArquillianExtension.class)
class RedeployIT {

    private static final int REDEPLOYMENTS = Integer.getInteger("it.redeployments", 5);

    /** Loaders go when the garbage collector has found the threads that ended by themselves; idle threads go after seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * The servers' own pools, which grow and shrink with what happens to come at the same time (WildFly's for starting and
     * stopping, both for requests), and the connection by which the threads are counted. Nothing of Cardea runs on them
     * when no request does.
     */
    private static final Set<String> ELASTIC = Set.of(
            "ServerService Thread Pool -- #", "default task-#", "Default Executor-thread-#", "RMI TCP Connection");

    private static final Class<?>[] CLASSES = {
        PathApplication.class,
        Footprint.class,
        Footprint.WithCardea.class,
        FootprintBean.class,
        FootprintResource.class,
        FootprintServlet.class
    };

    private static final TestAuthorizationServer AUTHORIZATION_SERVER =
            TestAuthorizationServer.start(Clock.systemUTC());

    private final ServerProcess server = ServerProcess.underTest();

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = "without", managed = false, testable = false)
    static WebArchive without() {
        return Wars.without("without", CLASSES);
    }

    @Deployment(name = "with", managed = false, testable = false)
    static WebArchive with() {
        Map<String, String> configuration = Wars.trusting(AUTHORIZATION_SERVER);
        configuration.put("cardea.introspection.cache.recheck", "1"); // which takes a thread
        return Wars.of("with", configuration, CLASSES);
    }

    /** Its requests give the server's idle threads something else to remember than the last request to one that has gone. */
    @Deployment(testable = false)
    static WebArchive staying() {
        return Wars.without("staying", PlainServlet.class);
    }

    @AfterAll
    static void stop() {
        AUTHORIZATION_SERVER.close();
    }

    @Test
    @Timeout(900)
    void redeployingLeavesAsLittleBehindWithCardeaAsWithout() throws Exception {
        redeploy("without", 200, Footprint.class);
        long loaders = loadersThatTheServerKeeps();
        Map<String, Long> threads = threads();

        redeploy("with", 401, Footprint.WithCardea.class);
        eventually(() -> {
            forget();
            assertThat(server.instances(Footprint.WithCardea.class.getName()))
                    .as("class loaders of the application with Cardea")
                    .isLessThanOrEqualTo(loaders);
        });
        eventually(() -> {
            Map<String, Long> now = threads();
            assertThat(threads.keySet()).as("kinds of threads").containsAll(now.keySet());
            assertThat(count(now)).as("threads now %s, before %s", now, threads).isLessThanOrEqualTo(count(threads));
        });
    }

    private void redeploy(String name, int anonymously, Class<?> marker) throws Exception {
        for (int i = 0; i < REDEPLOYMENTS; i++) {
            deployer.deploy(name);
            try {
                use(Application.at(name), anonymously);
                assertThat(server.instances(marker.getName()))
                        .as("or nothing would be counted afterwards either")
                        .isPositive();
            } finally {
                deployer.undeploy(name);
            }
        }
    }

    private static void use(Application app, int anonymously) throws Exception {
        for (String path : List.of("/api/footprint", "/footprint-servlet")) {
            assertThat(app.get(path).status()).as(path).isEqualTo(anonymously);
            for (String token : List.of(jwt(), opaque(), jwt(), opaque())) {
                assertThat(app.get(path, token).body()).as(path).isEqualTo("here");
            }
        }
    }

    /** The least that is seen: one collection does not find everything. */
    private long loadersThatTheServerKeeps() throws Exception {
        long least = REDEPLOYMENTS;
        for (int i = 0; i < 4; i++) {
            forget();
            least = Math.min(least, server.instances(Footprint.class.getName()));
        }
        return least;
    }

    private static void forget() throws Exception {
        Application staying = Application.at("staying");
        ExecutorService clients = Executors.newFixedThreadPool(4);
        try {
            Callable<RawResponse> request = () -> staying.get("/plain");
            for (Future<RawResponse> answer : clients.invokeAll(Collections.nCopies(80, request))) {
                assertThat(answer.get().body()).isEqualTo("secret");
            }
        } finally {
            clients.shutdownNow();
        }
    }

    /** How many threads of each kind: numbers in names, and Liberty's random identifiers, differ each time. */
    private Map<String, Long> threads() {
        return server.threads().stream()
                .map(name -> name.replaceAll(": [0-9a-f-]{36}$", "").replaceAll("[0-9]+", "#"))
                .map(name -> name.replaceAll("RMI TCP Connection.*", "RMI TCP Connection"))
                .filter(name -> !ELASTIC.contains(name))
                .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    }

    private static long count(Map<String, Long> threads) {
        return threads.values().stream().mapToLong(Long::longValue).sum();
    }

    private interface Check {
        void run() throws Exception;
    }

    private static void eventually(Check check) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                check.run();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(500);
            }
        }
    }

    private static String jwt() {
        return AUTHORIZATION_SERVER.issueJwt("orders:read");
    }

    private static String opaque() {
        return AUTHORIZATION_SERVER.issueOpaque("orders:read");
    }
}
