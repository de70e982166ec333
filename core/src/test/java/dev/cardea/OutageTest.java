package dev.cardea;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.testkit.AnswerFault;
import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.IntrospectionFault;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.TestKeys;
import dev.cardea.testkit.TransportFault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code cardea.when-unavailable}: what becomes of tokens that cannot be introspected now. */
@Timeout(60)
class OutageTest {
    private static final String DOWN = "INTROSPECTION_UNAVAILABLE";

    private final Asking asking = new Asking();
    private final TestAuthorizationServer as = asking.as;
    /** One path for each policy, one where everybody may come in, and one for what is said for all. */
    private final ResourceServer server = server();

    private ResourceServer server(String... more) {
        return asking.server(
                Map.of(
                        "cardea.token.validation", "introspect",
                        "cardea.introspection.retry.attempts", "1",
                        "cardea.introspection.breaker.failures", "64",
                        "cardea.introspection.breaker.window", "64",
                        "cardea.stale-for", "1m",
                        "cardea.routes.open.path", "/open/*",
                        "cardea.routes.open.access", "anonymous"),
                concat(
                        more,
                        "cardea.routes.stale.path",
                        "/stale",
                        "cardea.routes.stale.when-unavailable",
                        "stale",
                        "cardea.routes.local.path",
                        "/local",
                        "cardea.routes.local.when-unavailable",
                        "local",
                        "cardea.routes.deny.path",
                        "/deny",
                        "cardea.routes.deny.when-unavailable",
                        "deny",
                        "cardea.routes.anonymous.path",
                        "/anonymous",
                        "cardea.routes.anonymous.when-unavailable",
                        "anonymous",
                        "cardea.routes.od.path",
                        "/open/deny",
                        "cardea.routes.od.access",
                        "anonymous",
                        "cardea.routes.od.when-unavailable",
                        "deny",
                        "cardea.routes.oa.path",
                        "/open/anonymous",
                        "cardea.routes.oa.access",
                        "anonymous",
                        "cardea.routes.oa.when-unavailable",
                        "anonymous"));
    }

    private static String[] concat(String[] some, String... more) {
        String[] all = java.util.Arrays.copyOf(more, more.length + some.length);
        System.arraycopy(some, 0, all, more.length, some.length);
        return all;
    }

    @AfterEach
    void close() {
        asking.close();
    }

    private void down() {
        as.fail(Endpoint.INTROSPECTION, TransportFault.SERVER_ERROR);
    }

    private String at(String path, String token) {
        return asking.decide(server, path, token);
    }

    /** The token has been answered about, the answer is too old to be used, and no new one can be had. */
    private String knownBefore(String token) {
        assertThat(at("/deny", token)).isEqualTo("GRANTED");
        asking.pass(Duration.ofSeconds(31));
        return token;
    }

    @Test
    @Tag("I09")
    @Tag("N10")
    @Tag("accepts")
    @Tag("refuses")
    void deniesBy503WhereNothingElseIsSaid() {
        String token = knownBefore(as.issueOpaque("orders:read"));
        down();
        for (String path : List.of("/x", "/deny", "/anonymous", "/local")) {
            assertThat(at(path, token)).as(path).isEqualTo(DOWN);
            assertThat(asking.last().outcome()).isEqualTo(DecisionEvent.Outcome.UNAVAILABLE);
        }
        as.heal();
        assertThat(at("/x", token)).isEqualTo("GRANTED");
    }

    /** Only of a token that was active, only for that long, and only here. */
    @Test
    @Tag("N10")
    @Tag("accepts")
    @Tag("refuses")
    void staleAnswersServeWhereTheRuleSaysSo() {
        String token = knownBefore(as.issueOpaque("orders:read"));
        down();
        assertThat(at("/stale", token)).isEqualTo("GRANTED");
        assertThat(asking.last().source()).isEqualTo("STALE");
        assertThat(at("/x", token)).isEqualTo(DOWN);
        assertThat(at("/stale", as.issueOpaque("orders:read"))).isEqualTo(DOWN);

        asking.pass(Duration.ofSeconds(58));
        assertThat(at("/stale", token)).isEqualTo("GRANTED");
        asking.pass(Duration.ofSeconds(2));
        assertThat(at("/stale", token)).isEqualTo(DOWN);
    }

