package dev.cardea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.TransportFault;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What operators may see and do, by code and by JMX. */
@Timeout(60)
class ManagementTest {
    private static final MBeanServer JMX_SERVER = ManagementFactory.getPlatformMBeanServer();

    private final Asking asking = new Asking();
    private final TestAuthorizationServer as = asking.as;

    @AfterEach
    void close() {
        asking.close();
    }

    private String session(String session) {
        Map<String, Object> metadata = new java.util.HashMap<>(as.metadata("orders:read"));
        metadata.put("sub", "alice");
        metadata.put("client_id", "shop");
        metadata.put("sid", session);
        return as.issueOpaque(metadata);
    }

    static Stream<Arguments> invalidations() {
        return Stream.of(
                Arguments.of("subject", (Consumer<Management>) m -> m.invalidateSubject(null, "alice"), true),
                Arguments.of(
                        "subject of no issuer", (Consumer<Management>) m -> m.invalidateSubject("", "alice"), true),
                Arguments.of("another subject", (Consumer<Management>) m -> m.invalidateSubject(null, "bob"), false),
                Arguments.of(
                        "subject of another issuer",
                        (Consumer<Management>) m -> m.invalidateSubject("https://other.example", "alice"),
                        false),
                Arguments.of("session", (Consumer<Management>) m -> m.invalidateSession("s1"), true),
                Arguments.of("another session", (Consumer<Management>) m -> m.invalidateSession("s2"), false),
                Arguments.of("client", (Consumer<Management>) m -> m.invalidateClient("shop"), true),
                Arguments.of("another client", (Consumer<Management>) m -> m.invalidateClient("kiosk"), false),
                Arguments.of(
                        "another issuer",
                        (Consumer<Management>) m -> m.invalidateIssuer("https://other.example"),
                        false),
                Arguments.of("main endpoint", (Consumer<Management>) m -> m.invalidateTenant(""), true),
                Arguments.of("all", (Consumer<Management>) Management::flush, true));
    }

    /** What was remembered counts no more where it is meant, and only there; whoever is meant is asked about, not refused. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("invalidations")
    @Tag("N02")
    void invalidatingHasTheAuthorizationServerAskedAgain(
            String what, Consumer<Management> invalidation, boolean reached) {
        ResourceServer server = asking.server();
        String token = session("s1");
        String stays = session("s1");
        assertThat(asking.decide(server, "/x", token)).isEqualTo("GRANTED");
        assertThat(asking.decide(server, "/x", stays)).isEqualTo("GRANTED");
        as.revoke(token);
        assertThat(asking.decide(server, "/x", token)).isEqualTo("GRANTED");

        invalidation.accept(server.management());
        assertThat(asking.decide(server, "/x", token)).isEqualTo(reached ? "INACTIVE" : "GRANTED");
        assertThat(asking.decide(server, "/x", stays)).isEqualTo("GRANTED");
        assertThat(asking.calls()).isEqualTo(reached ? 4 : 2);
    }

    @Test
    void oneTokenOrOneIssuerIsReachedByItself() {
        ResourceServer server = asking.server();
        String token = session("s1");
        String other = session("s1");
        asking.decide(server, "/x", token);
        asking.decide(server, "/x", other);
        as.revoke(token);
        as.revoke(other);
        server.management().invalidateToken(token);
        assertThat(asking.decide(server, "/x", token)).isEqualTo("INACTIVE");
        assertThat(asking.decide(server, "/x", other)).isEqualTo("GRANTED");
        server.management().invalidateIssuer(as.issuer());
        assertThat(asking.decide(server, "/x", other)).isEqualTo("INACTIVE");
        assertThatThrownBy(() -> server.management().invalidateToken("no token\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("no token\n");
    }

    /** Many endpoints say little: whose the token is then stands in it. */
    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(strings = {"introspect", "local-and-introspect"})
    void whatTheAnswerLeavesOutIsTakenFromTheJwt(String validation) {
        ResourceServer server = asking.server("cardea.token.validation", validation);
        String said =
                "{\"active\":true,\"scope\":\"orders:read\",\"aud\":\"" + TestAuthorizationServer.AUDIENCE + "\"}";
        for (Consumer<Management> invalidation : List.<Consumer<Management>>of(
                m -> m.invalidateSubject(as.issuer(), "alice"),
                m -> m.invalidateSession("s1"),
                m -> m.invalidateClient("shop"))) {
            String jwt = as.accessToken("orders:read")
                    .subject("alice")
                    .clientId("shop")
                    .claim("sid", "s1")
                    .build();
            as.introspectAs(jwt, said);
            assertThat(asking.decide(server, "/x", jwt)).isEqualTo("GRANTED");
            as.revoke(jwt);
            server.management().invalidateSubject(null, "bob");
            assertThat(asking.decide(server, "/x", jwt)).isEqualTo("GRANTED");
            invalidation.accept(server.management());
            assertThat(asking.decide(server, "/x", jwt)).isEqualTo("INACTIVE");
        }
    }

