package dev.cardea.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.it.app.GuardedResource;
import dev.cardea.it.app.ManagedResource;
import dev.cardea.it.app.PathApplication;
import dev.cardea.it.app.ScopedServlet;
import dev.cardea.it.environment.Application;
import dev.cardea.it.environment.Wars;
import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.TransportFault;
import dev.cardea.testkit.contract.Expect;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Path rules that say how tokens are validated, and what an operator sees and does while the application runs. */
@ExtendWith(ArquillianExtension.class)
class FreshnessIT {
    private static final TestAuthorizationServer AS = TestAuthorizationServer.start(Clock.systemUTC());

    private final Application app = Application.at("freshness");

    @Deployment(testable = false)
    static WebArchive freshness() {
        Map<String, String> configuration = Wars.trusting(AS);
        configuration.put("cardea.introspection.cache.ttl", "1h");
        configuration.put("cardea.introspection.retry.attempts", "1");
        configuration.put("cardea.introspection.breaker.failures", "64");
        configuration.put("cardea.introspection.breaker.window", "64");
        configuration.put("cardea.stale-for", "1h");
        // The servlet asks every time, JWTs included; the resource takes what is remembered.
        configuration.put("cardea.routes.strict.path", "/freshness/scoped");
        configuration.put("cardea.routes.strict.validation", "local-and-introspect");
        configuration.put("cardea.routes.strict.introspection-max-age", "0s");
        return Wars.of(
                "freshness",
                configuration,
                PathApplication.class,
                GuardedResource.class,
                ManagedResource.class,
                ScopedServlet.class);
    }

    @AfterEach
    void heal() throws Exception {
        AS.heal();
        manage("when-unavailable?word=");
    }

    @AfterAll
    static void stop() {
        AS.close();
    }

    private String manage(String what) throws Exception {
        return app.get("/api/manage/" + what, AS.issueJwt("orders:manage")).body();
    }

    private static String tokenOf(String subject) {
        Map<String, @Nullable Object> metadata = new HashMap<>(AS.metadata("orders:read"));
        metadata.put("sub", subject);
        return AS.issueOpaque(metadata);
    }

    @Test
    @Tag("N02")
    void aStrictPathAsksEveryTimeAndWhatItLearnsHoldsEverywhere() throws Exception {
        String token = tokenOf("alice");
        Expect.granted(app.get("/api/guarded", token));
        Expect.granted(app.get("/scoped", token));
        AS.revoke(token);
        Expect.granted(app.get("/api/guarded", token));
        Expect.invalidToken(app.get("/scoped", token));
        Expect.invalidToken(app.get("/api/guarded", token));
    }

    @Test
    @Tag("N14")
    void aPathMayHaveJwtsIntrospected() throws Exception {
        String jwt = AS.issueJwt("orders:read");
        Expect.granted(app.get("/api/guarded", jwt));
        Expect.granted(app.get("/scoped", jwt));
        AS.revoke(jwt);
        Expect.granted(app.get("/api/guarded", jwt));
        Expect.invalidToken(app.get("/scoped", jwt));
        Expect.granted(app.get("/api/guarded", jwt));
    }

    @Test
    @Tag("N02")
    void anApplicationInvalidatesWhatIsRemembered() throws Exception {
        String alices = tokenOf("alice");
        String bobs = tokenOf("bob");
        for (String token : new String[] {alices, bobs}) {
            Expect.granted(app.get("/api/guarded", token));
            AS.revoke(token);
            Expect.granted(app.get("/api/guarded", token));
        }
        assertThat(manage("subject?sub=alice")).isEqualTo("done");
        Expect.invalidToken(app.get("/api/guarded", alices));
        Expect.granted(app.get("/api/guarded", bobs));
    }

    @Test
    @Tag("N10")
    void theOutagePolicyIsSwitchedWhileItRuns() throws Exception {
        String token = tokenOf("alice");
        Expect.granted(app.get("/scoped", token));
        AS.fail(Endpoint.INTROSPECTION, TransportFault.SERVER_ERROR);
        Expect.unavailable(app.get("/scoped", token));
        assertThat(manage("when-unavailable?word=stale")).isEqualTo("stale");
        Expect.granted(app.get("/scoped", token));
        Expect.unavailable(app.get("/scoped", tokenOf("alice")));
        assertThat(manage("when-unavailable?word=deny")).isEqualTo("deny");
        Expect.unavailable(app.get("/scoped", token));
    }

    @Test
    void operatorsSeeItByJmx() throws Exception {
        Expect.granted(app.get("/api/guarded", tokenOf("carol")));
        assertThat(manage("statistics")).matches("/freshness CLOSED hits=[0-9]+");
        assertThat(manage("jmx")).contains("dev.cardea:name=\"/freshness\",type=ResourceServer 1");
    }
}
