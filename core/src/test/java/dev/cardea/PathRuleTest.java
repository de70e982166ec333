package dev.cardea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.TestAuthorizationServer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Path rules through the whole pipeline: what a rule, an annotation, and both together decide. */
class PathRuleTest {
    private static TestAuthorizationServer as;

    private final List<DecisionEvent> events = new ArrayList<>();

    @BeforeAll
    static void start() {
        as = TestAuthorizationServer.start(Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        as.close();
    }

    @Test
    void aRuleStandsInForTheDefaultWhereNothingIsDeclared() {
        try (ResourceServer server = server(
                "cardea.access.default",
                "deny",
                "cardea.routes.read.path",
                "/shop/*",
                "cardea.routes.read.scopes",
                "orders:read")) {
            assertThat(status(server, get("/shop/x").bearer("orders:read"), null))
                    .isEqualTo(200);
            assertThat(status(server, get("/shop/x").bearer("orders:write"), null))
                    .isEqualTo(403);
            assertThat(status(server, get("/shop/x"), null)).isEqualTo(401);
            assertThat(status(server, get("/other").bearer("orders:read"), null))
                    .as("no rule")
                    .isEqualTo(403);
        }
    }

    @Test
    void ruleAndDeclarationBothHaveToBeMetWhicheverIsWeaker() {
        AccessPolicy write = AccessPolicy.allScopes("orders:write");
        try (ResourceServer server = server(
                "cardea.routes.read.path",
                "/shop/*",
                "cardea.routes.read.scopes",
                "orders:read",
                "cardea.routes.open.path",
                "/shop/open/*",
                "cardea.routes.open.access",
                "permit")) {
            assertThat(status(server, get("/shop/x").bearer("orders:read orders:write"), write))
                    .isEqualTo(200);
            assertThat(status(server, get("/shop/x").bearer("orders:read"), write))
                    .isEqualTo(403);
            assertThat(status(server, get("/shop/x").bearer("orders:write"), write))
                    .isEqualTo(403);
            assertThat(status(server, get("/shop/x").bearer("orders:read"), AccessPolicy.anonymous()))
                    .isEqualTo(200);
            assertThat(status(server, get("/shop/x"), AccessPolicy.anonymous()))
                    .as("@PermitAll does not weaken a rule")
                    .isEqualTo(401);
            assertThat(status(server, get("/shop/open/x").bearer("orders:write"), write))
                    .isEqualTo(200);
            assertThat(status(server, get("/shop/open/x"), write))
                    .as("permit does not weaken an annotation")
                    .isEqualTo(401);
        }
    }

    @Test
    void theChallengeNamesTheScopesOfRuleAndDeclaration() {
        try (ResourceServer server =
                server("cardea.routes.read.path", "/shop/*", "cardea.routes.read.scopes", "orders:read")) {
            Decision decision =
                    decide(server, get("/shop/x").bearer("profile"), AccessPolicy.allScopes("orders:write"));
            assertThat(((Decision.Denied) decision)
                            .answer()
                            .headers()
                            .get("WWW-Authenticate")
                            .get(0))
                    .contains("scope=\"orders:read orders:write\"");
        }
    }

    @Test
    void whereTheRuleIsPermitNobodyLooksAtTheToken() {
        try (ResourceServer server =
                server("cardea.routes.open.path", "/shop/*", "cardea.routes.open.access", "permit")) {
            int before = as.count(Endpoint.INTROSPECTION);
            assertThat(status(server, get("/shop/x").header("Authorization", "Bearer opaque-nonsense"), null))
                    .isEqualTo(200);
            assertThat(status(server, get("/shop/x").header("Authorization", "Bearer a b"), null))
                    .isEqualTo(200);
            assertThat(as.count(Endpoint.INTROSPECTION)).isEqualTo(before);
            assertThat(status(server, get("/other").header("Authorization", "Bearer opaque-nonsense"), null))
                    .isEqualTo(401);
            assertThat(as.count(Endpoint.INTROSPECTION)).isEqualTo(before + 1);
        }
    }

    @Test
    void whatWasNotLookedAtIsFoundOnceADeclarationAsksForIt() {
        try (ResourceServer server =
                server("cardea.routes.open.path", "/shop/*", "cardea.routes.open.access", "permit")) {
            Request request = get("/shop/x").bearer("orders:read");
            PathRule rule = server.rule(request);
            Authentication authentication = server.authenticate(request, rule);
            assertThat(authentication.caller().isAnonymous()).isTrue();
            Decision decision = server.authorize(authentication, rule, AccessPolicy.allScopes("orders:read"));
            assertThat(decision).isInstanceOf(Decision.Granted.class);
            assertThat(authentication.caller().scopes()).containsExactly("orders:read");
        }
    }

    @Test
    void anonymousLetsInWithoutTokenAndRefusesABadOne() {
        try (ResourceServer server = server("cardea.routes.x.path", "/shop/*", "cardea.routes.x.access", "anonymous")) {
            assertThat(status(server, get("/shop/x"), null)).isEqualTo(200);
            assertThat(status(server, get("/shop/x").bearer("any"), null)).isEqualTo(200);
            assertThat(status(server, get("/shop/x").header("Authorization", "Bearer nonsense"), null))
                    .isEqualTo(401);
        }
    }

    @Test
    @Tag("N22")
    void anAmbiguousPathIsRefusedWhateverIsDeclared() {
        try (ResourceServer server = server(
                "cardea.routes.admin.path",
                "/shop/admin/*",
                "cardea.routes.admin.roles",
                "boss",
                "cardea.routes.open.path",
                "/shop/*",
                "cardea.routes.open.access",
                "permit")) {
            for (AccessPolicy declared : new AccessPolicy[] {null, AccessPolicy.permit(), AccessPolicy.anonymous()}) {
                assertThat(status(server, get("/shop/admin;x/y").bearer("any"), declared))
                        .isEqualTo(400);
                assertThat(status(server, get("/shop/%61dmin/y"), declared)).isEqualTo(400);
                assertThat(status(server, get("/shop/y"), declared))
                        .as("the plain twin")
                        .isEqualTo(200);
            }
            assertThat(status(server, get("/elsewhere/a;b/%2F").bearer("any"), null))
                    .as("where no rule is concerned")
                    .isEqualTo(200);
        }
    }

    @Test
    void admittingJudgesTheRuleOnly() {
        try (ResourceServer server = server(
                "cardea.access.default",
                "deny",
                "cardea.routes.read.path",
                "/shop/*",
                "cardea.routes.read.scopes",
                "orders:read")) {
            for (String path : List.of("/shop/x", "/other")) {
                Request good = get(path).bearer("orders:read");
                PathRule rule = server.rule(good);
                assertThat(server.admit(server.authenticate(good, rule), rule)).isInstanceOf(Decision.Granted.class);
            }
            Request poor = get("/shop/x").bearer("profile");
            PathRule rule = server.rule(poor);
            assertThat(server.admit(server.authenticate(poor, rule), rule)).isInstanceOf(Decision.Denied.class);
        }
    }

    @Test
    void aRuleThatOnlyReportsDecidesNothingAndIsTold() {
        try (ResourceServer server = server(
                "cardea.routes.trial.path",
                "/shop/*",
                "cardea.routes.trial.scopes",
                "orders:write",
                "cardea.routes.trial.report-only",
                "true")) {
            assertThat(status(server, get("/shop/x").bearer("orders:read"), null))
                    .isEqualTo(200);
            assertThat(status(server, get("/shop/x").bearer("orders:write"), null))
                    .isEqualTo(200);
            assertThat(status(server, get("/shop/x"), AccessPolicy.permit())).isEqualTo(200);
            assertThat(status(server, get("/shop/x"), null))
                    .as("what it would be without the rule")
                    .isEqualTo(401);
            assertThat(events)
                    .extracting(DecisionEvent::reportOnly)
                    .containsExactly(
                            Map.of("trial", "SCOPE_MISSING"),
                            Map.of("trial", "GRANTED"),
                            Map.of("trial", "NO_CREDENTIALS"),
                            Map.of("trial", "NO_CREDENTIALS"));
            assertThat(events).extracting(DecisionEvent::rule).containsOnlyNulls();
        }
    }

    /** What the servlet half goes by when it passes requests without a token on to JAX-RS. */
    @Test
    @Tag("N22")
    void onlyARuleThatLetsEverybodyInIsOpenAndNoAmbiguousPathIs() {
        try (ResourceServer server = server(
                "cardea.routes.all.path", "/permit/*",
                "cardea.routes.all.access", "permit",
                "cardea.routes.some.path", "/anonymous",
                "cardea.routes.some.access", "anonymous",
                "cardea.routes.callers.path", "/callers/*",
                "cardea.routes.nobody.path", "/nobody",
                "cardea.routes.nobody.access", "deny",
                "cardea.routes.trial.path", "/trial",
                "cardea.routes.trial.access", "permit",
                "cardea.routes.trial.report-only", "true")) {
            PathRule all = server.rule(get("/permit/x"));
            PathRule callers = server.rule(get("/callers/x"));
            assertThat(all.isOpen()).isTrue();
            assertThat(server.rule(get("/anonymous")).isOpen()).isTrue();
            assertThat(callers.isOpen()).isFalse();
            assertThat(server.rule(get("/nobody")).isOpen()).isFalse();
            assertThat(all.and(callers).isOpen()).as("both rules").isFalse();
            assertThat(callers.and(all).isOpen()).as("both rules").isFalse();
            for (String ambiguous :
                    List.of("/permit/..;/callers/x", "/permit;x/../callers/x", "/permit//../callers/x")) {
                PathRule rule = server.rule(get(ambiguous));
                assertThat(rule.isOpen()).as(ambiguous).isFalse();
                assertThat(rule.isAbsent()).as(ambiguous).isFalse();
                assertThat(all.and(rule).isOpen())
                        .as("%s, and what is open", ambiguous)
                        .isFalse();
            }
            assertThat(server.rule(get("/other")).isOpen()).as("no rule").isFalse();
            assertThat(server.rule(get("/trial")).isOpen())
                    .as("decides nothing")
                    .isFalse();
        }
    }

    /** What is asked at the end of the filter chain, where a filter of the application may have changed the method. */
    @Test
    @Tag("N22")
    void aChangedMethodIsDecidedAnewWhereAnotherRuleIsForIt() {
        try (ResourceServer server = server(
                "cardea.routes.read.path", "/orders/*",
                "cardea.routes.write.path", "/orders/*",
                "cardea.routes.write.methods", "DELETE,PUT",
                "cardea.routes.trial.path", "/orders/*",
                "cardea.routes.trial.methods", "PUT",
                "cardea.routes.trial.report-only", "true")) {
            PathRule read = server.rule(get("/orders/1"));
            PathRule delete = server.rule(get("/orders/1").method("DELETE"));
            assertThat(read.decidesAs(delete)).isFalse();
            assertThat(delete.decidesAs(read)).isFalse();
            assertThat(read.decidesAs(PathRule.none())).isFalse();
            assertThat(PathRule.none().decidesAs(read)).isFalse();
            assertThat(PathRule.none().decidesAs(server.rule(get("/x/..;/orders/1"))))
                    .as("ambiguous")
                    .isFalse();

            assertThat(read.decidesAs(server.rule(get("/orders/2").method("POST"))))
                    .isTrue();
            assertThat(delete.decidesAs(server.rule(get("/orders/1").method("PUT"))))
                    .as("what only reports decides nothing")
                    .isTrue();
        }
    }

    @Test
    void withoutRulesThereIsNothingToAskFor() {
        try (ResourceServer server = server()) {
            assertThat(server.hasRules()).isFalse();
            assertThat(server.rulePaths()).isEmpty();
            assertThat(server.rule(get("/x/..;/y"))).isSameAs(PathRule.none());
        }
    }

    @Test
    void aRuleThatOnlyReportsIsAbsentAndHasToBeAskedAllTheSame() {
        try (ResourceServer server = server(
                "cardea.routes.trial.path", "/trial",
                "cardea.routes.trial.report-only", "true",
                "cardea.routes.real.path", "/real/*")) {
            assertThat(server.rule(get("/trial")).isAbsent()).isTrue();
            assertThat(server.rule(get("/trial")).reportsNothing()).isFalse();
            assertThat(server.rule(get("/real/x")).isAbsent()).isFalse();
            assertThat(server.rule(get("/real/x")).reportsNothing()).isTrue();
            assertThat(server.rule(get("/other"))).isSameAs(PathRule.none());
            assertThat(PathRule.none().isAbsent()).isTrue();
            assertThat(PathRule.none().reportsNothing()).isTrue();
            assertThat(server.hasRules()).isTrue();
            assertThat(server.rulePaths()).isEqualTo(Map.of("trial", "/trial", "real", "/real/*"));
        }
    }

    @Test
    void theEventNamesTheRule() {
        try (ResourceServer server = server("cardea.routes.read.path", "/shop/*")) {
            decide(server, get("/shop/x").bearer("any"), null);
            decide(server, get("/other").bearer("any"), null);
            assertThat(events).extracting(DecisionEvent::rule).containsExactly("read", null);
        }
    }

    @Test
    void rulesOfOneRequestOnTwoPathsAddUp() {
        try (ResourceServer server = server(
                "cardea.routes.a.path",
                "/a",
                "cardea.routes.a.scopes",
                "a",
                "cardea.routes.b.path",
                "/b",
                "cardea.routes.b.scopes",
                "b")) {
            PathRule both = server.rule(get("/a")).and(server.rule(get("/b")));
            Request one = get("/a").bearer("a");
            Request two = get("/a").bearer("a b");
            assertThat(server.authorize(server.authenticate(one, both), both, null))
                    .isInstanceOf(Decision.Denied.class);
            assertThat(server.authorize(server.authenticate(two, both), both, null))
                    .isInstanceOf(Decision.Granted.class);
            assertThat(server.rule(get("/a")).and(PathRule.none())).isSameAs(server.rule(get("/a")));
            assertThat(PathRule.none().and(server.rule(get("/a")))).isSameAs(server.rule(get("/a")));
            assertThat(server.ruleOfAll("GET", List.of("/a", "/b", "/c"))).hasToString("a+b");
        }
    }

    @Test
    void twoRulesForTheSameRequestsStopTheStart() {
        assertThatThrownBy(() -> server("cardea.routes.a.path", "/x/{id}", "cardea.routes.b.path", "/x/{name}"))
                .hasMessageContainingAll("a", "b", "same requests");
        server("cardea.routes.a.path", "/x/{id}", "cardea.routes.b.path", "/x/*")
                .close();
    }

    @Test
    @Tag("C03")
    void theCookieCountsWhereTheRuleSaysSoAndTheBrowserSaysSameOrigin() {
        String token = as.accessToken("orders:read").build();
        try (ResourceServer server = server(
                "cardea.token.cookie",
                "__Host-at",
                "cardea.routes.web.path",
                "/web/*",
                "cardea.routes.web.token-cookie",
                "true")) {
            assertThat(status(server, web("/web/x", token).header("Sec-Fetch-Site", "same-origin"), null))
                    .isEqualTo(200);
            assertThat(status(server, web("/web/x", token).header("Origin", "https://shop.example"), null))
                    .isEqualTo(200);
            for (String site : List.of("cross-site", "same-site", "", "SAME-ORIGIN")) {
                assertThat(status(server, web("/web/x", token).header("Sec-Fetch-Site", site), null))
                        .as(site)
                        .isEqualTo(401);
            }
            for (String origin : List.of(
                    "https://evil.example",
                    "null",
                    "http://shop.example",
                    "https://shop.example.evil",
                    "https://shop.example:444",
                    "https://xshop.example")) {
                assertThat(status(server, web("/web/x", token).header("Origin", origin), null))
                        .as(origin)
                        .isEqualTo(401);
                assertThat(status(
                                server,
                                web("/web/x", token).header("Origin", origin).header("Sec-Fetch-Site", "same-origin"),
                                null))
                        .as(origin)
                        .isEqualTo(401);
            }
            assertThat(status(server, web("/web/x", token), null))
                    .as("no browser says anything")
                    .isEqualTo(401);
            assertThat(status(server, web("/other", token).header("Sec-Fetch-Site", "same-origin"), null))
                    .as("a path without that rule")
                    .isEqualTo(401);
            assertThat(status(server, web("/web/x", token).header("Sec-Fetch-Site", "none"), null))
                    .isEqualTo(200);
            Request post = web("/web/x", token).header("Sec-Fetch-Site", "none");
            post.method = "POST";
            assertThat(status(server, post, null)).as("none is for navigation").isEqualTo(401);
        }
    }

    @Test
    @Tag("B04")
    void theCookieBesideAHeaderIsOneTokenTooMany() {
        String token = as.accessToken("orders:read").build();
        try (ResourceServer server = server(
                "cardea.token.cookie",
                "__Host-at",
                "cardea.routes.web.path",
                "/web/*",
                "cardea.routes.web.token-cookie",
                "true")) {
            Request both = web("/web/x", token)
                    .header("Sec-Fetch-Site", "same-origin")
                    .header("Authorization", "Bearer " + token);
            assertThat(status(server, both, null)).isEqualTo(400);
            Request twice = get("/web/x")
                    .header("Sec-Fetch-Site", "same-origin")
                    .header("Cookie", "__Host-at=" + token + "; __Host-at=" + token);
            assertThat(status(server, twice, null)).isEqualTo(400);
            Request elsewhere = web("/other", token).header("Authorization", "Bearer " + token);
            assertThat(status(server, elsewhere, null))
                    .as("where the cookie does not count")
                    .isEqualTo(200);
            Request header = get("/web/x").header("Authorization", "Bearer " + token);
            assertThat(status(server, header, null)).as("the header alone").isEqualTo(200);
        }
    }

    private ResourceServer server(String... settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "cardea.issuer",
                as.issuer(),
                "cardea.audience",
                TestAuthorizationServer.AUDIENCE,
                "cardea.introspection.client-id",
                TestAuthorizationServer.CLIENT_ID,
                "cardea.introspection.client-secret",
                TestAuthorizationServer.CLIENT_SECRET,
                "cardea.introspection.cache.ttl",
                "0s",
                "cardea.introspection.cache.negative-ttl",
                "0s",
                "cardea.allow-http-issuer",
                "true"));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return ResourceServer.builder().properties(all).listener(events::add).build();
    }

    private static int status(ResourceServer server, Request request, @Nullable AccessPolicy declared) {
        return decide(server, request, declared).fold(caller -> 200, Answer::status);
    }

    private static Decision decide(ResourceServer server, Request request, @Nullable AccessPolicy declared) {
        PathRule rule = server.rule(request);
        Authentication authentication = server.authenticate(request, rule);
        Decision decision = server.authorize(authentication, rule, declared);
        server.conclude(authentication);
        return decision;
    }

    private static Request get(String path) {
        return new Request(path);
    }

    private static Request web(String path, String token) {
        return new Request(path)
                .header("Cookie", "theme=dark; __Host-at=" + token + "; x=y")
                .header("Host", "shop.example");
    }

    private static final class Request implements ProtectedRequest {
        private final String path;
        private final Map<String, List<String>> headers = new HashMap<>();
        private String method = "GET";

        Request(String path) {
            this.path = path;
        }

        Request header(String name, String value) {
            headers.put(name, List.of(value));
            return this;
        }

        Request method(String name) {
            method = name;
            return this;
        }

        Request bearer(String scopes) {
            return header(
                    "Authorization",
                    "Bearer " + as.accessToken(scopes.split(" ")).build());
        }

        @Override
        public String method() {
            return method;
        }

        @Override
        public List<String> headers(String name) {
            return headers.getOrDefault(name, List.of());
        }

        @Override
        public @Nullable String query() {
            return null;
        }

        @Override
        public String path() {
            return path;
        }

        @Override
        public String matchedPath() {
            return path;
        }

        @Override
        public String route() {
            return "/*";
        }

        @Override
        public boolean isSecure() {
            return true;
        }

        @Override
        public @Nullable String remoteAddress() {
            return null;
        }

        @Override
        public String correlationId() {
            return "req-1";
        }
    }
}
