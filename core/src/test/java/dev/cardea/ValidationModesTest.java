package dev.cardea;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.testkit.AccessTokens;
import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.TestKeys;
import dev.cardea.testkit.TransportFault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code cardea.token.validation}, of the issuer and of path rules. */
@Timeout(60)
class ValidationModesTest {
    private final Asking asking = new Asking();
    private final TestAuthorizationServer as = asking.as;

    @AfterEach
    void close() {
        asking.close();
    }

    private ResourceServer with(String mode) {
        return asking.server("cardea.token.validation", mode);
    }

    /** Signed by nobody we know, and active all the same. */
    private String activeForgery(String kid) {
        String jwt = as.accessToken("orders:read")
                .signedBy(TestKeys.foreign().withKid(kid))
                .build();
        as.introspectAs(jwt, answer(""));
        return jwt;
    }

    private static String answer(String more) {
        return "{\"active\":true,\"sub\":\"alice\",\"scope\":\"orders:read\",\"aud\":\""
                + TestAuthorizationServer.AUDIENCE + "\"" + more + "}";
    }

    /** What becomes of each kind of token, and how many introspections all of them take. */
    @ParameterizedTest
    @CsvSource({
        // mode, good JWT, revoked JWT, active JWT with a wrong signature, opaque token, introspections
        "auto, GRANTED, GRANTED, SIGNATURE_INVALID, GRANTED, 1",
        "local, GRANTED, GRANTED, SIGNATURE_INVALID, TOKEN_KIND_NOT_ACCEPTED, 0",
        "introspect, GRANTED, INACTIVE, GRANTED, GRANTED, 4",
        "local-and-introspect, GRANTED, INACTIVE, SIGNATURE_INVALID, GRANTED, 3",
        "local-else-introspect, GRANTED, GRANTED, GRANTED, GRANTED, 2",
    })
    @Tag("N14")
    @Tag("accepts")
    @Tag("refuses")
    void byWhatATokenIsValidated(
            String mode, String good, String revoked, String forged, String opaque, int introspections) {
        ResourceServer byRule = asking.server("cardea.routes.x.path", "/x", "cardea.routes.x.validation", mode);
        for (ResourceServer server : List.of(with(mode), byRule)) {
            as.forgetRequests();
            assertThat(asking.decide(server, "/x", as.issueJwt("orders:read"))).isEqualTo(good);
            assertThat(asking.decide(server, "/x", asking.revokedJwt())).isEqualTo(revoked);
            assertThat(asking.decide(
                            server,
                            "/x",
                            activeForgery(as.accessToken().header().get("kid").toString())))
                    .isEqualTo(forged);
            assertThat(asking.decide(server, "/x", as.issueOpaque("orders:read")))
                    .isEqualTo(opaque);
            assertThat(asking.calls()).isEqualTo(introspections);
        }
        assertThat(asking.decide(byRule, "/elsewhere", as.issueOpaque("orders:read")))
                .isEqualTo("GRANTED");
    }

