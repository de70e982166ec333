package dev.cardea.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.it.app.GuardedResource;
import dev.cardea.it.app.PathApplication;
import dev.cardea.it.app.PlainServlet;
import dev.cardea.it.app.ScopedServlet;
import dev.cardea.it.environment.Application;
import dev.cardea.it.environment.Log;
import dev.cardea.it.environment.Relay;
import dev.cardea.it.environment.Wars;
import dev.cardea.testkit.AnswerFault;
import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.TransportFault;
import dev.cardea.testkit.contract.Expect;
import dev.cardea.testkit.contract.RawResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** We cannot tell: 503 in time, never blamed on the client, and over when it is over. */
@ExtendWith(ArquillianExtension.class)
class OutageIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    /** For what is not the call: two servers and a test share the machine. Far less than any of the delays below. */
    private static final Duration SLACK = Duration.ofMillis(2_500);

    private static final Duration LONG = Duration.ofSeconds(15);

    /** Discovery is tried again five seconds after it failed. */
    private static final Duration RECOVERY = Duration.ofSeconds(30);

    private static final String NOT_THE_SECRET = "wrong-secret-0815";

    private static final TestAuthorizationServer AUTHORIZATION_SERVER =
            TestAuthorizationServer.start(Clock.systemUTC());
    private static final TestAuthorizationServer STARTING_LATE = TestAuthorizationServer.start(Clock.systemUTC());
    private static final Relay RELAY = Relay.to(URI.create(AUTHORIZATION_SERVER.url(Endpoint.INTROSPECTION)));

    private final Application app = Application.at("outage");

    @ArquillianResource
    Deployer deployer;

    @Deployment(testable = false)
    static WebArchive outage() {
        return war("outage", configuration());
    }

    @AfterEach
    void heal() {
        AUTHORIZATION_SERVER.heal();
    }

    @AfterAll
    static void stop() {
        RELAY.close();
        AUTHORIZATION_SERVER.close();
        STARTING_LATE.close();
    }

    static Stream<Arguments> introspectionFaults() {
        return Stream.of(
                Arguments.of("down", TransportFault.UNAVAILABLE),
                Arguments.of("failing", TransportFault.SERVER_ERROR),
                Arguments.of("hanging up", TransportFault.RESET),
                Arguments.of("silent", TransportFault.HANGING),
                Arguments.of("slow", AnswerFault.slow(LONG)),
                Arguments.of("dripping", AnswerFault.dripping(Duration.ofMillis(100))),
                Arguments.of("redirecting", TransportFault.REDIRECT_KEEPING_THE_METHOD),
                Arguments.of("talking HTML", TransportFault.HTML),
                Arguments.of("endless", TransportFault.HUGE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("introspectionFaults")
    @Tag("I09")
    @Tag("I21")
    @Tag("N10")
    @Tag("N11")
    void introspectionThatIsNotThereIs503InTimeAndOverWhenItIsOver(String what, AnswerFault fault) throws Exception {
        String token = AUTHORIZATION_SERVER.issueOpaque("orders:read");
        Expect.granted(app.get("/scoped", AUTHORIZATION_SERVER.issueOpaque("orders:read")));

        AUTHORIZATION_SERVER.fail(Endpoint.INTROSPECTION, fault);
        assertUnavailableInTime("/api/guarded", token);
        assertUnavailableInTime("/scoped", token);
        assertThat(AUTHORIZATION_SERVER.wasLuredAway()).isFalse();
        // Its own JWTs need no call.
        Expect.granted(app.get("/api/guarded", AUTHORIZATION_SERVER.issueJwt("orders:read")));

        AUTHORIZATION_SERVER.heal();
        awaitGranted(app, "/api/guarded", token);
    }

    @Test
    @Tag("I09")
    void aConnectionThatIsRefusedIs503InTime() throws Exception {
        String token = AUTHORIZATION_SERVER.issueOpaque("orders:read");

        RELAY.unplug();
        try {
            assertUnavailableInTime("/api/guarded", token);
        } finally {
            RELAY.plug();
        }
        awaitGranted(app, "/api/guarded", token);
    }

    @Test
    @Tag("T15")
    @Tag("T18")
    @Tag("accepts")
    @Tag("refuses")
    void aNewKeyThatCannotBeFetchedIs503AndNever401() throws Exception {
        Expect.granted(app.get("/api/guarded", AUTHORIZATION_SERVER.issueJwt("orders:read")));
        AUTHORIZATION_SERVER.rotateKeys();
        String token = AUTHORIZATION_SERVER.issueJwt("orders:read");

        AUTHORIZATION_SERVER.fail(Endpoint.JWKS, TransportFault.HANGING);
        // Until the last successful fetch is older than the cool-down of one second, an unknown key is just unknown.
        Thread.sleep(1_500);
        assertUnavailableInTime("/api/guarded", token);

        AUTHORIZATION_SERVER.heal();
        awaitGranted(app, "/api/guarded", token);
    }

    @Deployment(name = "late", managed = false, testable = false)
    static WebArchive late() {
        Map<String, String> configuration = Wars.trusting(STARTING_LATE);
        configuration.put("cardea.jwks.timeout", TIMEOUT.toMillis() + "ms");
        configuration.put("cardea.introspection.timeout", TIMEOUT.toMillis() + "ms");
        return war("late", configuration);
    }

    @Test
    @Tag("T18")
    @Tag("A04")
    @Tag("accepts")
    @Tag("refuses")
    void anApplicationStartsWithoutItsAuthorizationServerAndHeals() throws Exception {
        STARTING_LATE.fail(Endpoint.OAUTH_METADATA, TransportFault.CLOSED);
        STARTING_LATE.fail(Endpoint.OPENID_METADATA, TransportFault.CLOSED);
        deployer.deploy("late");
        try {
            Application late = Application.at("late");
            String jwt = STARTING_LATE.issueJwt("orders:read");
            String opaque = STARTING_LATE.issueOpaque("orders:read");
            Expect.unavailable(late.get("/api/guarded", jwt));
            Expect.unavailable(late.get("/scoped", opaque));
            Expect.challenged(late.get("/scoped"));

            STARTING_LATE.heal();
            awaitGranted(late, "/api/guarded", jwt);
            awaitGranted(late, "/scoped", opaque);
        } finally {
            deployer.undeploy("late");
        }
    }

    @Deployment(name = "refused", managed = false, testable = false)
    static WebArchive refused() {
        Map<String, String> configuration = configuration();
        configuration.put("cardea.introspection.client-secret", NOT_THE_SECRET);
        configuration.put("cardea.introspection.client-id", "another-api");
        return war("refused", configuration);
    }

    @Test
    @Tag("I07")
    @Tag("I08")
    void wrongCredentialsOfOursAreOneErrorThatNamesThePropertyAndNotItsValue() throws Exception {
        deployer.deploy("refused");
        try {
            Log log = Log.fromNow();
            Application refused = Application.at("refused");
            String token = AUTHORIZATION_SERVER.issueOpaque("orders:read");
            for (int i = 0; i < 5; i++) {
                Expect.unavailable(refused.get("/scoped", token));
            }
            Expect.granted(app.get("/scoped", token));

            assertThat(log.errors("cardea.introspection.client-secret"))
                    .as("one line about five requests")
                    .hasSize(1)
                    .allSatisfy(line -> assertThat(line)
                            .contains("cardea.introspection.client-id")
                            .doesNotContain(NOT_THE_SECRET, TestAuthorizationServer.CLIENT_SECRET));
            assertThat(log.text()).doesNotContain(NOT_THE_SECRET);

            AUTHORIZATION_SERVER.allowClient("another-api", NOT_THE_SECRET);
            awaitGranted(refused, "/scoped", token);
        } finally {
            deployer.undeploy("refused");
        }
    }

    private void assertUnavailableInTime(String path, String token) throws IOException {
        long start = System.nanoTime();
        RawResponse answer = app.get(path, token);
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);

        Expect.unavailable(answer);
        assertThat(elapsed).as("answered in time").isLessThan(TIMEOUT.plus(SLACK));
    }

    private static void awaitGranted(Application app, String path, String token) throws Exception {
        long deadline = System.nanoTime() + RECOVERY.toNanos();
        RawResponse answer = app.get(path, token);
        while (answer.status() == 503 && System.nanoTime() < deadline) {
            Thread.sleep(200);
            answer = app.get(path, token);
        }
        Expect.granted(answer);
    }

    private static Map<String, String> configuration() {
        Map<String, String> configuration = Wars.trusting(AUTHORIZATION_SERVER);
        configuration.put(
                "cardea.introspection.url",
                RELAY.through(URI.create(AUTHORIZATION_SERVER.url(Endpoint.INTROSPECTION)))
                        .toString());
        configuration.put("cardea.introspection.timeout", TIMEOUT.toMillis() + "ms");
        configuration.put("cardea.introspection.connect-timeout", "300ms");
        configuration.put("cardea.jwks.timeout", TIMEOUT.toMillis() + "ms");
        configuration.put("cardea.jwks.cooldown", "1s");
        return configuration;
    }

    private static WebArchive war(String name, Map<String, String> configuration) {
        return Wars.of(
                name,
                configuration,
                PathApplication.class,
                GuardedResource.class,
                PlainServlet.class,
                ScopedServlet.class);
    }
}
