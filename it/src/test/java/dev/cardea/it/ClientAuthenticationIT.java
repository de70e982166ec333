package dev.cardea.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.it.environment.Application;
import dev.cardea.it.environment.Keycloak;
import dev.cardea.it.environment.KeycloakCertificates;
import dev.cardea.it.environment.Log;
import dev.cardea.it.environment.SecretFiles;
import dev.cardea.it.environment.SpringAuthorizationServer;
import dev.cardea.it.environment.Used;
import dev.cardea.it.environment.Wars;
import dev.cardea.testkit.TestKey;
import dev.cardea.testkit.TestKeys;
import dev.cardea.testkit.contract.Expect;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every method by which a resource server can say who it is, at the products that know it: each deployment asks with its own,
 * and one beside it with wrong credentials. {@code client_secret_basic} is what other tests have, at Keycloak {@code KeycloakIT}.
 */
@ExtendWith(ArquillianExtension.class)
class ClientAuthenticationIT {

    private static final String POST = "auth-post";
    private static final String SECRET_JWT = "auth-secret-jwt";
    private static final String KEY_JWT = "auth-key-jwt";
    private static final String KEY_JWT_ED = "auth-key-jwt-ed";
    private static final String KEY_JWT_WRONG = "auth-key-jwt-wrong";
    private static final String TLS = "auth-tls";
    private static final String TLS_WRONG = "auth-tls-wrong";
    private static final String SPRING_POST = "auth-spring-post";
    private static final String LONG_SECRET = "a secret of more than 256 bits, for HS256";

    private final Keycloak keycloak = Keycloak.shared();

    // Deployments

    @Deployment(name = POST, testable = false)
    static WebArchive byPost() {
        return keycloak(POST, "client_secret_post", Keycloak.API, Map.of("client-secret", Keycloak.API_SECRET));
    }

    @Deployment(name = SECRET_JWT, testable = false)
    static WebArchive bySecretJwt() throws Exception {
        Keycloak.shared()
                .addIntrospector(
                        SECRET_JWT,
                        "\"clientAuthenticatorType\": \"client-secret-jwt\", \"secret\": \"" + LONG_SECRET + "\"",
                        "\"token.endpoint.auth.signing.alg\": \"HS256\"");
        return keycloak(SECRET_JWT, "client_secret_jwt", SECRET_JWT, Map.of("client-secret", LONG_SECRET));
    }

    @Deployment(name = KEY_JWT, testable = false)
    static WebArchive byKey() throws Exception {
        TestKey key = TestKeys.newKey("orders-key", "PS256");
        knows(KEY_JWT, key);
        return byKey(KEY_JWT, KEY_JWT, key);
    }

    @Deployment(name = KEY_JWT_ED, testable = false)
    static WebArchive byEd25519() throws Exception {
        TestKey key = TestKeys.newKey("orders-ed", "EdDSA");
        knows(KEY_JWT_ED, key);
        return byKey(KEY_JWT_ED, KEY_JWT_ED, key);
    }

    @Deployment(name = KEY_JWT_WRONG, testable = false)
    static WebArchive byAnotherKey() {
        return byKey(KEY_JWT_WRONG, KEY_JWT, TestKeys.newKey("orders-key", "PS256"));
    }

    private static void knows(String client, TestKey key) throws Exception {
        Keycloak.shared()
                .addIntrospector(
                        client,
                        "\"clientAuthenticatorType\": \"client-jwt\"",
                        "\"use.jwks.string\": \"true\", \"jwks.string\": \""
                                + TestKeys.jwks(key).replace("\"", "\\\"") + "\"");
    }

    private static WebArchive byKey(String name, String client, TestKey key) {
        return keycloak(
                name,
                "private_key_jwt",
                client,
                Map.of("key", SecretFiles.key(name + ".jwk", key.privateJson()).toString()));
    }

    @Deployment(name = TLS, testable = false)
    static WebArchive byCertificate() throws Exception {
        Keycloak.shared()
                .addIntrospector(
                        "orders-api-mtls",
                        "\"clientAuthenticatorType\": \"client-x509\"",
                        "\"x509.subjectdn\": \"CN=orders-api-mtls\","
                                + " \"x509.allow.regex.pattern.comparison\": \"false\"");
        return overTls(TLS, Keycloak.shared().certificates().client().toString());
    }