    /** The same, of tokens that are known already: what was verified or answered before changes nothing about the way. */
    @ParameterizedTest
    @CsvSource({
        "auto, GRANTED, 0",
        "local, GRANTED, 0",
        "introspect, INACTIVE, 1",
        "local-and-introspect, INACTIVE, 1",
        "local-else-introspect, GRANTED, 0"
    })
    @Tag("N14")
    void aTokenThatIsKnownGoesTheSameWay(String mode, String afterRevocation, int introspections) {
        ResourceServer server = asking.server(
                "cardea.introspection.cache.ttl",
                "0s",
                "cardea.introspection.cache.negative-ttl",
                "0s",
                "cardea.routes.x.path",
                "/x",
                "cardea.routes.x.validation",
                mode);
        String jwt = as.issueJwt("orders:read");
        assertThat(asking.decide(server, "/warm-up", jwt)).isEqualTo("GRANTED");
        assertThat(asking.decide(server, "/x", jwt)).isEqualTo("GRANTED");
        as.revoke(jwt);
        as.forgetRequests();
        assertThat(asking.decide(server, "/x", jwt)).isEqualTo(afterRevocation);
        assertThat(asking.decide(server, "/warm-up", jwt)).isEqualTo("GRANTED");
        assertThat(asking.calls()).isEqualTo(introspections);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "local", "introspect", "local-and-introspect", "local-else-introspect"})
    @Tag("N15")
    @Tag("accepts")
    @Tag("refuses")
    void aJwtOfAnUnknownIssuerCausesNoCallInAnyMode(String mode) {
        ResourceServer server = with(mode);
        assertThat(asking.decide(server, "/x", as.issueJwt("orders:read"))).isEqualTo("GRANTED");
        as.forgetRequests();
        String foreign =
                as.accessToken("orders:read").issuer("https://other.example").build();
        as.introspectAs(foreign, answer(""));
        assertThat(asking.decide(server, "/x", foreign)).isEqualTo("ISSUER_UNKNOWN");
        assertThat(as.requests()).isEmpty();
    }

    /** What was revoked stays so, however it is spelled, and even if the endpoint does not know the spelling for what it is. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "introspect", "local-and-introspect", "local-else-introspect"})
    @Tag("N12")
    @Tag("accepts")
    @Tag("refuses")
    void anotherSpellingOfAJwtIsNeverAskedAbout(String mode) {
        ResourceServer server = with(mode);
        String jwt = as.issueJwt("orders:read");
        assertThat(asking.decide(server, "/x", jwt)).isEqualTo("GRANTED");
        as.revoke(jwt);
        as.forgetRequests();
        for (String spelling : List.of(jwt + "~", jwt + "=", jwt + "==", jwt.replaceFirst("\\.", "~."))) {
            as.introspectAs(spelling, answer(""));
            assertThat(asking.decide(server, "/x", spelling)).isEqualTo("TOKEN_MALFORMED");
        }
        assertThat(asking.calls()).isZero();
    }

    /** RFC 9449's example of a token has dots in it and is no JWT. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "introspect", "local-and-introspect", "local-else-introspect"})
    @Tag("N14")
    @Tag("accepts")
    void anOpaqueTokenWithDotsIsIntrospected(String mode) {
        String dotted = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU";
        as.introspectAs(dotted, answer(""));
        assertThat(asking.decide(with(mode), "/x", dotted)).isEqualTo("GRANTED");
    }

    /** For migrations: while the keys cannot be had, the endpoint may be. Anywhere else that is an outage. */
    @Test
    @Tag("N14")
    void keysThatCannotBeHadAreAReasonToAskOnlyWhereThatIsConfigured() {
        as.fail(Endpoint.JWKS, TransportFault.SERVER_ERROR);
        assertThat(asking.decide(with("local-else-introspect"), "/x", as.issueJwt("orders:read")))
                .isEqualTo("GRANTED");
        assertThat(asking.decide(with("auto"), "/x", as.issueJwt("orders:read")))
                .isEqualTo("KEYS_UNAVAILABLE");
        assertThat(asking.decide(with("local-and-introspect"), "/x", as.issueJwt("orders:read")))
                .isEqualTo("KEYS_UNAVAILABLE");
    }

    @Test
    @Tag("N14")
    void onlyAFailingKeyIsAReasonToAsk() {
        ResourceServer server = with("local-else-introspect");
        long now = System.currentTimeMillis() / 1000;
        for (String jwt : List.of(
                as.accessToken("orders:read").audience("https://other.example").build(),
                as.accessToken("orders:read")
                        .issuedAt(now - 900)
                        .expiresAt(now - 600)
                        .build(),
                as.accessToken("orders:read").header("typ", "JWT").build())) {
            as.introspectAs(jwt, answer(""));
            assertThat(asking.decide(server, "/x", jwt)).isIn("AUDIENCE_MISMATCH", "EXPIRED", "TYPE_NOT_ACCEPTED");
        }
        assertThat(asking.calls()).isZero();
        assertThat(asking.decide(server, "/x", activeForgery("unheard-of"))).isEqualTo("GRANTED");
    }

    // Both together

    private String jwtIntrospectedAs(String json) {
        String jwt = as.accessToken("orders:read")
                .subject("alice")
                .claim("roles", List.of("clerk"))
                .build();
        as.introspectAs(jwt, json);
        return jwt;
    }

    private Caller callerOf(ResourceServer server, String jwt) {
        Authentication authentication = server.authenticate(new BearerRequest(jwt));
        server.conclude(authentication);
        return authentication.caller();
    }

    @Test
    void theAnswerIsTheYoungerStatementAndTheJwtFillsIn() {
        ResourceServer server = with("local-and-introspect");
        Caller caller = callerOf(
                server,
                jwtIntrospectedAs("{\"active\":true,\"scope\":\"orders:write\",\"email\":\"alice@example.com\"}"));
        assertThat(caller.scopes()).containsExactly("orders:write");
        assertThat(caller.roles()).containsExactly("clerk");
        assertThat(caller.subject()).contains("alice");
        assertThat(caller.claims()).containsEntry("email", "alice@example.com");

        Caller withoutRoles = callerOf(server, jwtIntrospectedAs("{\"active\":true,\"roles\":[]}"));
        assertThat(withoutRoles.roles()).isEmpty();
        assertThat(withoutRoles.scopes()).containsExactly("orders:read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"sub\":\"mallory\"",
                "\"client_id\":\"another\"",
                "\"jti\":\"another\"",
                "\"iss\":\"https://another.example\"",
            })
    @Tag("I12")
    @Tag("refuses")
    void anAnswerAboutAnotherTokenIsNone(String member) {
        ResourceServer server = with("local-and-introspect");
        assertThat(asking.decide(server, "/x", jwtIntrospectedAs("{\"active\":true}")))
                .isEqualTo("GRANTED");
        assertThat(asking.decide(server, "/x", jwtIntrospectedAs("{\"active\":true," + member + "}")))
                .isEqualTo("ISSUER_MISMATCH");
    }

    /** N16: a binding that either of them names stays. */
    @Test
    @Tag("N16")
    @Tag("refuses")
    void aBindingStaysWhoeverNamesIt() {
        ResourceServer server = with("local-and-introspect");
        String cnf = "{\"jkt\":\"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I\"}";
        assertThat(asking.decide(server, "/x", jwtIntrospectedAs("{\"active\":true}")))
                .isEqualTo("GRANTED");
        assertThat(asking.decide(server, "/x", jwtIntrospectedAs("{\"active\":true,\"cnf\":" + cnf + "}")))
                .isEqualTo("SENDER_CONSTRAINED");
        String bound = as.accessToken("orders:read")
                .claim("cnf", java.util.Map.of("jkt", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"))
                .build();
        for (String answer : List.of("{\"active\":true}", "{\"active\":true,\"cnf\":null}")) {
            as.introspectAs(bound, answer);
            asking.pass(Duration.ofMinutes(1));
            assertThat(asking.decide(server, "/x", bound))
                    .as(answer)
                    .isEqualTo(answer.contains("null") ? "CONFIRMATION_UNKNOWN" : "SENDER_CONSTRAINED");
        }
    }

    /** N16: of an endpoint that does not mention bindings, too; not even a remembered answer opens a way around. */
    @Test
    @Tag("N16")
    @Tag("accepts")
    @Tag("refuses")
    void aJwtThatSaysThatItIsBoundIsNoBearerTokenByBeingIntrospected() {
        AccessTokens bound = as.accessToken("orders:read")
                .claim("cnf", java.util.Map.of("jkt", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"));
        String jwt = bound.build();
        String forged = bound.signedBy(TestKeys.foreign()).build();
        as.introspectAs(jwt, answer(""));
        as.introspectAs(forged, answer(""));
        ResourceServer server = asking.server(
                "cardea.token.validation", "introspect",
                "cardea.routes.both.path", "/both",
                "cardea.routes.both.validation", "local-and-introspect",
                "cardea.routes.else.path", "/else",
                "cardea.routes.else.validation", "local-else-introspect");
        for (String path : List.of("/both", "/x", "/else", "/x")) {
            assertThat(asking.decide(server, path, as.issueJwt("orders:read"))).isEqualTo("GRANTED");
            assertThat(asking.decide(server, path, jwt)).as(path).isEqualTo("SENDER_CONSTRAINED");
        }
        assertThat(asking.decide(server, "/else", forged)).isEqualTo("SENDER_CONSTRAINED");
        assertThat(asking.decide(server, "/x", forged)).isEqualTo("SENDER_CONSTRAINED");

        String boundToNothing = as.accessToken("orders:read").claim("cnf", null).build();
        as.introspectAs(boundToNothing, answer(""));
        for (String path : List.of("/both", "/x", "/else")) {
            assertThat(asking.decide(server, path, boundToNothing)).as(path).isEqualTo("CONFIRMATION_UNKNOWN");
        }
    }

    /** An issuer that is never asked: while its keys cannot be had, its tokens are not to blame, whatever a path rule wants. */
    @Test
    @Tag("N14")
    @Tag("accepts")
    @Tag("refuses")
    void whereThereIsNobodyToAskInsteadAnOutageOfTheKeysIsOne() {
        try (Asking partner = new Asking()) {
            partner.as.fail(Endpoint.JWKS, TransportFault.SERVER_ERROR);
            ResourceServer late = asking.server(
                    "cardea.issuers.p.issuer", partner.as.issuer(),
                    "cardea.issuers.p.allow-http-issuer", "true",
                    "cardea.issuers.p.jwks.url", partner.as.url(Endpoint.JWKS),
                    "cardea.routes.else.path", "/else",
                    "cardea.routes.else.validation", "local-else-introspect");
            assertThat(asking.decide(late, "/else", partner.as.issueJwt("orders:read")))
                    .isEqualTo("KEYS_UNAVAILABLE");
            partner.as.heal();
            asking.pass(Duration.ofMinutes(1));
            assertThat(asking.decide(late, "/else", partner.as.issueJwt("orders:read")))
                    .isEqualTo("GRANTED");
            String forged = partner.as
                    .accessToken("orders:read")
                    .signedBy(TestKeys.foreign())
                    .build();
            assertThat(asking.decide(late, "/else", forged)).isEqualTo("KEY_UNKNOWN");
            assertThat(asking.calls() + partner.calls()).isZero();
        }
    }

    @Test
    @Tag("N01")
    @Tag("N03")
    void whatIsKnownOfBothIsAskedForTheSameTheNextTime() {
        ResourceServer server = asking.server(
                "cardea.token.validation",
                "local-and-introspect",
                "cardea.routes.w.path",
                "/w",
                "cardea.routes.w.scopes",
                "orders:write");
        String jwt = jwtIntrospectedAs("{\"active\":true}");
        for (int i = 0; i < 3; i++) {
            assertThat(asking.decide(server, "/x", jwt)).isEqualTo("GRANTED");
            assertThat(asking.decide(server, "/w", jwt)).isEqualTo("SCOPE_MISSING");
        }
        assertThat(asking.calls()).isEqualTo(1);
        assertThat(asking.last().source()).isEqualTo("CACHE");
    }

    // Freshness of path rules

    @Test
    @Tag("N02")
    @Tag("accepts")
    @Tag("refuses")
    void eachRuleSaysHowOldAnAnswerMayBe() {
        ResourceServer server = asking.server(
                "cardea.introspection.cache.ttl",
                "5m",
                "cardea.routes.b.path",
                "/b",
                "cardea.routes.b.introspection-max-age",
                "1s",
                "cardea.routes.c.path",
                "/c",
                "cardea.routes.c.introspection-max-age",
                "0s");
        String token = as.issueOpaque("orders:read");
        assertThat(asking.decide(server, "/a", token)).isEqualTo("GRANTED");
        assertThat(asking.decide(server, "/b", token)).isEqualTo("GRANTED");
        assertThat(asking.calls()).isEqualTo(1);
        asking.pass(Duration.ofSeconds(60));
        assertThat(asking.decide(server, "/a", token)).isEqualTo("GRANTED");
        assertThat(asking.calls()).isEqualTo(1);
        assertThat(asking.decide(server, "/b", token)).isEqualTo("GRANTED");
        assertThat(asking.calls()).isEqualTo(2);
        assertThat(asking.decide(server, "/c", token)).isEqualTo("GRANTED");
        assertThat(asking.decide(server, "/c", token)).isEqualTo("GRANTED");
        assertThat(asking.calls()).isEqualTo(4);

        as.revoke(token);
        assertThat(asking.decide(server, "/a", token)).isEqualTo("GRANTED");
        assertThat(asking.decide(server, "/c", token)).isEqualTo("INACTIVE");
        // What one rule has learnt, every rule knows.
        assertThat(asking.decide(server, "/a", token)).isEqualTo("INACTIVE");
    }

    /** A dispatch to a path whose rule asks for more: the token is validated again, as that rule says. */
    @Test
    @Tag("N02")
    void aDispatchIsJudgedByWhatItsOwnPathAsks() {
        ResourceServer server = asking.server(
                "cardea.introspection.cache.ttl",
                "5m",
                "cardea.routes.c.path",
                "/c",
                "cardea.routes.c.introspection-max-age",
                "0s");
        String token = as.issueOpaque("orders:read");
        assertThat(asking.decide(server, "/a", token)).isEqualTo("GRANTED");
        ProtectedRequest request = new Asking.To("/a", new BearerRequest(token));
        Authentication authentication = server.authenticate(request, server.rule(request));
        PathRule inner = server.rule(new Asking.To("/c", request));
        assertThat(server.authorize(authentication, inner, null)).isInstanceOf(Decision.Granted.class);
        assertThat(asking.calls()).isEqualTo(2);
        assertThat(server.authorize(authentication, inner, null)).isInstanceOf(Decision.Granted.class);
        assertThat(asking.calls()).isEqualTo(2);

        as.revoke(token);
        Authentication later = server.authenticate(request, server.rule(request));
        assertThat(server.authorize(later, server.rule(request), null)).isInstanceOf(Decision.Granted.class);
        assertThat(server.authorize(later, inner, null)).isInstanceOf(Decision.Denied.class);
    }

    // Several authorization servers

    /** N08: the same text at two authorization servers is two tokens, and neither is shown the other's. */
    @Test
    @Tag("N08")
    @Tag("I14")
    @Tag("accepts")
    @Tag("refuses")
    void eachIssuersTokensGoToItsOwnEndpoint() {
        try (Asking partner = new Asking()) {
            ResourceServer server = asking.server(
                    "cardea.issuers.p.issuer",
                    partner.as.issuer(),
                    "cardea.issuers.p.allow-http-issuer",
                    "true",
                    "cardea.issuers.p.token.opaque-prefix",
                    "p_",
                    "cardea.issuers.p.token.validation",
                    "introspect",
                    "cardea.issuers.p.introspection.client-id",
                    TestAuthorizationServer.CLIENT_ID,
                    "cardea.issuers.p.introspection.client-secret",
                    TestAuthorizationServer.CLIENT_SECRET,
                    "cardea.issuers.p.introspection.url",
                    partner.as.url(Endpoint.INTROSPECTION));
            as.introspectAs("p_token", answer(""));
            assertThat(asking.decide(server, "/x", "p_token")).isEqualTo("INACTIVE");
            partner.as.introspectAs("p_other", answer(""));
            assertThat(asking.decide(server, "/x", "p_other")).isEqualTo("GRANTED");
            assertThat(asking.decide(server, "/x", as.issueOpaque("orders:read")))
                    .isEqualTo("GRANTED");
            assertThat(asking.calls()).isEqualTo(1);
            assertThat(partner.calls()).isEqualTo(2);

            String jwt = partner.as.issueJwt("orders:read");
            assertThat(asking.decide(server, "/x", jwt)).isEqualTo("GRANTED");
            assertThat(asking.decide(server, "/x", as.issueJwt("orders:read"))).isEqualTo("GRANTED");
            assertThat(asking.calls()).isEqualTo(1);
            assertThat(partner.calls()).isEqualTo(3);
        }
    }

    /** N08: and where two servers ask about one text, each has its own answer. */
    @Test
    @Tag("N08")
    @Tag("I14")
    void twoResourceServersHaveTwoAnswers() {
        try (Asking other = new Asking()) {
            as.introspectAs("same", answer(""));
            other.as.introspectAs("same", "{\"active\":false}");
            ResourceServer here = asking.server();
            ResourceServer there = other.server();
            for (int i = 0; i < 2; i++) {
                assertThat(asking.decide(here, "/x", "same")).isEqualTo("GRANTED");
                assertThat(other.decide(there, "/x", "same")).isEqualTo("INACTIVE");
            }
            assertThat(asking.calls() + other.calls()).isEqualTo(2);
        }
    }

    /** Keys that are never used are not fetched: of an issuer that has none, the log would complain for ever. */
    @Test
    void anIssuerThatIsAlwaysAskedNeedsNoKeys() throws Exception {
        as.fail(Endpoint.JWKS, TransportFault.NOT_FOUND);
        ResourceServer asking = this.asking.server("cardea.token.validation", "introspect");
        assertThat(this.asking.decide(asking, "/x", as.issueJwt("orders:read"))).isEqualTo("GRANTED");
        assertThat(this.asking.decide(asking, "/x", as.issueOpaque("orders:read")))
                .isEqualTo("GRANTED");
        ResourceServer verifying = this.asking.server("cardea.token.validation", "auto");
        assertThat(this.asking.decide(verifying, "/x", as.issueJwt("orders:read")))
                .isEqualTo("KEYS_UNAVAILABLE");
        assertThat(as.count(Endpoint.JWKS)).isPositive();
        asking.close();
        verifying.close();
        as.forgetRequests();
        try (ResourceServer again = this.asking.server("cardea.token.validation", "introspect")) {
            assertThat(this.asking.decide(again, "/x", as.issueJwt("orders:read")))
                    .isEqualTo("GRANTED");
            assertThat(as.count(Endpoint.JWKS)).isZero();
        }
    }
}
