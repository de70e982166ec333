package dev.cardea.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.DecisionListener;
import dev.cardea.it.app.PlainServlet;
import dev.cardea.it.app.ScopedServlet;
import dev.cardea.it.app.SourcesServlet;
import dev.cardea.it.environment.Application;
import dev.cardea.it.environment.Server;
import dev.cardea.it.environment.Used;
import dev.cardea.it.environment.Wars;
import dev.cardea.testkit.AccessTokens;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.contract.RawHttp;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A JWT is verified once, and what can change is asked all the same. */
@ExtendWith(ArquillianExtension.class)
class KnownTokensIT {
    private static final long LIFETIME = 5;

    private static final TestAuthorizationServer AUTHORIZATION_SERVER =
            TestAuthorizationServer.start(Clock.systemUTC());

    private final Application app = Application.at("known");
    private final RawHttp http = RawHttp.to(Server.application("known")).heardBy(Used::request);

    @Deployment(testable = false)
    static WebArchive known() {
        Map<String, String> configuration = Wars.trusting(AUTHORIZATION_SERVER);
        configuration.put("cardea.jwt.clock-skew", "0s");
        return Wars.of("known", configuration, PlainServlet.class, ScopedServlet.class, SourcesServlet.class)
                .addClass(SourcesServlet.Listener.class)
                .addAsServiceProvider(DecisionListener.class, SourcesServlet.Listener.class);
    }

    @AfterAll
    static void stop() {
        AUTHORIZATION_SERVER.close();
    }

    @Test
    @Tag("N01")
    void theSecondRequestIsServedFromMemoryAndItsScopesAreJudgedAnew() throws Exception {
        String token = AUTHORIZATION_SERVER.issueJwt("other:scope");
        assertDecided("/plain", token, 200, "GRANTED LOCAL");
        assertDecided("/plain", token, 200, "GRANTED CACHE");
        assertDecided("/scoped", token, 403, "SCOPE_MISSING CACHE");
        assertDecided("/plain", AUTHORIZATION_SERVER.issueJwt("other:scope"), 200, "GRANTED LOCAL");
    }

    @Test
    @Tag("N03")
    void aKnownTokenThatHasExpiredIsRefused() throws Exception {
        AccessTokens valid = AUTHORIZATION_SERVER.accessToken("orders:read");
        String lasting = valid.build();
        long now = Clock.systemUTC().instant().getEpochSecond();
        String brief = valid.expiresAt(now + LIFETIME).build();
        assertDecided("/plain", lasting, 200, "GRANTED LOCAL");
        assertDecided("/plain", brief, 200, "GRANTED LOCAL");
        assertDecided("/plain", brief, 200, "GRANTED CACHE");
        while (Clock.systemUTC().instant().getEpochSecond() < now + LIFETIME) {
            Thread.sleep(100);
        }
        assertDecided("/plain", brief, 401, "EXPIRED null");
        assertDecided("/plain", lasting, 200, "GRANTED CACHE");
    }

    private void assertDecided(String path, String token, int status, String decision) throws Exception {
        String id = UUID.randomUUID().toString();
        assertThat(http.get(path)
                        .bearer(token)
                        .header("X-Request-Id", id)
                        .send()
                        .status())
                .isEqualTo(status);
        assertThat(told(id)).isEqualTo(decision);
    }

    /** A decision is told when its request ends, which may be after its answer has come. */
    private String told(String id) throws IOException, InterruptedException {
        String told = app.get("/sources?id=" + id).body();
        for (int i = 0; told.isEmpty() && i < 100; i++) {
            Thread.sleep(50);
            told = app.get("/sources?id=" + id).body();
        }
        return told;
    }
}