    /** A JWT that is verified here and not introspected is not asked about: it works on, and is verified once more. */
    @Test
    void aFlushForgetsVerifiedJwtsWithoutRefusingThem() {
        ResourceServer server = asking.server();
        String jwt = as.issueJwt("orders:read");
        asking.decide(server, "/x", jwt);
        asking.decide(server, "/x", jwt);
        assertThat(asking.last().source()).isEqualTo("CACHE");
        server.management().flush();
        assertThat(asking.decide(server, "/x", jwt)).isEqualTo("GRANTED");
        assertThat(asking.last().source()).isEqualTo("LOCAL");
    }

    @Test
    void countsWhatIntrospectionDoes() {
        ResourceServer server = asking.server("cardea.introspection.retry.attempts", "1");
        String token = session("s1");
        asking.decide(server, "/x", token);
        asking.decide(server, "/x", token);
        asking.decide(server, "/x", "unknown");
        asking.decide(server, "/x", "unknown");
        as.fail(Endpoint.INTROSPECTION, TransportFault.SERVER_ERROR);
        asking.decide(server, "/x", "another");

        IntrospectionStatistics statistics =
                server.management().getIntrospection().get(0);
        assertThat(statistics.getTenant()).isEmpty();
        assertThat(statistics.getEndpoint()).isEqualTo(as.url(Endpoint.INTROSPECTION));
        assertThat(statistics.getHits()).isEqualTo(1);
        assertThat(statistics.getNegativeHits()).isEqualTo(1);
        assertThat(statistics.getMisses()).isEqualTo(3);
        assertThat(statistics.getEntries()).isEqualTo(1);
        assertThat(statistics.getInactiveEntries()).isEqualTo(1);
        assertThat(statistics.getCalls()).isEqualTo(3);
        assertThat(statistics.getFailures()).isEqualTo(1);
        assertThat(statistics.getCircuit()).isEqualTo("CLOSED");
        assertThat(statistics.getCallsInFlight()).isZero();
    }

    @Test
    @Tag("N10")
    void showsTheCircuitAndWhatItKeepsAway() {
        ResourceServer server = asking.server(
                "cardea.introspection.retry.attempts", "1",
                "cardea.introspection.breaker.failures", "2",
                "cardea.introspection.breaker.window", "2");
        as.fail(Endpoint.INTROSPECTION, TransportFault.SERVER_ERROR);
        for (int i = 0; i < 5; i++) {
            assertThat(asking.decide(server, "/x", "token-" + i)).isEqualTo("INTROSPECTION_UNAVAILABLE");
        }
        IntrospectionStatistics statistics =
                server.management().getIntrospection().get(0);
        assertThat(statistics.getCircuit()).isEqualTo("OPEN");
        assertThat(statistics.getTimesOpened()).isEqualTo(1);
        assertThat(statistics.getCalls()).isEqualTo(2);
        assertThat(statistics.getTurnedAwayByCircuit()).isEqualTo(3);
    }

