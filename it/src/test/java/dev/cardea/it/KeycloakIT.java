package dev.cardea.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.it.app.RolesResource;
import dev.cardea.it.app.SubjectTypeResource;
import dev.cardea.it.environment.Application;
import dev.cardea.it.environment.Keycloak;
import dev.cardea.it.environment.Wars;
import dev.cardea.testkit.contract.Expect;
import dev.cardea.testkit.contract.RawResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The orders application with a real Keycloak: its tokens verified here in one deployment, introspected in another. */
@ExtendWith(ArquillianExtension.class)
class KeycloakIT {

    private static final String VERIFYING = "keycloak";
    private static final String INTROSPECTING = "keycloak-introspecting";

    private static final Pattern SUBJECT = Pattern.compile("\"sub\":\"([0-9a-f-]{36})\"");
    private static final Pattern HEADER_KID = Pattern.compile("\"kid\"\\s*:\\s*\"([^\"]+)\"");

    private final Keycloak keycloak = Keycloak.shared();
    private final Application verifying = Application.at(VERIFYING);
    private final Application introspecting = Application.at(INTROSPECTING);

    @Deployment(testable = false)
    static WebArchive verifying() {
        return orders(VERIFYING, trustingKeycloak());
    }

    @Deployment(name = INTROSPECTING, testable = false)
    static WebArchive introspecting() {
        Map<String, String> configuration = trustingKeycloak();
        configuration.put("cardea.token.validation", "introspect");
        configuration.put("cardea.introspection.client-id", Keycloak.API);
        configuration.put("cardea.introspection.client-secret", Keycloak.API_SECRET);
        configuration.put("cardea.introspection.cache.ttl", "0s");
        return orders(INTROSPECTING, configuration);
    }

