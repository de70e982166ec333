package dev.cardea.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.token.DPoPTokenError;
import dev.cardea.it.environment.Keycloak;
import dev.cardea.it.environment.NimbusClient;
import dev.cardea.it.environment.Server;
import dev.cardea.it.environment.SpringAuthorizationServer;
import dev.cardea.it.environment.Used;
import dev.cardea.it.environment.Wars;
import dev.cardea.testkit.contract.Expect;
import dev.cardea.testkit.contract.RawHttp;
import dev.cardea.testkit.contract.RawRequest;
import dev.cardea.testkit.contract.RawResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole way of a bound token: a real authorization server binds it to a key, the client's library proves that it has the
 * key, the orders application believes it. Nothing of it was written here but the application's guard.
 */
@ExtendWith(ArquillianExtension.class)
class DpopLoopIT {

    private static final String KEYCLOAK = "dpop-keycloak";
    private static final String KEYCLOAK_INTROSPECTING = "dpop-keycloak-introspecting";
    private static final String SPRING = "dpop-spring";
    private static final String SPRING_PROFILE = "dpop-spring-profile";
    private static final String NONCE = "dpop-nonce";

    /** Whose token, and in which application: a JWT verified here, or any token that is asked about. */
    enum Way {
        KEYCLOAK_JWT(KEYCLOAK, "bound-batch"),
        KEYCLOAK_JWT_INTROSPECTED(KEYCLOAK_INTROSPECTING, "bound-batch"),
        KEYCLOAK_LIGHTWEIGHT(KEYCLOAK_INTROSPECTING, "bound-batch-light"),
        SPRING_JWT(SPRING, "orders-client"),
        SPRING_OPAQUE(SPRING, "orders-client-opaque"),
        SPRING_AS_IT_IS(SPRING_PROFILE, "web");

        private final String application;
        private final String client;

        Way(String application, String client) {
            this.application = application;
            this.client = client;
        }

        String token(NimbusClient nimbus, String... scopes) throws Exception {
            URI endpoint = name().startsWith("KEYCLOAK")
                    ? Keycloak.shared().tokenEndpoint()
                    : SpringAuthorizationServer.shared().tokenEndpoint();
            return nimbus.token(endpoint, client, scopes);
        }
    }

    @Deployment(name = KEYCLOAK, testable = false)
    static WebArchive keycloak() {
        return Wars.orders(KEYCLOAK, trustingKeycloak());
    }

    @Deployment(name = KEYCLOAK_INTROSPECTING, testable = false)
    static WebArchive introspecting() {
        Map<String, String> configuration = trustingKeycloak();
        configuration.put("cardea.token.validation", "introspect");
        configuration.put("cardea.introspection.client-id", Keycloak.API);
        configuration.put("cardea.introspection.client-secret", Keycloak.API_SECRET);
        return Wars.orders(KEYCLOAK_INTROSPECTING, configuration);
    }

    @Deployment(name = SPRING, testable = false)
    static WebArchive spring() {
        return Wars.orders(SPRING, Wars.trustingSpring());
    }

    @Deployment(name = SPRING_PROFILE, testable = false)
    static WebArchive springProfile() {
        Map<String, String> configuration = new LinkedHashMap<>();
        configuration.put("cardea.issuer", SpringAuthorizationServer.shared().issuer());
        configuration.put("cardea.issuer-profile", "spring");
        configuration.put("cardea.audience", "web");
        configuration.put("cardea.allow-http-issuer", "true");
        return Wars.orders(SPRING_PROFILE, configuration);
    }

    @Deployment(name = NONCE, testable = false)
    static WebArchive nonce() {
        Map<String, String> configuration = trustingKeycloak();
        configuration.put("cardea.dpop.nonce", "required");
        return Wars.orders(NONCE, configuration);
    }

    static Stream<Arguments> waysAndAlgorithms() {
        return Arrays.stream(Way.values())
                .flatMap(way -> Stream.of("ES256", "ES384", "PS256", "RS256").map(name -> Arguments.of(way, name)));
    }