    @Deployment(name = TLS_WRONG, testable = false)
    static WebArchive byAnotherCertificate() {
        return overTls(TLS_WRONG, Keycloak.shared().certificates().otherClient().toString());
    }

    private static WebArchive overTls(String name, String keyStore) {
        KeycloakCertificates certificates = Keycloak.shared().certificates();
        Map<String, String> configuration = introspecting("tls_client_auth", "orders-api-mtls", Map.of());
        configuration.put("cardea.issuer", Keycloak.shared().tlsIssuer());
        configuration.put("cardea.issuer-profile", "keycloak");
        configuration.put("cardea.audience", Keycloak.API);
        configuration.put("cardea.http.trust-store", certificates.trustStore().toString());
        configuration.put(
                "cardea.http.trust-store-password-file",
                certificates.passwordFile().toString());
        configuration.put("cardea.http.key-store", keyStore);
        configuration.put(
                "cardea.http.key-store-password-file",
                certificates.passwordFile().toString());
        return Wars.orders(name, configuration);
    }

    private static WebArchive keycloak(String name, String method, String client, Map<String, String> credentials) {
        Map<String, String> configuration = introspecting(method, client, credentials);
        configuration.put("cardea.issuer", Keycloak.shared().issuer());
        configuration.put("cardea.issuer-profile", "keycloak");
        configuration.put("cardea.audience", Keycloak.API);
        configuration.put("cardea.allow-http-issuer", "true");
        return Wars.orders(name, configuration);
    }

    @Deployment(name = SPRING_POST, testable = false)
    static WebArchive springByPost() {
        Map<String, String> configuration = Wars.trustingSpring();
        configuration.put("cardea.introspection.auth-method", "client_secret_post");
        return Wars.orders(SPRING_POST, configuration);
    }

    private static Map<String, String> introspecting(String method, String client, Map<String, String> credentials) {
        Map<String, String> configuration = new LinkedHashMap<>();
        configuration.put("cardea.token.validation", "introspect");
        configuration.put("cardea.introspection.cache.ttl", "0s");
        configuration.put("cardea.introspection.auth-method", method);
        configuration.put("cardea.introspection.client-id", client);
        credentials.forEach((key, value) -> configuration.put("cardea.introspection." + key, value));
        return configuration;
    }

    // Tests

    @ParameterizedTest
    @ValueSource(strings = {POST, SECRET_JWT, KEY_JWT, KEY_JWT_ED})
    @Tag("I03")
    void keycloakAnswersToWhomItKnowsBySecretOrKey(String name) throws Exception {
        Application orders = Application.at(name);
        String sufficient = keycloak.token("batch", "orders:read");
        String insufficient = keycloak.token("batch");

        Expect.granted(orders.get("/api/orders", sufficient));
        Expect.granted(orders.get("/api/orders", sufficient));
        Expect.insufficientScope(orders.get("/api/orders", insufficient), "orders:read");
        keycloak.revoke("batch", sufficient);
        Expect.invalidToken(orders.get("/api/orders", sufficient));
    }

    @Test
    @Tag("I03")
    @Tag("I07")
    void keycloakAnswersToACertificateAndToNoOther() throws Exception {
        String token = keycloak.tokenOverTls("batch", "orders:read");
        Used.secret(token);

        Expect.granted(Application.at(TLS).get("/api/orders", token));
        Log log = Log.fromNow();
        assertThat(Application.at(TLS_WRONG).get("/api/orders", token).status()).isEqualTo(503);
        assertThat(log.errors("refuses our credentials")).isNotEmpty();
    }

    @Test
    @Tag("I07")
    void keycloakAnswersToNoOtherKey() throws Exception {
        String token = keycloak.token("batch", "orders:read");

        Expect.granted(Application.at(KEY_JWT).get("/api/orders", token));
        Log log = Log.fromNow();
        assertThat(Application.at(KEY_JWT_WRONG).get("/api/orders", token).status())
                .isEqualTo(503);
        assertThat(log.errors("refuses our credentials")).isNotEmpty();
    }

    @Test
    @Tag("I03")
    void springAnswersToASecretInTheBody() throws Exception {
        Application orders = Application.at(SPRING_POST);
        SpringAuthorizationServer spring = SpringAuthorizationServer.shared();

        Expect.granted(orders.get("/api/orders", spring.token("orders-client-opaque", "orders:read")));
        Expect.insufficientScope(
                orders.get("/api/orders", spring.token("orders-client-opaque", "orders:write")), "orders:read");
    }
}
