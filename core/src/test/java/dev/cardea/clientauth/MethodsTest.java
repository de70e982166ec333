package dev.cardea.clientauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cardea.config.Secret;
import dev.cardea.file.UnusableFileException;
import dev.cardea.jose.SigningKey;
import dev.cardea.testkit.ReceivedRequest;
import dev.cardea.testkit.TestClient;
import dev.cardea.testkit.TestKey;
import dev.cardea.testkit.TestKeys;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MethodsTest {
    private static final String SECRET = "p:q%r+s&t= \u20ac, of more than 256 bits";

    private final Asking asking = new Asking();

    @AfterEach
    void close() {
        asking.close();
    }

    @ParameterizedTest
    @CsvSource({"http://x:8080/a,p:q%r", "me,sec ret+1", "ümlaut,pässword", "a&b=c,$,{x}\\"})
    @Tag("I03")
    void basicIsFormEncodedBeforeItIsJoined(String id, String secret) throws Exception {
        asking.as.register(TestClient.basic(id, secret));

        assertThat(asking.outcome(asking.with(new Secret(secret), new ClientSecretBasic(id))))
                .isEqualTo("active");
        assertThat(asking.outcome(asking.with(new Secret(secret + "x"), new ClientSecretBasic(id))))
                .isEqualTo("401");
        assertThat(asking.last().form()).containsOnlyKeys("token");
    }

    @ParameterizedTest
    @CsvSource({"http://x:8080/a,p:q%r", "me,sec ret+1", "ümlaut,pässword", "a&b=c,$,{x}\\"})
    @Tag("I03")
    void postSendsBothInTheBodyAndNoHeader(String id, String secret) throws Exception {
        asking.as.register(TestClient.post(id, secret));

        assertThat(asking.outcome(asking.with(new Secret(secret), new ClientSecretPost(id))))
                .isEqualTo("active");
        assertThat(asking.last().header("authorization")).isNull();
        assertThat(asking.outcome(asking.with(new Secret(secret + "x"), new ClientSecretPost(id))))
                .isEqualTo("401");
    }

    @Test
    @Tag("I03")
    void aSecretSignsInsteadOfBeingSent() throws Exception {
        asking.as.register(TestClient.secretJwt(Asking.ID, SECRET));

        assertThat(asking.outcome(asking.with(hmac(SECRET), asking.assertion())))
                .isEqualTo("active");
        assertThat(asking.last().body()).doesNotContain(FormCall.encoded(SECRET));
        assertThat(asking.outcome(asking.with(hmac(SECRET + "x"), asking.assertion())))
                .isEqualTo("400");
        assertThat(asking.as.assertionProblems()).containsExactly("signature");
    }

    @Test
    @Tag("I03")
    void aSecretOfFewerThan256BitsDoesNotSign() throws Exception {
        assertThat(hmac("x".repeat(32)).algorithm()).isEqualTo("HS256");
        assertThatThrownBy(() -> hmac("x".repeat(31)))
                .isInstanceOf(UnusableFileException.class)
                .hasMessageContaining("fewer than 256 bits");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"
            })
    @Tag("I03")
    void aPrivateKeySignsByItsOwnAlgorithm(String algorithm) throws Exception {
        TestKey key = TestKeys.newKey("our-key", algorithm);
        asking.as.register(TestClient.privateKeyJwt(Asking.ID, key));

        assertThat(asking.outcome(asking.with(
                        SigningKey.read(key.privateJson().getBytes(StandardCharsets.UTF_8)), asking.assertion())))
                .isEqualTo("active");

        TestKey other = TestKeys.newKey("our-key", algorithm);
        assertThat(asking.outcome(asking.with(
                        SigningKey.read(other.privateJson().getBytes(StandardCharsets.UTF_8)), asking.assertion())))
                .isEqualTo("400");
        assertThat(asking.as.assertionProblems()).containsExactly("signature");
    }

    @Test
    @Tag("I03")
    void anAssertionSaysWhoItIsForAndIsGoodForAMinuteAndOneCall() throws Exception {
        asking.as.register(TestClient.privateKeyJwt(Asking.ID, TestKeys.ec()));
        ClientAuthentication who = asking.with(ecKey(), asking.assertion());

        assertThat(asking.outcome(who)).isEqualTo("active");
        ReceivedRequest first = asking.last();
        assertThat(asking.outcome(who)).isEqualTo("active");
        ReceivedRequest second = asking.last();

        assertThat(first.header("authorization")).isNull();
        assertThat(first.field("client_assertion_type"))
                .isEqualTo("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        assertThat(first.field("client_id")).isEqualTo(Asking.ID);
        JwtClaims claims = claims(first);
        long now = asking.clock.instant().getEpochSecond();
        assertThat(claims.getIssuer()).isEqualTo(Asking.ID);
        assertThat(claims.getSubject()).isEqualTo(Asking.ID);
        assertThat(claims.getClaimValue("aud")).isEqualTo(asking.as.issuer());
        assertThat(claims.getIssuedAt().getValue()).isEqualTo(now);
        assertThat(claims.getExpirationTime().getValue()).isEqualTo(now + 60);
        assertThat(claims(second).getJwtId()).isNotEqualTo(claims.getJwtId());
        assertThat(asking.as.assertionProblems()).isEmpty();
    }

    /** The twin of the one above: what the server of the test kit would have said. */
    @Test
    @Tag("I03")
    void theServerOfTheTestTakesNoAssertionTwiceNorLateNorForSomebodyElse() throws Exception {
        asking.as.register(TestClient.privateKeyJwt(Asking.ID, TestKeys.ec()));
        FormCall right = asking.assertion().with(asking.call(), ecKey());
        ClientAuthentication verbatim = call -> asking.transport.send(right.toHttpCall());

        assertThat(asking.outcome(verbatim)).isEqualTo("active");
        assertThat(asking.outcome(verbatim)).isEqualTo("400");
        asking.pass(Duration.ofSeconds(61));
        assertThat(asking.outcome(verbatim)).isEqualTo("400");
        ClientAssertion elsewhere = new ClientAssertion(Asking.ID, endpoint -> "https://elsewhere", asking.clock);
        assertThat(asking.outcome(asking.with(ecKey(), elsewhere))).isEqualTo("400");
        assertThat(asking.as.assertionProblems()).containsExactly("jti missing or used before", "times", "aud");
    }

    @Test
    @Tag("I17")
    void neitherCallNorKeyShowsWhatIsSecret() throws Exception {
        FormCall call = new ClientSecretPost("me").with(asking.call(), new Secret(SECRET));
        assertThat(call.toString()).startsWith("POST http://127.0.0.1:").doesNotContain("secret", "token");
        assertThat(hmac(SECRET).toString()).isEqualTo("key for HS256");
        assertThat(new Secret(SECRET).toString()).isEqualTo("secret");
        assertThat(asking.log.lines()).isEmpty();
    }

    @Test
    void fieldsKeepTheirOrderAndAreEncoded() {
        FormCall call = new FormCall(
                        URI.create("https://as.example/introspect"),
                        "application/json",
                        Map.of("token", "a+b=&%\u20ac"),
                        Duration.ofSeconds(1),
                        10)
                .withField("client_id", "x y");
        assertThat(new String(List.of(call.toHttpCall()).get(0).body(), StandardCharsets.US_ASCII))
                .isEqualTo("token=a%2Bb%3D%26%25%E2%82%AC&client_id=x+y");
    }

    static SigningKey ecKey() throws UnusableFileException {
        return SigningKey.read(TestKeys.ec().privateJson().getBytes(StandardCharsets.UTF_8));
    }

    private static SigningKey hmac(String secret) throws UnusableFileException {
        return SigningKey.ofSecret(secret.getBytes(StandardCharsets.UTF_8));
    }

    private static JwtClaims claims(ReceivedRequest request) throws Exception {
        JsonWebSignature jws = new JsonWebSignature();
        jws.setCompactSerialization(request.field("client_assertion"));
        jws.setKey(TestKeys.ec().keyPair().getPublic());
        assertThat(jws.verifySignature()).isTrue();
        assertThat(jws.getHeader("kid")).isEqualTo(TestKeys.ec().kid());
        assertThat(jws.getAlgorithmHeaderValue()).isEqualTo("ES256");
        return JwtClaims.parse(jws.getPayload());
    }
}
