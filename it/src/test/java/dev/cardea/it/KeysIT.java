package dev.cardea.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cardea.it.app.GuardedResource;
import dev.cardea.it.app.PathApplication;
import dev.cardea.it.environment.Application;
import dev.cardea.it.environment.Wars;
import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.TestKey;
import dev.cardea.testkit.TestKeys;
import dev.cardea.testkit.TransportFault;
import dev.cardea.testkit.contract.Expect;
import dev.cardea.testkit.contract.RawResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An issuer's keys: invented ids, withdrawn keys, and an issuer that is not there. */
@ExtendWith(ArquillianExtension.class)
class KeysIT {

    private static final String PATH = "/api/guarded";
    private static final int INVENTED = 1_000;

    /** Five seconds between attempts, and a machine that has other things to do. */
    private static final Duration RECOVERY = Duration.ofSeconds(30);

    private static final TestAuthorizationServer ISSUER = TestAuthorizationServer.start(Clock.systemUTC());
    private static final TestAuthorizationServer STARTING_LATE = TestAuthorizationServer.start(Clock.systemUTC());
    private static final TestAuthorizationServer FAILING = TestAuthorizationServer.start(Clock.systemUTC());

    private final Application app = Application.at("keys");

    @ArquillianResource
    Deployer deployer;

    @Deployment(testable = false)
    static WebArchive keys() {
        return war("keys", Wars.trusting(ISSUER));
    }

    @Deployment(name = "keys-late", managed = false, testable = false)
    static WebArchive late() {
        return war("keys-late", Wars.trusting(STARTING_LATE));
    }

    @Deployment(name = "keys-failing", managed = false, testable = false)
    static WebArchive failing() {
        Map<String, String> configuration = Wars.trusting(FAILING);
        configuration.put("cardea.jwks.refresh", "1m");
        configuration.put("cardea.jwks.max-stale", "1m");
        return war("keys-failing", configuration);
    }

    @BeforeEach
    void keysAreThere() throws Exception {
        Expect.granted(app.get(PATH, ISSUER.issueJwt("orders:read")));
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
        STARTING_LATE.close();
        FAILING.close();
    }

