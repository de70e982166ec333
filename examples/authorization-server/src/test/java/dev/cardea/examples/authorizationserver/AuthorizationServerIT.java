package dev.cardea.examples.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationServerIT {

    private static final String AUDIENCE = "https://orders.example";

    private static ServerProcess server;

    @BeforeAll
    static void start() throws Exception {
        server = ServerProcess.start("--server.port=0", "--exit-on-stdin-eof=true");
    }

    /** Here rather than in a test of its own, so that the silence covers everything the tests asked. */
    @AfterAll
    static void endsWithItsStandardInputHavingSaidNothingButReady() throws Exception {
        try (var ending = server) {
            ending.closeStandardInput();
            assertThat(ending.exitStatus()).isZero();
            assertThat(ending.remainingOutput()).isEmpty();
        }
    }

    @Test
    void signsTokensThatAnotherImplementationTakesForRfc9068Ones() throws Exception {
        var jwt = verified(server.token("orders-client", "orders:read orders:write"), AUDIENCE);

        var header = jwt.getJoseObjects().get(0).getHeaders();
        assertThat(header.getStringHeaderValue("typ")).isEqualTo("at+jwt");
        assertThat(header.getStringHeaderValue("alg")).isEqualTo("RS256");
        assertThat(header.getStringHeaderValue("kid")).isNotBlank();
        assertThat(jwt.getJwtClaims().getClaimsMap())
                .containsOnlyKeys("iss", "sub", "aud", "exp", "iat", "nbf", "jti", "client_id", "scope", "roles")
                .containsEntry("sub", "orders-client")
                .containsEntry("client_id", "orders-client")
                .containsEntry("scope", "orders:read orders:write")
                .containsEntry("roles", List.of("clerk"));
        assertThat(secondsOfLife(jwt)).isEqualTo(300);
    }

    @Test
    void keepsTheProductsArrayOfScopesForOneClient() throws Exception {
        var token = server.token("orders-client-scope-array", "orders:read orders:write");

        assertThat(verified(token, AUDIENCE).getJwtClaims().getClaimValue("scope"))
                .isEqualTo(List.of("orders:read", "orders:write"));
        assertThat(server.introspect(token)).containsEntry("scope", "orders:read orders:write");
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders-client", "orders-client-opaque", "orders-client-scope-array"})
    void answersIntrospectionInFullForBothKinds(String client) throws Exception {
        assertThat(server.introspect(server.token(client, "orders:read profile:read")))
                .containsOnlyKeys(
                        "active",
                        "iss",
                        "sub",
                        "aud",
                        "exp",
                        "iat",
                        "nbf",
                        "jti",
                        "client_id",
                        "scope",
                        "token_type",
                        "roles")
                .containsEntry("active", true)
                .containsEntry("iss", server.issuer())
                .containsEntry("sub", client)
                .containsEntry("client_id", client)
                .containsEntry("aud", List.of(AUDIENCE))
                .containsEntry("scope", "orders:read profile:read")
                .containsEntry("token_type", "Bearer")
                .containsEntry("roles", List.of("clerk"));
    }

    @Test
    void handsOutReferencesThatCarryNothing() throws Exception {
        assertThat(server.token("orders-client-opaque", "orders:read")).matches("[A-Za-z0-9_-]{128}");
        assertThat(server.token("orders-client", "orders:read")).contains(".");
    }

    @ParameterizedTest
    @CsvSource({"orders-client, other-audience", "orders-client-opaque, other-audience-opaque"})
    void namesAnotherAudienceForTheClientsCalledSo(String usual, String other) throws Exception {
        assertThat(server.introspect(server.token(usual, "orders:read"))).containsEntry("aud", List.of(AUDIENCE));
        assertThat(server.introspect(server.token(other, "orders:read")))
                .containsEntry("active", true)
                .containsEntry("aud", List.of("https://other.example"));

        var jwt = server.token("other-audience", "orders:read");
        assertThat(verified(jwt, "https://other.example")).isNotNull();
        assertThatThrownBy(() -> verified(jwt, AUDIENCE)).isInstanceOf(InvalidJwtException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders-client", "orders-client-opaque"})
    void forgetsARevokedTokenAtOnceAndThatOneOnly(String client) throws Exception {
        var revoked = server.token(client, "orders:read");
        var kept = server.token(client, "orders:read");
        assertThat(server.introspect(revoked)).containsEntry("active", true);

        var answer = server.post(client, client + "-secret", "/oauth2/revoke", Map.of("token", revoked));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(server.introspect(revoked)).isEqualTo(Map.of("active", false));
        assertThat(server.introspect(kept)).containsEntry("active", true);
    }

    @Test
    void letsNobodyRevokeTheTokenOfAnotherClient() throws Exception {
        var token = server.token("orders-client-opaque", "orders:read");

        var answer = server.post("orders-api", "orders-api-secret", "/oauth2/revoke", Map.of("token", token));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json()).isEqualTo(Map.of("error", "invalid_client"));
        assertThat(server.introspect(token)).containsEntry("active", true);
    }

    @Test
    void letsShortLivedTokensOfBothKindsExpire() throws Exception {
        var jwt = server.token("short-lived", "orders:read");
        var opaque = server.token("short-lived-opaque", "orders:read");
        var lasting = server.token("orders-client-opaque", "orders:read");
        assertThat(secondsOfLife(verified(jwt, AUDIENCE))).isEqualTo(3);
        assertThat(server.introspect(jwt)).containsEntry("active", true);
        assertThat(server.introspect(opaque)).containsEntry("active", true);

        awaitInactive(jwt);
        awaitInactive(opaque);

        assertThat(server.introspect(lasting)).containsEntry("active", true);
        assertThatThrownBy(() -> verified(jwt, AUDIENCE)).isInstanceOf(InvalidJwtException.class);
    }

    @Test
    void refusesTheIntrospectionOfAClientWithAWrongSecretAndShowsNothing() throws Exception {
        var form = Map.of("token", server.token("orders-client-opaque", "orders:read"));
        assertThat(server.post("orders-api", "orders-api-secret", "/oauth2/introspect", form)
                        .status())
                .isEqualTo(200);

        var wrong = server.post("orders-api", "orders-api-secret2", "/oauth2/introspect", form);
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.json()).isEqualTo(Map.of("error", "invalid_client"));
        assertThat(wrong.response().headers().map()).doesNotContainKey("www-authenticate");

        var anonymous = server.post("/oauth2/introspect", form);
        assertThat(anonymous.status()).isEqualTo(401);
        assertThat(anonymous.body()).isEmpty();
    }

    @Test
    void callsUnknownTokensInactiveAndAMissingOneAnError() throws Exception {
        assertThat(server.introspect("garbage")).isEqualTo(Map.of("active", false));

        var missing = server.post("orders-api", "orders-api-secret", "/oauth2/introspect", Map.of("no", "token"));
        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.json()).containsEntry("error", "invalid_request");
    }

    @Test
    void givesTheResourceServersClientNoToken() throws Exception {
        var answer = server.post(
                "orders-api", "orders-api-secret", "/oauth2/token", Map.of("grant_type", "client_credentials"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json()).containsEntry("error", "unauthorized_client");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"})
    void publishesBothDiscoveryDocuments(String path) throws Exception {
        var answer = server.get(path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json())
                .containsEntry("issuer", server.issuer())
                .containsEntry("jwks_uri", server.issuer() + "/oauth2/jwks")
                .containsEntry("token_endpoint", server.issuer() + "/oauth2/token")
                .containsEntry("introspection_endpoint", server.issuer() + "/oauth2/introspect")
                .containsEntry("revocation_endpoint", server.issuer() + "/oauth2/revoke");
    }

    @Test
    void namesItselfWhateverTheHostHeaderSays() throws Exception {
        var port = Integer.parseInt(server.issuer().substring(server.issuer().lastIndexOf(':') + 1));
        try (var socket = new Socket("127.0.0.1", port)) {
            var request = "GET /.well-known/oauth-authorization-server HTTP/1.1\r\nHost: elsewhere.example:1\r\n"
                    + "X-Forwarded-Host: elsewhere.example\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer)
                    .contains("\"issuer\":\"" + server.issuer() + "\"")
                    .doesNotContain("elsewhere");
        }
    }

    @Test
    void publishesPublicPartsOfItsKeysOnly() throws Exception {
        var keys = keySet();

        assertThat(keys.getJsonWebKeys()).isNotEmpty().allSatisfy(key -> {
            assertThat(key.getAlgorithm()).isEqualTo("RS256");
            assertThat(key.getUse()).isEqualTo("sig");
        });
        assertThat(server.get("/oauth2/jwks").body()).doesNotContain("\"d\"", "\"p\"", "\"q\"");
    }

    @Test
    void signsWithANewKeyAfterRotationAndWithdrawsTheOldOneOnDemand() throws Exception {
        var before = server.token("orders-client", "orders:read");
        var first = verified(before, AUDIENCE).getJoseObjects().get(0).getKeyIdHeaderValue();

        var rotated = server.post("/test/rotate-keys", Map.of()).json();
        var after = server.token("orders-client", "orders:read");
        assertThat(rotated.get("active")).isNotEqualTo(first);
        assertThat(verified(after, AUDIENCE).getJoseObjects().get(0).getKeyIdHeaderValue())
                .isEqualTo(rotated.get("active"));
        assertThat(verified(before, AUDIENCE))
                .as("the old key is still published")
                .isNotNull();

        server.post("/test/rotate-keys?drop=true", Map.of());
        assertThat(keySet().getJsonWebKeys()).hasSize(1);
        assertThatThrownBy(() -> verified(before, AUDIENCE)).isInstanceOf(InvalidJwtException.class);
        assertThatThrownBy(() -> verified(after, AUDIENCE)).isInstanceOf(InvalidJwtException.class);
        assertThat(verified(server.token("orders-client", "orders:read"), AUDIENCE))
                .isNotNull();
    }

    private static JwtContext verified(String token, String audience) throws Exception {
        return new JwtConsumerBuilder()
                .setVerificationKeyResolver(new JwksVerificationKeyResolver(keySet().getJsonWebKeys()))
                .setExpectedIssuer(server.issuer())
                .setExpectedAudience(audience)
                .setExpectedType(true, "application/at+jwt")
                .setRequireExpirationTime()
                .setRequireJwtId()
                .build()
                .process(token);
    }

    private static JsonWebKeySet keySet() throws Exception {
        return new JsonWebKeySet(server.get("/oauth2/jwks").body());
    }

    private static long secondsOfLife(JwtContext jwt) throws Exception {
        var claims = jwt.getJwtClaims();
        return claims.getExpirationTime().getValue() - claims.getIssuedAt().getValue();
    }

    /** Real time has to pass in the other process; how much of it is asked for, not guessed. */
    private static void awaitInactive(String token) throws Exception {
        var deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (Boolean.TRUE.equals(server.introspect(token).get("active"))) {
            assertThat(System.nanoTime()).as("expired in time").isLessThan(deadline);
            Thread.sleep(100);
        }
        assertThat(server.introspect(token)).isEqualTo(Map.of("active", false));
    }
}
