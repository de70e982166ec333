package dev.cardea.it;

import dev.cardea.it.environment.Keycloak;
import dev.cardea.it.environment.KeycloakCertificates;
import dev.cardea.it.environment.Server;
import dev.cardea.it.environment.TlsClients;
import dev.cardea.it.environment.Used;
import dev.cardea.it.environment.Wars;
import dev.cardea.testkit.TestClientCertificate;
import dev.cardea.testkit.contract.Expect;
import dev.cardea.testkit.contract.RawHttp;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that a real Keycloak has bound to the certificate with which the client asked for them. */
@ExtendWith(ArquillianExtension.class)
class KeycloakMutualTlsIT {
    private static final String VERIFYING = "keycloak-bound";
    private static final String INTROSPECTING = "keycloak-bound-introspecting";
    private static final String CLIENT = "certificate-batch";

    private final TlsClients clients = TlsClients.known();

    @Deployment(name = VERIFYING, testable = false)
    static WebArchive verifying() {
        return Wars.orders(VERIFYING, trustingKeycloak());
    }

    @Deployment(name = INTROSPECTING, testable = false)
    static WebArchive introspecting() {
        Map<String, String> configuration = trustingKeycloak();
        configuration.put("cardea.token.validation", "introspect");
        configuration.put("cardea.introspection.client-id", Keycloak.API);
        configuration.put("cardea.introspection.client-secret", Keycloak.API_SECRET);
        return Wars.orders(INTROSPECTING, configuration);
    }

    private static Map<String, String> trustingKeycloak() {
        KeycloakCertificates certificates = Keycloak.shared().certificates();
        Map<String, String> configuration = new LinkedHashMap<>();
        configuration.put("cardea.issuer", Keycloak.shared().tlsIssuer());
        configuration.put("cardea.issuer-profile", "keycloak");
        configuration.put("cardea.audience", Keycloak.API);
        configuration.put("cardea.http.trust-store", certificates.trustStore().toString());
        configuration.put(
                "cardea.http.trust-store-password-file",
                certificates.passwordFile().toString());
        return configuration;
    }

    @BeforeAll
    static void addClient() throws Exception {
        Keycloak.shared().addBoundClient(CLIENT, "orders:read");
    }

    @ParameterizedTest
    @ValueSource(strings = {VERIFYING, INTROSPECTING})
    @Tag("M01")
    @Tag("M02")
    @Tag("M04")
    void keycloaksBoundTokenIsGoodWithItsCertificateOnly(String name) throws Exception {
        String token = Keycloak.shared().tokenOverTls(CLIENT, clients.first(), "orders:read");
        for (String path : new String[] {"/api/orders", "/plain/servlet"}) {
            Expect.granted(at(name, clients.first()).get(path).bearer(token).send());
            Expect.invalidToken(
                    at(name, clients.second()).get(path).bearer(token).send());
            Expect.invalidToken(at(name, null).get(path).bearer(token).send());
        }
    }

    private static RawHttp at(String name, TestClientCertificate certificate) {
        return RawHttp.to(
                        Server.secureApplication(name),
                        TlsClients.presenting(certificate).getSocketFactory())
                .heardBy(Used::request);
    }
}
