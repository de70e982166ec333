package dev.cardea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cardea.testkit.AccessTokens;
import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.SignedAnswerFault;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.TestKeys;
import dev.cardea.testkit.TransportFault;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole pipeline with {@code cardea.introspection.response=jwt} (RFC 9701). */
class SignedAnswersTest {
    private static final AccessPolicy READ = AccessPolicy.allScopes("orders:read");

    private final List<DecisionEvent> events = new ArrayList<>();
    private final TestAuthorizationServer as = TestAuthorizationServer.start(Clock.systemUTC());
    private final TestAuthorizationServer partner = TestAuthorizationServer.start(Clock.systemUTC());
    private final ResourceServer server = server(Map.of());

    @AfterEach
    void stop() {
        server.close();
        partner.close();
        as.close();
    }

    @Test
    @Tag("J01")
    @Tag("J02")
    @Tag("J07")
    @Tag("accepts")
    @Tag("refuses")
    void theAnswerIsWhatWasSigned() {
        String token = as.issueOpaque("orders:read");
        assertGranted(server, token);
        assertRefused(server, as.issueOpaque("orders:write"), "SCOPE_MISSING");
        as.revoke(token);
        assertRefused(server, token, "INACTIVE");
        assertThat(as.requests(Endpoint.INTROSPECTION))
                .allMatch(request -> "application/token-introspection+jwt".equals(request.header("accept")));
    }

    /** Whatever is wrong with an answer is nothing that the client could do anything about. */
    @ParameterizedTest
    @EnumSource
    @Tag("J03")
    @Tag("J04")
    @Tag("J05")
    @Tag("accepts")
    @Tag("refuses")
    void noFaultOfAnAnswerIsBlamedOnTheClient(SignedAnswerFault fault) {
        String token = as.issueOpaque("orders:read");
        assertGranted(server, token);
        as.writeSignedAnswers(fault::applyTo);
        assertUnavailable(server, token);
        as.heal();
        assertGranted(server, token);
    }

    @Test
    @Tag("J02")
    @Tag("accepts")
    @Tag("refuses")
    void aPlainAnswerIsNone() {
        String token = as.issueOpaque("orders:read");
        assertGranted(server, token);
        as.fail(Endpoint.INTROSPECTION, right -> right.withHeader("Content-Type", "application/json")
                .withBody("{\"active\":true,\"aud\":\"" + TestAuthorizationServer.AUDIENCE
                        + "\",\"scope\":\"orders:read\"}"));

        assertUnavailable(server, token);
        assertThat(events.get(events.size() - 1).detail()).contains("cardea.introspection.response=json");
        try (ResourceServer plain = server(Map.of("cardea.introspection.response", "json"))) {
            assertGranted(plain, token);
        }
    }

    /** RFC 9701 8.1: neither what a signed answer about a good token says of itself, nor what it says of the token, opens anything. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "introspect", "local"})
    @Tag("J06")
    @Tag("accepts")
    @Tag("refuses")
    void anAnswerIsNoAccessToken(String validation) {
        List<AccessTokens> answers = new ArrayList<>();
        as.writeSignedAnswers(right -> {
            answers.add(right);
            return right.build();
        });
        assertGranted(server, as.issueOpaque("orders:read"));
        AccessTokens answer = answers.get(0);
        AccessTokens dressedUp = as.accessToken("orders:read")
                .header("typ", "token-introspection+jwt")
                .claim("token_introspection", answer.claims().get("token_introspection"));
        as.heal();

        try (ResourceServer asked = server(Map.of("cardea.token.validation", validation))) {
            assertGranted(asked, as.issueJwt("orders:read"));
            String reason = validation.equals("introspect") ? "INACTIVE" : "TYPE_NOT_ACCEPTED";
            assertRefused(asked, answer.build(), reason);
            assertRefused(asked, dressedUp.build(), reason);
        }
    }

    /** The other way round: an access token of the issuer is no answer, though the issuer signed it and it names us. */
    @Test
    @Tag("J03")
    @Tag("J06")
    @Tag("accepts")
    @Tag("refuses")
    void anAccessTokenIsNoAnswer() {
        String token = as.issueOpaque("orders:read");
        assertGranted(server, token);
        as.writeSignedAnswers(right -> as.accessToken("orders:read")
                .claim("token_introspection", Map.of("active", true))
                .build());
        assertUnavailable(server, token);
    }