    @ParameterizedTest
    @ValueSource(strings = {VERIFYING, INTROSPECTING})
    @Tag("B16")
    void aUserReadsOrdersWithTheScopeAndOnlyWithIt(String name) throws Exception {
        Application orders = Application.at(name);
        String sufficient = keycloak.login("web-shop", "alice", "orders:read").accessToken();
        String insufficient =
                keycloak.login("web-shop", "alice", "orders:write").accessToken();

        for (String path : new String[] {"/api/orders", "/plain/servlet"}) {
            Expect.challenged(orders.get(path));
            Expect.insufficientScope(orders.get(path, insufficient), "orders:read");
            Expect.granted(orders.get(path, sufficient));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {VERIFYING, INTROSPECTING})
    @Tag("T20")
    @Tag("accepts")
    @Tag("refuses")
    void idTokenAndRefreshTokenOfTheSameLoginAreNoAccessTokens(String name) throws Exception {
        Application orders = Application.at(name);
        Keycloak.Login login = keycloak.login("web-shop", "alice", "orders:read");

        Expect.invalidToken(orders.get("/api/whoami", login.idToken()));
        Expect.invalidToken(orders.get("/api/whoami", login.refreshToken()));
        Expect.granted(orders.get("/api/whoami", login.accessToken()));
    }

    @ParameterizedTest
    @ValueSource(strings = {VERIFYING, INTROSPECTING})
    @Tag("T03")
    @Tag("C01")
    @Tag("accepts")
    @Tag("refuses")
    void aTokenOfTheSameRealmForNobodyInParticularIsRefused(String name) throws Exception {
        Application orders = Application.at(name);
        String without = keycloak.login("web-shop-without-audience", "alice", "orders:read")
                .accessToken();
        String with = keycloak.login("web-shop", "alice", "orders:read").accessToken();

        Expect.invalidToken(orders.get("/api/orders", without));
        Expect.granted(orders.get("/api/orders", with));
    }

    /** {@code clerk} is a role of the realm, {@code packer} one of the client that stands for the application. */
    @ParameterizedTest
    @CsvSource({
        VERIFYING + ",clerk",
        VERIFYING + ",packer",
        INTROSPECTING + ",clerk",
        INTROSPECTING + ",packer",
    })
    @Tag("T10")
    void rolesOfTheRealmAndOfTheApplicationsClientOpenWhatTheyShould(String name, String role) throws Exception {
        Application orders = Application.at(name);
        String alice = keycloak.login("web-shop", "alice").accessToken();
        String bob = keycloak.login("web-shop", "bob").accessToken();

        RawResponse refused = orders.get("/api/roles/" + role, bob);
        assertThat(refused.status()).as("%s", refused).isEqualTo(403);
        assertThat(refused.body()).doesNotContain("secret");
        Expect.granted(orders.get("/api/whoami", bob));
        Expect.granted(orders.get("/api/roles/" + role, alice));
    }

    /** Both header types and all algorithms: of a user's token, and of these clients' own. */
    @ParameterizedTest
    @CsvSource({
        "batch, RS256, JWT",
        "batch-rfc9068, RS256, at+jwt",
        "batch-ps256, PS256, JWT",
        "batch-es256, ES256, JWT",
        "batch-eddsa, EdDSA, JWT",
    })
    @Tag("T01")
    @Tag("T04")
    void serviceAccountsAreServedWhateverTheirTokensAreSignedWith(String client, String algorithm, String type)
            throws Exception {
        String sufficient = keycloak.token(client, "orders:read");
        String insufficient = keycloak.token(client);
        assertThat(header(sufficient)).contains('"' + algorithm + '"', '"' + type + '"');

        for (Application orders : new Application[] {verifying, introspecting}) {
            Expect.insufficientScope(orders.get("/api/orders", insufficient), "orders:read");
            Expect.granted(orders.get("/api/orders", sufficient));
        }
    }

    /** Keycloak's introspection leaves out the claims that mark a service account, so nothing is concluded there. */
    @ParameterizedTest
    @CsvSource({VERIFYING + ",CLIENT", INTROSPECTING + ",UNKNOWN"})
    @Tag("C04")
    @Tag("C05")
    void userAndServiceAccountAreToldApart(String name, String serviceAccount) throws Exception {
        Application orders = Application.at(name);
        String alice = keycloak.login("web-shop", "alice", "orders:read").accessToken();
        String batch = keycloak.token("batch", "orders:read");

        String user = orders.get("/api/whoami", alice).body();
        String service = orders.get("/api/whoami", batch).body();

        assertThat(user)
                .contains("\"client\":\"web-shop\"", "\"orders:read\"", "\"clerk\"", "\"packer\"")
                .contains("\"issuer\":\"" + keycloak.issuer() + '"');
        assertThat(service)
                .contains("\"client\":\"batch\"", "\"orders:read\"")
                .contains("\"issuer\":\"" + keycloak.issuer() + '"')
                .doesNotContain("\"clerk\"", "\"packer\"");
        assertThat(orders.get("/api/subject-type", alice).body()).isEqualTo("USER");
        assertThat(orders.get("/api/subject-type", batch).body()).isEqualTo(serviceAccount);
        assertThat(subject(user)).isNotEqualTo(subject(service));
        assertThat(orders.get("/plain/servlet", alice).body()).isEqualTo("hello alice");
        assertThat(orders.get("/plain/servlet", batch).body()).isEqualTo("hello service-account-batch");
    }

    @Test
    @Tag("T07")
    @Tag("I10")
    @Tag("accepts")
    @Tag("refuses")
    void aUsersLightweightTokenIsGoodForIntrospectionOnly() throws Exception {
        String light = keycloak.login("web-shop-light", "alice", "orders:read").accessToken();
        String ordinary = keycloak.login("web-shop", "alice", "orders:read").accessToken();

        Expect.invalidToken(verifying.get("/api/orders", light));
        Expect.granted(verifying.get("/api/orders", ordinary));
        Expect.granted(introspecting.get("/api/orders", light));
        Expect.granted(introspecting.get("/api/roles/clerk", light));
        assertThat(introspecting.get("/plain/servlet", light).body()).isEqualTo("hello alice");
        assertThat(introspecting.get("/api/subject-type", light).body()).isEqualTo("USER");
    }

    @Test
    @Tag("I06")
    @Tag("I16")
    void introspectionHearsOfALogoutAtOnceAndLocalVerificationDoesNot() throws Exception {
        Keycloak.Login leaving = keycloak.login("web-shop", "alice", "orders:read");
        Keycloak.Login staying = keycloak.login("web-shop", "alice", "orders:read");
        Expect.granted(introspecting.get("/api/orders", leaving.accessToken()));

        keycloak.logOut("web-shop", leaving);

        Expect.invalidToken(introspecting.get("/api/orders", leaving.accessToken()));
        Expect.granted(introspecting.get("/api/orders", staying.accessToken()));
        Expect.granted(verifying.get("/api/orders", leaving.accessToken()));
    }

    @Test
    @Tag("B15")
    @Tag("I16")
    void introspectionHearsOfARevocationAtOnce() throws Exception {
        String revoked = keycloak.token("batch", "orders:read");
        String other = keycloak.token("batch", "orders:read");
        Expect.granted(introspecting.get("/api/orders", revoked));

        keycloak.revoke("batch", revoked);

        Expect.invalidToken(introspecting.get("/api/orders", revoked));
        Expect.granted(introspecting.get("/api/orders", other));
    }

    @Test
    @Tag("T15")
    @Tag("accepts")
    void aNewKeyIsTakenUpWithoutARedeploymentAndTheOldOneStays() throws Exception {
        String before = keycloak.token("batch", "orders:read");
        Expect.granted(verifying.get("/api/orders", before));

        keycloak.addSigningKey();
        String after = keycloak.token("batch", "orders:read");
        String insufficient = keycloak.token("batch");
        assertThat(kid(after)).isNotEqualTo(kid(before));

        Expect.granted(verifying.get("/api/orders", after));
        Expect.insufficientScope(verifying.get("/api/orders", insufficient), "orders:read");
        Expect.granted(verifying.get("/api/orders", before));
        Expect.granted(introspecting.get("/api/orders", after));
        Expect.granted(introspecting.get("/api/orders", before));
    }

    @Test
    @Tag("I06")
    void introspectionRefusesATokenWhoseKeyWasRemoved() throws Exception {
        String key = keycloak.addSigningKey();
        String signedWithIt = keycloak.token("batch", "orders:read");
        Expect.granted(introspecting.get("/api/orders", signedWithIt));

        keycloak.removeSigningKey(key);

        Expect.invalidToken(introspecting.get("/api/orders", signedWithIt));
        Expect.granted(introspecting.get("/api/orders", keycloak.token("batch", "orders:read")));
    }

    private static Map<String, String> trustingKeycloak() {
        Map<String, String> configuration = new LinkedHashMap<>();
        configuration.put("cardea.issuer", Keycloak.shared().issuer());
        configuration.put("cardea.issuer-profile", "keycloak");
        configuration.put("cardea.audience", Keycloak.API);
        configuration.put("cardea.roles.claims", "realm_access/roles,resource_access/" + Keycloak.API + "/roles");
        configuration.put("cardea.principal.claim", "preferred_username");
        configuration.put("cardea.allow-http-issuer", "true");
        return configuration;
    }

    private static WebArchive orders(String name, Map<String, String> configuration) {
        return Wars.orders(name, configuration).addClasses(RolesResource.class, SubjectTypeResource.class);
    }

    private static String subject(String whoAmI) {
        return found(SUBJECT, whoAmI);
    }

    private static String kid(String jwt) {
        return found(HEADER_KID, header(jwt));
    }

    private static String header(String jwt) {
        return new String(Base64.getUrlDecoder().decode(jwt.substring(0, jwt.indexOf('.'))), StandardCharsets.UTF_8);
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
    }
}