    @Test
    @Tag("T15")
    @Tag("accepts")
    @Tag("refuses")
    void aThousandInventedKeyIdsCauseTwoFetchesAndHoldNobodyUp() throws Exception {
        ISSUER.forgetRequests();
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService pool = Executors.newFixedThreadPool(5);
        try {
            Future<Integer> valid = pool.submit(() -> {
                int requests = 0;
                while (!over.get()) {
                    Expect.granted(app.get(PATH, ISSUER.issueJwt("orders:read")));
                    requests++;
                }
                return requests;
            });
            List<Future<?>> strangers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                strangers.add(pool.submit(() -> {
                    for (int j = 0; j < INVENTED / 4; j++) {
                        Expect.invalidToken(app.get(PATH, invented()));
                    }
                    return null;
                }));
            }
            for (Future<?> stranger : strangers) {
                stranger.get(120, TimeUnit.SECONDS);
            }
            over.set(true);
            assertThat(valid.get(30, TimeUnit.SECONDS)).isGreaterThan(10);
        } finally {
            over.set(true);
            pool.shutdownNow();
        }
        int fetches = ISSUER.count(Endpoint.JWKS);
        System.out.printf("%d tokens with invented key ids: %d JWKS fetches%n", INVENTED, fetches);
        assertThat(fetches).isLessThanOrEqualTo(2);
    }

    /** Its token was accepted before, so it lies in the cache of verified tokens. */
    @Test
    @Tag("T18")
    @Tag("accepts")
    @Tag("refuses")
    void aWithdrawnKeyStopsVerifyingWithTheFetchThatDoesNotBringIt() throws Exception {
        TestKey withdrawn = TestKeys.newRsa("withdrawn-" + UUID.randomUUID());
        ISSUER.publish(TestKeys.rsa(), withdrawn);
        String old = ISSUER.accessToken("orders:read").signedBy(withdrawn).build();
        awaitGranted(app, old);
        Expect.granted(app.get(PATH, old));

        TestKey next = TestKeys.newRsa("next-" + UUID.randomUUID());
        ISSUER.publish(TestKeys.rsa(), next);
        awaitGranted(app, ISSUER.accessToken("orders:read").signedBy(next).build());

        Expect.invalidToken(app.get(PATH, old));
        Expect.granted(app.get(
                PATH, ISSUER.accessToken("orders:read").signedBy(TestKeys.rsa()).build()));
    }

    @Test
    @Tag("T18")
    @Tag("accepts")
    @Tag("refuses")
    void anApplicationDeployedWithoutItsIssuerHealsWithoutARequest() throws Exception {
        STARTING_LATE.fail(Endpoint.OAUTH_METADATA, TransportFault.CLOSED);
        STARTING_LATE.fail(Endpoint.OPENID_METADATA, TransportFault.CLOSED);
        deployer.deploy("keys-late");
        try {
            Application late = Application.at("keys-late");
            Expect.unavailable(late.get(PATH, STARTING_LATE.issueJwt("orders:read")));
            Expect.challenged(late.get(PATH));

            STARTING_LATE.heal();
            long deadline = System.nanoTime() + RECOVERY.toNanos();
            while (STARTING_LATE.count(Endpoint.JWKS) == 0 && System.nanoTime() < deadline) {
                Thread.sleep(50);
            }
            assertThat(STARTING_LATE.count(Endpoint.JWKS))
                    .as("fetched by nobody's request")
                    .isEqualTo(1);
            awaitGranted(late, STARTING_LATE.issueJwt("orders:read"));
            assertThat(STARTING_LATE.count(Endpoint.JWKS)).isEqualTo(1);
        } finally {
            deployer.undeploy("keys-late");
        }
    }

    /** More than a minute: in the profile {@code long}. The whole range is played with a clock in JwksKeySourceTest. */
    @Test
    @Tag("T18")
    @Tag("accepts")
    @Tag("refuses")
    void knownKeysWorkThroughTheWholeMaximumAgeAndThenItIs503() throws Exception {
        assumeTrue(Boolean.getBoolean("it.long"), "takes more than a minute: mvn verify -Plong");
        deployer.deploy("keys-failing");
        try {
            Application failing = Application.at("keys-failing");
            awaitGranted(failing, FAILING.issueJwt("orders:read"));
            long fetched = System.nanoTime();
            FAILING.fail(Endpoint.JWKS, TransportFault.RESET);

            while (System.nanoTime() - fetched < Duration.ofSeconds(50).toNanos()) {
                Expect.granted(failing.get(PATH, FAILING.issueJwt("orders:read")));
                Thread.sleep(500);
            }
            Thread.sleep(15_000);
            Expect.unavailable(failing.get(PATH, FAILING.issueJwt("orders:read")));

            FAILING.heal();
            awaitGranted(failing, FAILING.issueJwt("orders:read"));
        } finally {
            deployer.undeploy("keys-failing");
        }
    }

    private static String invented() {
        return ISSUER.accessToken("orders:read")
                .signedBy(TestKeys.foreign().withKid("invented-" + UUID.randomUUID()))
                .build();
    }

    private static void awaitGranted(Application application, String token) throws Exception {
        long deadline = System.nanoTime() + RECOVERY.toNanos();
        RawResponse answer = application.get(PATH, token);
        while (answer.status() != 200 && System.nanoTime() < deadline) {
            Thread.sleep(100);
            answer = application.get(PATH, token);
        }
        Expect.granted(answer);
    }

    private static WebArchive war(String name, Map<String, String> configuration) {
        return Wars.of(name, configuration, PathApplication.class, GuardedResource.class);
    }
}