    /** Both sign with the same key, so only {@code iss} tells whose answer it is. */
    @Test
    @Tag("I12")
    @Tag("J04")
    @Tag("accepts")
    @Tag("refuses")
    void eachIssuerAnswersForItself() {
        try (ResourceServer two = server(Map.of(
                "cardea.issuers.partner.issuer",
                partner.issuer(),
                "cardea.issuers.partner.audience",
                TestAuthorizationServer.AUDIENCE,
                "cardea.issuers.partner.allow-http-issuer",
                "true",
                "cardea.issuers.partner.token.opaque-prefix",
                "partner-",
                "cardea.issuers.partner.introspection.client-id",
                TestAuthorizationServer.CLIENT_ID,
                "cardea.issuers.partner.introspection.client-secret",
                TestAuthorizationServer.CLIENT_SECRET,
                "cardea.issuers.partner.introspection.response",
                "jwt"))) {
            partner.introspectAs("partner-1", answer(partner.issuer()));
            assertGranted(two, "partner-1");
            assertGranted(two, as.issueOpaque("orders:read"));

            partner.introspectAs("partner-2", answer(partner.issuer()));
            partner.writeSignedAnswers(right -> right.issuer(as.issuer()).build());
            assertUnavailable(two, "partner-2");
            assertThat(events.get(events.size() - 1).detail()).contains("(cardea.issuers.partner.issuer)");
        }
    }

    private static String answer(String issuer) {
        return "{\"active\":true,\"iss\":\"" + issuer + "\",\"aud\":\"" + TestAuthorizationServer.AUDIENCE
                + "\",\"scope\":\"orders:read\"}";
    }

    @Test
    @Tag("J07")
    @Tag("accepts")
    @Tag("refuses")
    void withoutKeysThereIsNoAnswerAndWithARotatedOneThereIs() {
        String token = as.issueOpaque("orders:read");
        assertGranted(server, token);
        as.fail(Endpoint.JWKS, TransportFault.SERVER_ERROR);
        try (ResourceServer late = server(Map.of())) {
            assertUnavailable(late, token);
        }
        as.heal();
        assertGranted(server, token);
        as.rotateKeys();
        assertGranted(server, token);
        as.writeSignedAnswers(right -> right.signedBy(TestKeys.foreign()).build());
        assertUnavailable(server, token);
    }

    @Test
    @Tag("J07")
    @Tag("accepts")
    @Tag("refuses")
    void signedAnswersNeedAnIssuer() {
        Map<String, String> unknown = new HashMap<>(Map.of(
                "cardea.audience", TestAuthorizationServer.AUDIENCE,
                "cardea.allow-http-issuer", "true",
                "cardea.introspection.url", as.url(Endpoint.INTROSPECTION),
                "cardea.introspection.client-id", TestAuthorizationServer.CLIENT_ID,
                "cardea.introspection.client-secret", TestAuthorizationServer.CLIENT_SECRET));
        ResourceServer.builder().properties(unknown).build().close();
        unknown.put("cardea.introspection.response", "jwt");

        assertThatThrownBy(() -> ResourceServer.builder().properties(unknown).build())
                .hasMessageContaining("cardea.introspection.response")
                .hasMessageContaining("there is no cardea.issuer");
    }

    private void assertGranted(ResourceServer asked, String token) {
        assertThat(decide(asked, token)).isInstanceOf(Decision.Granted.class);
    }

    private void assertRefused(ResourceServer asked, String token, String reason) {
        Decision decision = decide(asked, token);
        assertThat(decision).isInstanceOf(Decision.Denied.class);
        assertThat(((Decision.Denied) decision).reason()).isEqualTo(reason);
    }

    private void assertUnavailable(ResourceServer asked, String token) {
        Decision decision = decide(asked, token);
        assertThat(decision).isInstanceOf(Decision.Unavailable.class);
        Answer answer = ((Decision.Unavailable) decision).answer();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsKey("Retry-After").doesNotContainKey("WWW-Authenticate");
    }

    private Decision decide(ResourceServer asked, String token) {
        Authentication authentication = asked.authenticate(new BearerRequest(token), PathRule.none());
        Decision decision = asked.authorize(authentication, READ);
        asked.conclude(authentication);
        return decision;
    }

    /** Without a cache, so that each decision rests on an answer of its own. */
    private ResourceServer server(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "cardea.issuer",
                as.issuer(),
                "cardea.allow-http-issuer",
                "true",
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
                "cardea.introspection.response",
                "jwt"));
        settings.putAll(more);
        return ResourceServer.builder()
                .properties(settings)
                .listener(events::add)
                .build();
    }
}
