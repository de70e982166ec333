package dev.cardea;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.TransportFault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A request that several path rules are for, or none: because it is dispatched to another path, or because one servlet has several.
 * A rule that says nothing of how tokens are validated asks for what is asked in general, no less than if it had said so.
 */
@Timeout(60)
class DemandsTogetherTest {
    private final Asking asking = new Asking();
    private final TestAuthorizationServer as = asking.as;

    @AfterEach
    void close() {
        asking.close();
    }

    /** Two paths with a rule, of which one says something. */
    private ResourceServer introspecting(String setting, String value) {
        return asking.server(
                "cardea.token.validation",
                "introspect",
                "cardea.when-unavailable",
                "deny",
                "cardea.stale-for",
                "1h",
                "cardea.routes.lax.path",
                "/lax",
                "cardea.routes.lax." + setting,
                value,
                "cardea.routes.silent.path",
                "/silent",
                "cardea.routes.silent.scopes",
                "orders:read");
    }

    private String forwarded(ResourceServer server, String token, String from, String to) {
        ProtectedRequest request = new Asking.To(from, new BearerRequest(token));
        Authentication authentication = server.authenticate(request, server.rule(request));
        assertThat(server.authorize(authentication, server.rule(request), null)).isInstanceOf(Decision.Granted.class);
        server.authorize(authentication, server.rule(new Asking.To(to, request)), null);
        server.conclude(authentication);
        return asking.last().reason();
    }

    private String atBoth(ResourceServer server, String token, String... paths) {
        PathRule rule = server.ruleOfAll("GET", List.of(paths));
        Authentication authentication = server.authenticate(new BearerRequest(token), rule);
        server.authorize(authentication, rule, null);
        server.conclude(authentication);
        return asking.last().reason();
    }

    @Test
    @Tag("N14")
    @Tag("accepts")
    @Tag("refuses")
    void whatARuleDoesNotAskIsAskedWhereTheRequestIsDispatchedTo() {
        ResourceServer server = introspecting("validation", "local");
        for (String to : List.of("/silent", "/without-rule")) {
            assertThat(forwarded(server, as.issueJwt("orders:read"), "/lax", to))
                    .isEqualTo("GRANTED");
            assertThat(forwarded(server, asking.revokedJwt(), "/lax", to)).isEqualTo("INACTIVE");
        }
    }

    @Test
    @Tag("N14")
    @Tag("accepts")
    @Tag("refuses")
    void aSilentRuleBesideAnotherAsksWhatIsAskedInGeneral() {
        ResourceServer server = introspecting("validation", "local");
        assertThat(atBoth(server, as.issueJwt("orders:read"), "/lax", "/silent"))
                .isEqualTo("GRANTED");
        assertThat(atBoth(server, asking.revokedJwt(), "/lax", "/silent")).isEqualTo("INACTIVE");
        String opaque = as.issueOpaque("orders:read");
        assertThat(atBoth(server, opaque, "/silent")).isEqualTo("GRANTED");
        assertThat(atBoth(server, opaque, "/lax", "/silent")).isEqualTo("TOKEN_KIND_NOT_ACCEPTED");
    }

    @Test
    @Tag("N10")
    @Tag("accepts")
    @Tag("refuses")
    void soItIsInAnOutage() {
        ResourceServer server = introspecting("when-unavailable", "stale");
        String token = as.issueOpaque("orders:read");
        assertThat(forwarded(server, token, "/lax", "/silent")).isEqualTo("GRANTED");
        assertThat(atBoth(server, token, "/lax", "/silent")).isEqualTo("GRANTED");
        asking.pass(Duration.ofMinutes(1));
        as.fail(Endpoint.INTROSPECTION, TransportFault.SERVER_ERROR);
        assertThat(forwarded(server, token, "/lax", "/lax")).isEqualTo("GRANTED");
        assertThat(forwarded(server, token, "/lax", "/silent")).isEqualTo("INTROSPECTION_UNAVAILABLE");
        assertThat(atBoth(server, token, "/lax", "/silent")).isEqualTo("INTROSPECTION_UNAVAILABLE");
        server.management().setWhenUnavailable("stale");
        assertThat(atBoth(server, token, "/lax", "/silent")).isEqualTo("GRANTED");
    }

    /** What clients cannot ask for, an error page for instance, has no way of validating tokens of its own. */
    @Test
    void behindARequestNothingIsAskedAnew() {
        ResourceServer server = introspecting("validation", "local");
        ProtectedRequest request = new Asking.To("/lax", new BearerRequest(asking.revokedJwt()));
        Authentication authentication = server.authenticate(request, server.rule(request));
        assertThat(server.authorize(authentication, PathRule.behind(), AccessPolicy.authenticated()))
                .isInstanceOf(Decision.Granted.class);
        assertThat(asking.calls()).isZero();
    }