    /** Nobody gets the server whose build failed, so nobody else could end its threads. */
    @Test
    void aStartThatFailsLeavesNoThread() throws InterruptedException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        assertThatThrownBy(() -> asking.server(
                        "cardea.introspection.cache.refresh-ahead", "5s",
                        "cardea.routes.one.path", "/same",
                        "cardea.routes.another.path", "/same"))
                .hasMessageContaining("the same requests");
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!before.contains(thread) && thread.getName().startsWith("cardea-")) {
                thread.join(Duration.ofSeconds(10).toMillis());
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }

    @Test
    @Tag("N10")
    void theOutagePolicyIsSwitchedWhileItRuns() {
        ResourceServer server = asking.server("cardea.stale-for", "1h", "cardea.introspection.retry.attempts", "1");
        String token = session("s1");
        asking.decide(server, "/x", token);
        asking.pass(java.time.Duration.ofSeconds(31));
        as.fail(Endpoint.INTROSPECTION, TransportFault.SERVER_ERROR);
        assertThat(server.management().getWhenUnavailable()).isEmpty();
        assertThat(asking.decide(server, "/x", token)).isEqualTo("INTROSPECTION_UNAVAILABLE");

        server.management().setWhenUnavailable("stale");
        assertThat(server.management().getWhenUnavailable()).isEqualTo("stale");
        assertThat(asking.decide(server, "/x", token)).isEqualTo("GRANTED");
        assertThatThrownBy(() -> server.management().setWhenUnavailable("allow"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("deny, stale, local, anonymous");
        assertThat(server.management().getWhenUnavailable()).isEqualTo("stale");
        server.management().setWhenUnavailable("");
        assertThat(asking.decide(server, "/x", token)).isEqualTo("INTROSPECTION_UNAVAILABLE");
    }

    /** Nobody said for how long. */
    @Test
    void staleNeedsATime() {
        ResourceServer server = asking.server();
        assertThatThrownBy(() -> server.management().setWhenUnavailable("stale"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cardea.stale-for");
        server.management().setWhenUnavailable("local");
        assertThat(server.management().getWhenUnavailable()).isEqualTo("local");
    }

    /** Whoever mistypes in an incident must not believe that it worked. */
    @Test
    void whatCannotBeMeantIsRefused() {
        Management management = asking.server().management();
        management.invalidateTenant("");
        management.setWhenUnavailable("deny");
        assertThatThrownBy(() -> management.invalidateTenant("partner"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'partner'");
        assertThatThrownBy(() -> management.invalidateSubject("https://as.example", ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> management.invalidateSession("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> management.invalidateClient("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> management.invalidateIssuer("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> management.invalidateToken("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> management.setWhenUnavailable("Stale")).isInstanceOf(IllegalArgumentException.class);
        assertThat(management.getWhenUnavailable()).isEqualTo("deny");
    }

    // JMX

    private ResourceServer named(String contextPath) {
        return ResourceServer.builder()
                .application(contextPath)
                .properties(Map.of(
                        "cardea.issuer",
                        as.issuer(),
                        "cardea.allow-http-issuer",
                        "true",
                        "cardea.audience",
                        TestAuthorizationServer.AUDIENCE,
                        "cardea.introspection.url",
                        as.url(Endpoint.INTROSPECTION),
                        "cardea.introspection.client-id",
                        TestAuthorizationServer.CLIENT_ID,
                        "cardea.introspection.client-secret",
                        TestAuthorizationServer.CLIENT_SECRET))
                .build();
    }

    private static Set<ObjectName> beans() throws Exception {
        return JMX_SERVER.queryNames(new ObjectName("dev.cardea:*"), null);
    }

    @Test
    void isThereByJmxForAsLongAsTheApplicationRuns() throws Exception {
        ObjectName shop = new ObjectName("dev.cardea:type=ResourceServer,name=\"/shop\"");
        try (ResourceServer server = named("/shop")) {
            Management management = JMX.newMXBeanProxy(JMX_SERVER, shop, Management.class);
            assertThat(management.getName()).isEqualTo("/shop");
            management.setWhenUnavailable("deny");
            assertThat(server.management().getWhenUnavailable()).isEqualTo("deny");
            management.invalidateSubject(as.issuer(), "alice");
            management.flush();
            Object rows = JMX_SERVER.getAttribute(shop, "Introspection");
            assertThat((Object[]) rows).singleElement().asString().contains("circuit=CLOSED", "misses=0");
        }
        assertThat(beans()).isEmpty();
    }

    @Test
    void twoOfOneNameAndOneAtTheRootAreToldApart() throws Exception {
        try (ResourceServer first = named("/shop");
                ResourceServer second = named("/shop");
                ResourceServer root = named("");
                ResourceServer odd = named("/a,b=\"c\"*?")) {
            assertThat(beans())
                    .extracting(ObjectName::getCanonicalName)
                    .containsExactlyInAnyOrder(
                            "dev.cardea:name=\"/shop\",type=ResourceServer",
                            "dev.cardea:instance=2,name=\"/shop\",type=ResourceServer",
                            "dev.cardea:name=\"/\",type=ResourceServer",
                            "dev.cardea:name=\"/a,b=\\\"c\\\"\\*\\?\",type=ResourceServer");
            assertThat(List.of(first, second, root, odd))
                    .extracting(server -> server.management().getName())
                    .containsExactly("/shop", "/shop", "/", "/a,b=\"c\"*?");
        }
        assertThat(beans()).isEmpty();
    }
}
