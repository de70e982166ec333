package dev.cardea.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.it.environment.DpopClients;
import dev.cardea.it.environment.Keycloak;
import dev.cardea.it.environment.OidcProvider;
import dev.cardea.it.environment.Server;
import dev.cardea.it.environment.Wars;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients that others wrote, with tokens that others bound: openid-client, oauth4webapi and dpop call the orders application,
 * with a nonce and without, one call at a time and six at once. None fails.
 */
@EnabledIf(
        value = "dev.cardea.it.environment.DpopClients#isAvailable",
        disabledReason = "no Node.js with npm, or the npm packages cannot be had: see the log")
@ExtendWith(ArquillianExtension.class)
class DpopClientsIT {

    private static final String FREE = "clients";
    private static final String NONCE = "clients-nonce";
    private static final String OPAQUE = "clients-op";
    private static final String OPAQUE_NONCE = "clients-op-nonce";
    private static final String RESOURCE = "https://orders.example/";

    /** What {@code clients.js} tries, so that a script that ends early is found out. */
    private static final List<String> EVERYTHING = List.of(
            "ok openid-client: the token is bound",
            "ok openid-client: calls",
            "ok openid-client: six calls at once",
            "ok openid-client: six calls at once that need a nonce",
            "ok oauth4webapi: gets a token and calls",
            "ok oauth4webapi: learns a nonce from a refusal",
            "ok oauth4webapi: six calls at once that need a nonce, each tried twice",
            "ok oauth4webapi: reads both challenges where a bound token is sent as bearer",
            "ok oauth4webapi: is not believed with the key of somebody else",
            "ok oauth4webapi: is not believed twice",
            "ok dpop: calls with query and fragment in the proof",
            "ok dpop: brings a nonce");

    @Deployment(name = FREE, testable = false)
    static WebArchive free() {
        return Wars.orders(FREE, trustingKeycloak());
    }

    /** Nonces are good for five seconds, and there is a new one each second. */
    @Deployment(name = NONCE, testable = false)
    static WebArchive nonce() {
        Map<String, String> configuration = trustingKeycloak();
        configuration.put("cardea.dpop.nonce", "required");
        configuration.put("cardea.dpop.nonce-ttl", "5s");
        return Wars.orders(NONCE, configuration);
    }

    @Deployment(name = OPAQUE, testable = false)
    static WebArchive opaque() {
        return Wars.orders(OPAQUE, trustingOidcProvider());
    }

    @Deployment(name = OPAQUE_NONCE, testable = false)
    static WebArchive opaqueWithNonce() {
        Map<String, String> configuration = trustingOidcProvider();
        configuration.put("cardea.dpop.nonce", "required");
        return Wars.orders(OPAQUE_NONCE, configuration);
    }

    /** Keycloak knows no {@code Ed25519}. */
    @ParameterizedTest
    @ValueSource(strings = {"ES256", "PS256", "RS256"})
    @Tag("D12")
    @Tag("D23")
    @Tag("D25")
    @Tag("D27")
    @Tag("D28")
    @Tag("accepts")
    @Tag("refuses")
    void clientsThatOthersWroteGetAlongWithTokensOfKeycloak(String algorithm) throws Exception {
        boolean once = algorithm.equals("ES256");
        List<String> lines = DpopClients.run(new DpopClients.Settings(
                Keycloak.shared().issuer(),
                "bound-batch",
                "bound-batch-secret",
                "",
                algorithm,
                application(FREE),
                application(NONCE),
                once ? 7 : 0));

        assertThat(lines).allMatch(line -> line.startsWith("ok ")).containsAll(EVERYTHING);
        if (once) {
            assertThat(lines).contains("ok openid-client: six at a time while nonces are replaced");
        }
    }

    /** Whose own endpoint wants nonces too, which are none of ours. */
    @ParameterizedTest
    @CsvSource({"opaque, Ed25519", "jwt, Ed25519", "opaque, ES256"})
    @Tag("D29")
    @Tag("D38")
    @Tag("accepts")
    @Tag("refuses")
    void clientsThatOthersWroteGetAlongWithTokensOfOidcProvider(String kind, String algorithm) throws Exception {
        List<String> lines = DpopClients.run(new DpopClients.Settings(
                OidcProvider.shared().plain(),
                OidcProvider.BOUND_CLIENT,
                OidcProvider.secret(OidcProvider.BOUND_CLIENT),
                RESOURCE + kind,
                algorithm,
                application(OPAQUE),
                application(OPAQUE_NONCE),
                0));

        assertThat(lines).allMatch(line -> line.startsWith("ok ")).containsAll(EVERYTHING);
    }

    private static Map<String, String> trustingKeycloak() {
        Map<String, String> configuration = new LinkedHashMap<>();
        configuration.put("cardea.issuer", Keycloak.shared().issuer());
        configuration.put("cardea.issuer-profile", "keycloak");
        configuration.put("cardea.audience", Keycloak.API);
        configuration.put("cardea.allow-http-issuer", "true");
        return configuration;
    }

    private static Map<String, String> trustingOidcProvider() {
        return OidcProvider.trusting(
                OidcProvider.shared().plain(), "rs-default", RESOURCE + "opaque," + RESOURCE + "jwt");
    }

    private static URI application(String name) {
        return Server.application(name);
    }
}