    /** 429: the endpoint is left alone for as long as it said, and its silence is no fault of the client's. */
    @Test
    @Tag("N09")
    @Tag("accepts")
    @Tag("refuses")
    void anEndpointThatAsksForAPauseIsAnOutageToo() {
        String token = knownBefore(as.issueOpaque("orders:read"));
        as.fail(Endpoint.INTROSPECTION, TransportFault.TOO_MANY_REQUESTS);
        as.forgetRequests();
        for (int i = 0; i < 3; i++) {
            assertThat(at("/stale", token)).isEqualTo("GRANTED");
            assertThat(asking.last().source()).isEqualTo("STALE");
            assertThat(at("/deny", token)).isEqualTo(DOWN);
            assertThat(asking.last().outcome()).isEqualTo(DecisionEvent.Outcome.UNAVAILABLE);
        }
        assertThat(asking.calls()).isEqualTo(1);

        as.heal();
        assertThat(at("/deny", token)).isEqualTo(DOWN);
        asking.pass(Duration.ofSeconds(7));
        assertThat(at("/deny", token)).isEqualTo("GRANTED");
    }

    /** Counted from when this path would have asked, not from when others would. */
    @Test
    @Tag("N02")
    @Tag("N10")
    void howLongAStaleAnswerServesIsCountedFromWhenItsPathWouldHaveAsked() {
        ResourceServer strict = server(
                "cardea.introspection.cache.ttl", "5m",
                "cardea.routes.ss.path", "/strict",
                "cardea.routes.ss.when-unavailable", "stale",
                "cardea.routes.ss.introspection-max-age", "0s",
                "cardea.routes.ss.stale-for", "10s");
        String token = as.issueOpaque("orders:read");
        assertThat(asking.decide(strict, "/x", token)).isEqualTo("GRANTED");
        down();
        asking.pass(Duration.ofSeconds(9));
        assertThat(asking.decide(strict, "/strict", token)).isEqualTo("GRANTED");
        asking.pass(Duration.ofSeconds(2));
        assertThat(asking.decide(strict, "/strict", token)).isEqualTo(DOWN);
        assertThat(asking.decide(strict, "/x", token)).isEqualTo("GRANTED");
    }

    @Test
    @Tag("N10")
    @Tag("refuses")
    void aTokenThatWasInactiveIsNeverStale() {
        String token = as.issueOpaque("orders:read");
        assertThat(at("/stale", token)).isEqualTo("GRANTED");
        as.revoke(token);
        asking.pass(Duration.ofSeconds(31));
        assertThat(at("/stale", token)).isEqualTo("INACTIVE");
        down();
        asking.pass(Duration.ofSeconds(6));
        assertThat(at("/stale", token)).isEqualTo(DOWN);
    }

    /** What is wrong with our call, or with the answer, may be about this very token. */
    @Test
    @Tag("I08")
    @Tag("I09")
    void onlyAnOutageIsBridged() {
        String token = knownBefore(as.issueOpaque("orders:read"));
        String jwt = as.issueJwt("orders:read");
        down();
        assertThat(at("/stale", token)).isEqualTo("GRANTED");
        assertThat(at("/local", jwt)).isEqualTo("GRANTED");
        for (AnswerFault fault : List.<AnswerFault>of(
                TransportFault.UNAUTHORIZED,
                TransportFault.BAD_REQUEST,
                TransportFault.HTML,
                IntrospectionFault.ACTIVE_AS_STRING)) {
            as.fail(Endpoint.INTROSPECTION, fault);
            assertThat(at("/stale", token))
                    .as(fault.toString())
                    .isIn("INTROSPECTION_REFUSED", "INTROSPECTION_UNREADABLE");
            assertThat(at("/local", jwt))
                    .as(fault.toString())
                    .isIn("INTROSPECTION_REFUSED", "INTROSPECTION_UNREADABLE");
        }
    }

    /** Or whoever invents enough tokens at a time could have his own revoked one judged without the endpoint. */
    @Test
    @Tag("N06")
    @Tag("refuses")
    void ourOwnLimitsAreNoOutage() throws Exception {
        ResourceServer narrow = server(
                "cardea.introspection.timeout", "4s", // of which a quarter is waited for a place
                "cardea.introspection.max-concurrent", "2"); // one of them for new tokens
        String revoked = asking.revokedJwt();
        as.fail(Endpoint.INTROSPECTION, TransportFault.HANGING, 1);
        Thread stranger = new Thread(() -> narrow.authenticate(new BearerRequest("invented")));
        stranger.start();
        while (asking.calls() == 0) {
            Thread.onSpinWait();
        }
        assertThat(asking.decide(narrow, "/local", revoked)).isEqualTo("INTROSPECTION_LIMITED");
        assertThat(asking.last().outcome()).isEqualTo(DecisionEvent.Outcome.UNAVAILABLE);
        stranger.interrupt();
        stranger.join();
        assertThat(asking.decide(narrow, "/local", revoked)).isEqualTo("INACTIVE");
        down();
        assertThat(asking.decide(narrow, "/local", as.issueJwt("orders:read"))).isEqualTo("GRANTED");
    }

