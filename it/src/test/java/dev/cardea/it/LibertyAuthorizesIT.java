package dev.cardea.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.it.environment.Application;
import dev.cardea.it.environment.LibertyAuthorizationServer;
import dev.cardea.it.environment.Log;
import dev.cardea.it.environment.Wars;
import dev.cardea.testkit.contract.Expect;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opaque tokens of Open Liberty's own authorization server, whose introspection answers name no audience. */
@ExtendWith(ArquillianExtension.class)
class LibertyAuthorizesIT {

    private static final String BASIC = "liberty-basic";
    private static final String POST = "liberty-post";
    private static final String STRICT = "liberty-strict";

    private static final LibertyAuthorizationServer LIBERTY = LibertyAuthorizationServer.start();

    @AfterAll
    static void stop() {
        LIBERTY.close();
    }

    @Deployment(name = BASIC, testable = false)
    static WebArchive byBasic() {
        return orders(BASIC, "client_secret_basic", "true");
    }

    @Deployment(name = POST, testable = false)
    static WebArchive byPost() {
        return orders(POST, "client_secret_post", "true");
    }

    @Deployment(name = STRICT, testable = false)
    static WebArchive withoutTheRelaxation() {
        return orders(STRICT, "client_secret_basic", "false");
    }

    private static WebArchive orders(String name, String method, String allowMissingAudience) {
        Map<String, String> configuration = new LinkedHashMap<>();
        configuration.put("cardea.issuer", LIBERTY.issuer());
        configuration.put("cardea.audience", "orders-api");
        configuration.put("cardea.allow-http-issuer", "true");
        configuration.put("cardea.token.validation", "introspect");
        configuration.put("cardea.introspection.auth-method", method);
        configuration.put("cardea.introspection.client-id", LibertyAuthorizationServer.API);
        configuration.put("cardea.introspection.client-secret", LibertyAuthorizationServer.API_SECRET);
        configuration.put("cardea.introspection.allow-missing-audience", allowMissingAudience);
        return Wars.orders(name, configuration);
    }

    @ParameterizedTest
    @ValueSource(strings = {BASIC, POST})
    @Tag("I03")
    @Tag("I11")
    void itsTokensAreGoodWhereAMissingAudienceIsAllowed(String name) throws Exception {
        Application orders = Application.at(name);

        Expect.granted(orders.get("/api/orders", LIBERTY.token("orders:read")));
        Expect.insufficientScope(orders.get("/api/orders", LIBERTY.token("orders:write")), "orders:read");
        Expect.invalidToken(orders.get("/api/orders", "never-issued-by-anybody"));
    }

    @Test
    @Tag("I11")
    void theyAreRefusedWhereItIsNot() throws Exception {
        String token = LIBERTY.token("orders:read");
        Log log = Log.fromNow();

        Expect.invalidToken(Application.at(STRICT).get("/api/orders", token));
        Expect.granted(Application.at(BASIC).get("/api/orders", token));
        assertThat(log.lines("aud")).isNotEmpty();
    }
}