    @Test
    @Tag("N14")
    @Tag("accepts")
    @Tag("refuses")
    void eachOfTwoWaysIsGone() {
        ResourceServer server = asking.server(
                "cardea.routes.l.path", "/l",
                "cardea.routes.l.validation", "local",
                "cardea.routes.a.path", "/a",
                "cardea.routes.a.validation", "auto",
                "cardea.routes.i.path", "/i",
                "cardea.routes.i.validation", "introspect");
        String opaque = as.issueOpaque("orders:read");
        assertThat(atBoth(server, opaque, "/a", "/i")).isEqualTo("GRANTED");
        assertThat(atBoth(server, opaque, "/l", "/i")).isEqualTo("TOKEN_KIND_NOT_ACCEPTED");
        assertThat(atBoth(server, opaque, "/l", "/a")).isEqualTo("TOKEN_KIND_NOT_ACCEPTED");
        String revoked = asking.revokedJwt();
        assertThat(atBoth(server, revoked, "/l", "/a")).isEqualTo("GRANTED");
        assertThat(atBoth(server, revoked, "/l", "/i")).isEqualTo("INACTIVE");
        assertThat(atBoth(server, revoked, "/a", "/i")).isEqualTo("INACTIVE");
    }

    /** No endpoint is needed for two ways that ask none. */
    @Test
    @Tag("N14")
    @Tag("accepts")
    void twoLocalWaysAskNobody() {
        ResourceServer server = asking.server(
                "cardea.introspection.url", "",
                "cardea.introspection.client-id", "",
                "cardea.introspection.client-secret", "",
                "cardea.introspection.timeout", "",
                "cardea.routes.l.path", "/l",
                "cardea.routes.l.validation", "local",
                "cardea.routes.a.path", "/a",
                "cardea.routes.a.validation", "auto");
        assertThat(atBoth(server, as.issueJwt("orders:read"), "/l", "/a")).isEqualTo("GRANTED");
    }

    @Test
    @Tag("N10")
    @Tag("refuses")
    void denyHoldsForAnOpenPathThatIsDispatchedTo() {
        ResourceServer server = asking.server(
                "cardea.token.validation", "introspect",
                "cardea.routes.open.path", "/open",
                "cardea.routes.open.access", "anonymous",
                "cardea.routes.too.path", "/open-too",
                "cardea.routes.too.access", "anonymous",
                "cardea.routes.permit.path", "/permit",
                "cardea.routes.permit.access", "permit",
                "cardea.routes.deny.path", "/deny",
                "cardea.routes.deny.access", "anonymous",
                "cardea.routes.deny.when-unavailable", "deny");
        as.fail(Endpoint.INTROSPECTION, TransportFault.SERVER_ERROR);
        String token = as.issueOpaque("orders:read");
        for (String from : List.of("/open", "/permit")) {
            forwarded(server, token, from, "/open-too");
            assertThat(asking.last().outcome()).isEqualTo(DecisionEvent.Outcome.GRANTED_ANONYMOUSLY);
            forwarded(server, token, from, "/deny");
            assertThat(asking.last().outcome()).isEqualTo(DecisionEvent.Outcome.UNAVAILABLE);
        }
    }

    /** What the strict path learnt counts for the beans that are called there, and for where the request goes next. */
    @Test
    @Tag("N02")
    @Tag("refuses")
    void whatIsFoundOutLastCountsFromThenOn() {
        ResourceServer server = asking.server(
                "cardea.introspection.cache.ttl", "5m",
                "cardea.routes.c.path", "/c",
                "cardea.routes.c.introspection-max-age", "0s");
        String answer = "{\"active\":true,\"sub\":\"alice\",\"aud\":\"" + TestAuthorizationServer.AUDIENCE + "\"";
        as.introspectAs("token", answer + ",\"scope\":\"admin\"}");
        assertThat(asking.decide(server, "/a", "token")).isEqualTo("GRANTED");
        as.introspectAs("token", answer + "}");
        ProtectedRequest request = new Asking.To("/a", new BearerRequest("token"));
        Authentication authentication = server.authenticate(request, server.rule(request));
        AccessPolicy admin = AccessPolicy.allScopes("admin");
        assertThat(server.authorize(authentication, server.rule(request), admin))
                .isInstanceOf(Decision.Granted.class);
        assertThat(server.authorize(authentication, server.rule(new Asking.To("/c", request)), null))
                .isInstanceOf(Decision.Granted.class);
        assertThat(server.authorizeCall(authentication, admin)).isInstanceOf(Decision.Denied.class);
        assertThat(server.authorize(authentication, server.rule(request), admin))
                .isInstanceOf(Decision.Denied.class);
    }
}