    @ParameterizedTest
    @MethodSource("waysAndAlgorithms")
    @Tag("D15")
    @Tag("D17")
    @Tag("D19")
    @Tag("D30")
    @Tag("D38")
    @Tag("accepts")
    @Tag("refuses")
    void aTokenIsGoodForItsOwnerAndForNobodyElse(Way way, String algorithm) throws Exception {
        NimbusClient owner = NimbusClient.signingWith(algorithm);
        NimbusClient thief = NimbusClient.signingWith(algorithm);
        String token = way.token(owner, "orders:read", "orders:write");

        for (String path : new String[] {"api/orders", "plain/servlet"}) {
            URI uri = uri(way.application, path);
            RawRequest get = get(way.application, path);
            RawRequest owners = get.dpop(token, owner.proof("GET", uri, token));

            Expect.invalidToken(get.bearer(token).send());
            Expect.invalidProof(get.header("Authorization", "DPoP " + token).send());
            Expect.invalidBoundToken(
                    get.dpop(token, thief.proof("GET", uri, token)).send());
            Expect.granted(owners.send());
            Expect.invalidProof(owners.send());
        }
        URI orders = uri(way.application, "api/orders");
        RawRequest post = http(way.application)
                .request("POST", "/api/orders")
                .body("application/json", "{\"item\":\"lamp\",\"quantity\":1}");
        Expect.invalidProof(post.dpop(token, owner.proof("GET", orders, token)).send());
        Expect.granted(post.dpop(token, owner.proof("POST", orders, token)).send());
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D14")
    @Tag("D22")
    @Tag("accepts")
    @Tag("refuses")
    void aProofIsForOneTokenAndAScopeIsNeededToo(Way way) throws Exception {
        NimbusClient client = NimbusClient.signingWith("ES256");
        String reader = way.token(client, "orders:read");
        String writer = way.token(client, "orders:write");
        URI uri = uri(way.application, "api/orders");
        RawRequest get = get(way.application, "api/orders");

        Expect.invalidProof(get.dpop(reader, client.proof("GET", uri, writer)).send());
        Expect.insufficientBoundScope(
                get.dpop(writer, client.proof("GET", uri, writer)).send(), "orders:read");
        Expect.granted(get.dpop(reader, client.proof("GET", uri, reader)).send());
    }

    /** Its token has a member more in {@code cnf}, on which some resource servers give up. */
    @Test
    @Tag("M14")
    @Tag("accepts")
    void keycloaksOwnMemberOfTheConfirmationDisturbsNobody() throws Exception {
        NimbusClient client = NimbusClient.signingWith("ES256");
        String token = Way.KEYCLOAK_JWT.token(client, "orders:read");
        String claims = new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
        assertThat(claims).contains("\"jkt\"", "\"kc-jkt-type\"", "\"typ\":\"DPoP\"");

        URI uri = uri(KEYCLOAK, "api/orders");
        Expect.granted(get(KEYCLOAK, "api/orders")
                .dpop(token, client.proof("GET", uri, token))
                .send());
    }

    @Test
    @Tag("D12")
    @Tag("D25")
    @Tag("D27")
    @Tag("accepts")
    @Tag("refuses")
    void whereANonceIsRequiredTheClientLearnsItFromTheRefusal() throws Exception {
        NimbusClient client = NimbusClient.signingWith("ES256");
        String token = Way.KEYCLOAK_JWT.token(client, "orders:read");
        URI uri = uri(NONCE, "api/orders");
        RawRequest get = get(NONCE, "api/orders");

        RawResponse refused = get.dpop(token, client.proof("GET", uri, token)).send();
        String nonce = Expect.nonceNeeded(refused);
        assertThat(nimbusReads(refused).getCode()).isEqualTo("use_dpop_nonce");
        RawRequest good = get.dpop(token, client.proof("GET", uri, token, nonce));
        RawResponse granted = good.send();
        Expect.granted(granted);
        assertThat(granted.all("DPoP-Nonce")).as("none but a newer one").doesNotContain(nonce);
        Expect.invalidProof(good.send());
        Expect.granted(get.dpop(token, client.proof("GET", uri, token, nonce)).send());
        Expect.nonceNeeded(
                get.dpop(token, client.proof("GET", uri, token, nonce + "A")).send());
        NimbusClient other = NimbusClient.signingWith("ES256");
        String others = Way.KEYCLOAK_JWT.token(other, "orders:read");
        Expect.nonceNeeded(
                get.dpop(others, other.proof("GET", uri, others, nonce)).send());
    }

    /** Nimbus parses what it is told: the scheme, the code, the realm, the algorithms. */
    @Test
    @Tag("D21")
    @Tag("D22")
    void anotherLibraryUnderstandsOurChallenges() throws Exception {
        NimbusClient client = NimbusClient.signingWith("ES256");
        String token = Way.KEYCLOAK_JWT.token(client, "orders:read");
        RawRequest get = get(KEYCLOAK, "api/orders");

        DPoPTokenError none = nimbusReads(get.send());
        assertThat(none.getCode()).isNull();
        assertThat(none.getJWSAlgorithms()).extracting("name").contains("ES256", "PS256", "Ed25519");
        assertThat(none.getRealm()).isNotBlank();
        DPoPTokenError unproven =
                nimbusReads(get.header("Authorization", "DPoP " + token).send());
        assertThat(unproven.getCode()).isEqualTo("invalid_dpop_proof");
        DPoPTokenError elsewhere = nimbusReads(get.dpop(token, client.proof("GET", uri(KEYCLOAK, "api/both"), token))
                .send());
        assertThat(elsewhere.getCode()).isEqualTo("invalid_dpop_proof");
        Expect.granted(get.dpop(token, client.proof("GET", uri(KEYCLOAK, "api/orders"), token))
                .send());
    }

    private static DPoPTokenError nimbusReads(RawResponse refused) throws Exception {
        String challenge = refused.all("WWW-Authenticate").stream()
                .filter(field -> field.startsWith("DPoP "))
                .findFirst()
                .orElseThrow();
        return DPoPTokenError.parse(challenge);
    }

    private static Map<String, String> trustingKeycloak() {
        Map<String, String> configuration = new LinkedHashMap<>();
        configuration.put("cardea.issuer", Keycloak.shared().issuer());
        configuration.put("cardea.issuer-profile", "keycloak");
        configuration.put("cardea.audience", Keycloak.API);
        configuration.put("cardea.allow-http-issuer", "true");
        return configuration;
    }

    private static RawHttp http(String application) {
        return RawHttp.to(Server.application(application)).heardBy(Used::request);
    }

    private static RawRequest get(String application, String path) {
        return http(application).get("/" + path);
    }

    private static URI uri(String application, String path) {
        return Server.application(application).resolve(path);
    }
}