    /** It would last until somebody notices. */
    @Test
    @Tag("A05")
    @Tag("refuses")
    void anEndpointThatIsNotToBeAskedAsWeAreConfiguredIsNoOutage() {
        String[] discovered = {"cardea.introspection.url", ""};
        assertThat(asking.decide(server(discovered), "/local", as.issueJwt("orders:read")))
                .isEqualTo("GRANTED");
        as.publishAuthMethods("private_key_jwt");
        assertThat(asking.decide(server(discovered), "/local", asking.revokedJwt()))
                .isEqualTo("INTROSPECTION_REFUSED");
    }

    /** Of a JWT that does not verify here nobody knows whether it is good: it is an outage for it, not a bad token. */
    @Test
    @Tag("N10")
    @Tag("accepts")
    @Tag("refuses")
    void aJwtThatVerifiesServesWhereTheRuleSaysSo() {
        String jwt = as.issueJwt("orders:read");
        assertThat(at("/local", jwt)).isEqualTo("GRANTED");
        assertThat(asking.last().source()).isEqualTo("REMOTE");
        down();
        String another = as.issueJwt("orders:read");
        assertThat(at("/local", another)).isEqualTo("GRANTED");
        assertThat(asking.last().source()).isEqualTo("LOCAL");
        assertThat(at("/deny", another)).isEqualTo(DOWN);
        assertThat(at("/local", as.issueOpaque("orders:read"))).isEqualTo(DOWN);
        assertThat(at(
                        "/local",
                        as.accessToken("orders:read")
                                .signedBy(TestKeys.foreign())
                                .build()))
                .isEqualTo(DOWN);
        as.fail(Endpoint.JWKS, TransportFault.SERVER_ERROR);
        assertThat(at("/local", as.issueJwt("orders:read"))).isEqualTo("GRANTED");
    }

    /** Never an identity, and only where nobody needs one. */
    @Test
    @Tag("N10")
    @Tag("accepts")
    @Tag("refuses")
    void anonymousIsForWhereEverybodyMayComeIn() {
        String token = as.issueOpaque("orders:read");
        assertThat(at("/open/deny", token)).isEqualTo("GRANTED");
        asking.pass(Duration.ofSeconds(31));
        down();
        assertThat(at("/open/anonymous", token)).isEqualTo(DOWN);
        assertThat(asking.last().outcome()).isEqualTo(DecisionEvent.Outcome.GRANTED_ANONYMOUSLY);
        assertThat(at("/open/x", token)).isEqualTo(DOWN);
        assertThat(asking.last().outcome()).isEqualTo(DecisionEvent.Outcome.GRANTED_ANONYMOUSLY);
        assertThat(at("/open/deny", token)).isEqualTo(DOWN);
        assertThat(asking.last().outcome()).isEqualTo(DecisionEvent.Outcome.UNAVAILABLE);
        assertThat(at("/anonymous", token)).isEqualTo(DOWN);
        assertThat(asking.last().outcome()).isEqualTo(DecisionEvent.Outcome.UNAVAILABLE);

        as.heal();
        as.revoke(token);
        assertThat(at("/open/anonymous", token)).isEqualTo("INACTIVE");
    }

    @Test
    void whereBothAreAskedTheJwtAloneServesOnlyIfThatIsSaid() {
        ResourceServer both = server("cardea.token.validation", "local-and-introspect");
        String jwt = as.issueJwt("orders:read");
        assertThat(asking.decide(both, "/deny", jwt)).isEqualTo("GRANTED");
        asking.pass(Duration.ofSeconds(31));
        down();
        assertThat(asking.decide(both, "/deny", jwt)).isEqualTo(DOWN);
        assertThat(asking.decide(both, "/stale", jwt)).isEqualTo("GRANTED");
        assertThat(asking.last().source()).isEqualTo("STALE");
        assertThat(asking.decide(both, "/local", as.issueJwt("orders:read"))).isEqualTo("GRANTED");
        String bad = as.accessToken("orders:read").signedBy(TestKeys.foreign()).build();
        assertThat(asking.decide(both, "/local", bad)).isEqualTo("KEY_UNKNOWN");
    }

    @Test
    @Tag("N25")
    @Tag("refuses")
    void noAnswerServesBeyondTheTokensExpiry() {
        Map<String, @Nullable Object> metadata = as.metadata("orders:read");
        metadata.put("exp", System.currentTimeMillis() / 1000 + 3);
        String shortLived = as.issueOpaque(metadata);
        String longLived = as.issueOpaque("orders:read");
        assertThat(at("/stale", shortLived)).isEqualTo("GRANTED");
        assertThat(at("/stale", longLived)).isEqualTo("GRANTED");
        asking.pass(Duration.ofSeconds(31));
        down();
        long until = ((Number) metadata.get("exp")).longValue() * 1000;
        while (System.currentTimeMillis() < until) {
            Thread.onSpinWait();
        }
        assertThat(at("/stale", longLived)).isEqualTo("GRANTED");
        assertThat(at("/stale", shortLived)).isEqualTo(DOWN);
    }
}
