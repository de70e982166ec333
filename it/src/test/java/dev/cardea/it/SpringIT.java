package dev.cardea.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.it.environment.Application;
import dev.cardea.it.environment.Keycloak;
import dev.cardea.it.environment.Log;
import dev.cardea.it.environment.SpringAuthorizationServer;
import dev.cardea.it.environment.Wars;
import dev.cardea.testkit.contract.Expect;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The profile {@code spring} with tokens as a real Spring Authorization Server writes them without customizers. */
@ExtendWith(ArquillianExtension.class)
class SpringIT {
    private final SpringAuthorizationServer spring = SpringAuthorizationServer.shared();
    private final Application orders = Application.at("spring");
    private final Application strict = Application.at("spring-strict");

    private static final Log LOG = Log.fromNow();

    @Deployment(testable = false)
    static WebArchive withTheProfile() {
        return orders("spring", "spring");
    }

    @Deployment(name = "spring-strict", testable = false)
    static WebArchive withoutIt() {
        return orders("spring-strict", "generic");
    }

    @Test
    @Tag("T01")
    @Tag("T10")
    @Tag("accepts")
    @Tag("refuses")
    void aTokenWithoutTypeAndWithScopesInAnArrayIsReadByItsProfileOnly() throws Exception {
        String sufficient = spring.token("web", "orders:read");
        String insufficient = spring.token("web", "orders:write");
        assertThat(part(sufficient, 0)).doesNotContain("typ");
        assertThat(part(sufficient, 1)).contains("\"scope\":[", "\"nbf\":").doesNotContain("client_id", "azp");

        Expect.granted(orders.get("/api/orders", sufficient));
        Expect.insufficientScope(orders.get("/api/orders", insufficient), "orders:read");
        Expect.invalidToken(strict.get("/api/orders", sufficient));
    }

    /** It looks at one refused token in five seconds, and another test may have had this one's turn. */
    @Test
    @Tag("T01")
    @Tag("refuses")
    void theServersLogSaysOnceThatTheProfileIsMissing() throws Exception {
        String token = spring.token("web", "orders:read");
        for (int i = 0; i < 40 && hints().isEmpty(); i++) {
            Expect.invalidToken(strict.get("/api/orders", token));
            Thread.sleep(250);
        }
        assertThat(hints()).hasSize(1);
        for (int i = 0; i < 24; i++) {
            Expect.invalidToken(strict.get("/api/orders", token));
            Thread.sleep(250);
        }
        assertThat(hints()).hasSize(1);
    }

    private static List<String> hints() {
        return LOG.lines("signed is refused: typ is nothing", "cardea.issuer-profile=spring (now generic)");
    }

    @Test
    @Tag("T20")
    @Tag("W15")
    @Tag("accepts")
    @Tag("refuses")
    void theIdTokenOfTheSameLoginIsNoAccessToken() throws Exception {
        Keycloak.Login login = spring.login("openid", "orders:read");
        assertThat(part(login.idToken(), 0)).doesNotContain("typ");
        assertThat(part(login.idToken(), 1))
                .contains("\"aud\":\"web\"", "\"azp\":\"web\"")
                .doesNotContain("\"nbf\"");

        for (Application application : new Application[] {orders, strict}) {
            Expect.invalidToken(application.get("/api/whoami", login.idToken()));
            Expect.invalidToken(application.get("/api/whoami", login.refreshToken()));
        }
        Expect.granted(orders.get("/api/whoami", login.accessToken()));
    }

    private static WebArchive orders(String name, String profile) {
        Map<String, String> configuration = new LinkedHashMap<>();
        configuration.put("cardea.issuer", SpringAuthorizationServer.shared().issuer());
        configuration.put("cardea.issuer-profile", profile);
        configuration.put("cardea.audience", "web");
        configuration.put("cardea.allow-http-issuer", "true");
        return Wars.orders(name, configuration);
    }

    private static String part(String jwt, int index) {
        return new String(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[index]), StandardCharsets.UTF_8);
    }
}
