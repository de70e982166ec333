package dev.cardea.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import org.jose4j.jwk.JsonWebKeySet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestAuthorizationServerTest {

    private Instant now = Oracle.NOW;
    private final TestAuthorizationServer as = TestAuthorizationServer.start(new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        as.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"OAUTH_METADATA", "OPENID_METADATA"})
    void publishesItsMetadataInBothPlaces(Endpoint endpoint) throws Exception {
        assertThat(get(endpoint).body())
                .contains("\"issuer\":\"" + as.issuer() + "\"", "\"jwks_uri\":\"" + as.url(Endpoint.JWKS) + "\"");
    }

    @Test
    void aRotatedKeySignsAndTheOldOneStaysPublished() throws Exception {
        TestKey fresh = as.rotateKeys();

        JsonWebKeySet jwks = new JsonWebKeySet(get(Endpoint.JWKS).body());
        assertThat(jwks.getJsonWebKeys()).extracting("keyId").containsExactly("rsa-1", fresh.kid());
        assertThat(as.accessToken("a").header()).containsEntry("kid", fresh.kid());

        as.publish(TestKeys.ec());
        assertThat(get(Endpoint.JWKS).body()).contains("ec-1").doesNotContain("rsa-1");
    }

    @Test
    void introspectionSaysWhichKeyATokenIsBoundTo() throws Exception {
        DpopKey key = DpopKey.generate();
        String bound = "\"token_type\":\"DPoP\",\"cnf\":{\"jkt\":\"" + key.thumbprint() + "\"}";
        String jwt = as.issueBoundJwt(key, "orders:read");

        assertThat(introspect(as.issueBoundOpaque(key, "orders:read")).body()).contains(bound);
        assertThat(introspect(jwt).body()).contains(bound);
        assertThat(new String(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[1]), StandardCharsets.UTF_8))
                .contains("\"cnf\":{\"jkt\":\"" + key.thumbprint() + "\"}")
                .doesNotContain("token_type");
        assertThat(introspect(as.issueOpaque("orders:read")).body()).doesNotContain("cnf", "DPoP");
    }

    @Test
    void introspectsWhatItIssuedUntilItExpires() throws Exception {
        String opaque = as.issueOpaque("orders:read");
        String jwt = as.issueJwt("orders:read");

        assertThat(introspect(opaque).body()).contains("\"active\":true", "\"scope\":\"orders:read\"");
        assertThat(introspect(jwt).body()).contains("\"active\":true");
        now = now.plusSeconds(300);
        assertThat(introspect(opaque).body()).isEqualTo("{\"active\":false}");
    }

    @Test
    void aRevokedTokenIsInactiveAndAnUnknownOneToo() throws Exception {
        String opaque = as.issueOpaque(Map.of("sub", "x", "weird", "\u20ac"));
        assertThat(introspect(opaque).body()).contains("\"weird\":\"\u20ac\"");

        as.revoke(opaque);

        assertThat(introspect(opaque).body()).isEqualTo("{\"active\":false}");
        assertThat(introspect("never seen").body()).isEqualTo("{\"active\":false}");
    }

    @Test
    void saysWordForWordWhatATestWants() throws Exception {
        as.introspectAs("t+/=&%~", "{\"active\":true,\"exp\":1}");

        assertThat(introspect("t+/=&%~").body()).isEqualTo("{\"active\":true,\"exp\":1}");
        assertThat(as.requests(Endpoint.INTROSPECTION).get(0).field("token")).isEqualTo("t+/=&%~");
    }

    @Test
    void clientCredentialsAreFormEncodedBeforeTheyAreJoined() throws Exception {
        as.allowClient("http://x:8080/a", "s:%+\u20ac");

        assertThat(introspect("t", basic(form("http://x:8080/a"), form("s:%+\u20ac")))
                        .statusCode())
                .isEqualTo(200);
        assertThat(introspect("t", basic("http://x:8080/a", "s:%+\u20ac")).statusCode())
                .isEqualTo(401);
        assertThat(introspect("t", basic(form("http://x:8080/a"), "wrong")).statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource
    void aMalformedAnswerHasNoPlainYesInIt(IntrospectionFault fault) throws Exception {
        String opaque = as.issueOpaque("a");
        String right = introspect(opaque).body();

        as.fail(Endpoint.INTROSPECTION, fault, 1);

        assertThat(introspect(opaque).body())
                .isNotEqualTo(right)
                .startsWith("{")
                .contains("\"sub\":\"alice\"");
        assertThat(introspect(opaque).body()).isEqualTo(right);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"CUT_OFF", "CLOSED", "RESET", "HANGING", "NOT_HTTP"})
    void aTransportFaultIsAnAnswerThatDiffers(TransportFault fault) throws Exception {
        HttpResponse<String> right = get(Endpoint.JWKS);

        as.fail(Endpoint.JWKS, fault);
        HttpResponse<String> wrong = get(Endpoint.JWKS);

        assertThat(wrong.statusCode()
                        + wrong.headers().firstValue("content-type").orElse("")
                        + wrong.body())
                .isNotEqualTo(right.statusCode()
                        + right.headers().firstValue("content-type").orElse("")
                        + right.body());
        as.heal();
        assertThat(get(Endpoint.JWKS).body()).isEqualTo(right.body());
    }

    @ParameterizedTest
    @EnumSource(names = {"CUT_OFF", "CLOSED", "RESET", "HANGING", "NOT_HTTP"})
    void aBrokenConnectionIsNoAnswer(TransportFault fault) throws Exception {
        assertThat(get(Endpoint.JWKS).statusCode()).isEqualTo(200);
        as.fail(Endpoint.JWKS, fault);

        assertThatThrownBy(() -> get(Endpoint.JWKS)).isInstanceOf(IOException.class);
    }

    @Test
    void slowAndDrippingAnswersTakeTheirTimeAndAreRight() throws Exception {
        String right = get(Endpoint.JWKS).body();

        as.fail(Endpoint.JWKS, AnswerFault.slow(Duration.ofMillis(200)));
        long before = System.nanoTime();
        assertThat(get(Endpoint.JWKS).body()).isEqualTo(right);
        assertThat(System.nanoTime() - before).isGreaterThan(190_000_000);

        as.fail(Endpoint.JWKS, AnswerFault.dripping(Duration.ofMillis(1)));
        before = System.nanoTime();
        assertThat(get(Endpoint.JWKS).body()).isEqualTo(right);
        assertThat(System.nanoTime() - before).isGreaterThan(right.length() * 900_000L);
    }

    @Test
    void tellsWhetherARedirectWasFollowed() throws Exception {
        as.fail(Endpoint.JWKS, TransportFault.REDIRECT);
        get(Endpoint.JWKS);
        assertThat(as.wasLuredAway()).isFalse();

        HttpClient gullible = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
        String lured = gullible.send(request(Endpoint.JWKS), HttpResponse.BodyHandlers.ofString())
                .body();

        assertThat(as.wasLuredAway()).isTrue();
        assertThat(lured)
                .contains(
                        "\"active\":true", TestKeys.foreign().bareJwk().get("n").toString());
    }

    @ParameterizedTest
    @EnumSource
    void aKeySetFaultKeepsTheGoodKeysOnlyWhereItSaysSo(JwksFault fault) throws Exception {
        as.fail(Endpoint.JWKS, fault);
        String good = TestKeys.rsa().bareJwk().get("n").toString();

        String body = get(Endpoint.JWKS).body();

        assertThat(body).isNotEqualTo(TestKeys.jwks(TestKeys.rsa()));
        if (fault.goodKeysRemain()) {
            assertThat(body).contains(good);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMetadataFaultChangesTheDocument(MetadataFault fault) throws Exception {
        String right = get(Endpoint.OAUTH_METADATA).body();
        as.fail(Endpoint.OAUTH_METADATA, fault);

        assertThat(get(Endpoint.OAUTH_METADATA).body()).isNotEqualTo(right);
        assertThat(get(Endpoint.OPENID_METADATA).body()).isEqualTo(right);
    }

    @Test
    void tlsIsTrustedThroughTheTrustStoreAndByNobodyElse() throws Exception {
        try (TestAuthorizationServer tls = TestAuthorizationServer.startTls(Clock.systemUTC())) {
            HttpRequest jwks =
                    HttpRequest.newBuilder(URI.create(tls.url(Endpoint.JWKS))).build();
            HttpClient trusting = HttpClient.newBuilder()
                    .sslContext(TestAuthorizationServer.trustingContext())
                    .build();

            assertThat(tls.issuer()).startsWith("https://127.0.0.1:");
            assertThat(trusting.send(jwks, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
            assertThatThrownBy(() -> client.send(jwks, HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(javax.net.ssl.SSLException.class);
        }
    }

    @Test
    void recordsRequestsWithoutPrintingWhatIsSecretInThem() throws Exception {
        introspect("secret-token");

        ReceivedRequest request = as.requests().get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.header("content-type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(request.toString()).doesNotContain("secret-token");
        assertThat(as.count(Endpoint.INTROSPECTION)).isEqualTo(1);
        as.forgetRequests();
        assertThat(as.count(Endpoint.INTROSPECTION)).isZero();
    }

    private HttpResponse<String> get(Endpoint endpoint) throws Exception {
        return client.send(request(endpoint), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(Endpoint endpoint) {
        return HttpRequest.newBuilder(URI.create(as.url(endpoint)))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(Duration.ofSeconds(3))
                .build();
    }

    private HttpResponse<String> introspect(String token) throws Exception {
        return introspect(token, basic(TestAuthorizationServer.CLIENT_ID, TestAuthorizationServer.CLIENT_SECRET));
    }

    private HttpResponse<String> introspect(String token, String authorization) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(as.url(Endpoint.INTROSPECTION)))
                .header("Authorization", authorization)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("token=" + form(token)))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String basic(String id, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    private static String form(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
