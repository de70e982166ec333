package dev.cardea.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.it.bypass.Attempt;
import dev.cardea.it.bypass.Matrix;
import dev.cardea.it.bypass.Outcome;
import dev.cardea.it.environment.Server;
import dev.cardea.it.environment.Used;
import dev.cardea.it.environment.Wars;
import dev.cardea.testkit.TestAuthorizationServer;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * No way around path rules either. Each shape's path needs a scope by a rule, beside the one that its annotation names; every
 * other path is left to the annotations by a rule for all. So a path that the rules read in another way than the server
 * opens the resource to a token that its annotation is content with.
 */
@ExtendWith(ArquillianExtension.class)
class RouteBypassIT {

    private static final TestAuthorizationServer AUTHORIZATION_SERVER =
            TestAuthorizationServer.start(Clock.systemUTC());

    @Deployment(testable = false)
    static WebArchive shapes() {
        Map<String, String> configuration = Wars.trusting(AUTHORIZATION_SERVER);
        configuration.put("cardea.routes.all.path", "/shapes/*");
        configuration.put("cardea.routes.all.access", "permit");
        configuration.put("cardea.routes.api.path", "/shapes/api/shapes/*");
        configuration.put("cardea.routes.api.scopes", "orders:write");
        configuration.put("cardea.routes.plain.path", "/shapes/plain/*");
        configuration.put("cardea.routes.plain.scopes", "orders:write");
        return Wars.shapes("shapes", configuration);
    }

    @AfterAll
    static void stop() {
        AUTHORIZATION_SERVER.close();
    }

    @Test
    @Tag("N22")
    void nobodyGetsInWithoutWhatTheRuleAsksFor() throws Exception {
        String insufficient = AUTHORIZATION_SERVER.accessToken("orders:read").build();
        String sufficient =
                AUTHORIZATION_SERVER.accessToken("orders:read", "orders:write").build();
        Used.secret("Bearer " + sufficient);
        Used.secret("Bearer " + insufficient);
        URI server = Server.application("shapes").resolve("/");

        Matrix matrix = Matrix.on(server, Attempt.atPaths(server), insufficient, sufficient);

        System.out.println(matrix.table());
        assertThat(matrix.outcomes().stream().filter(Outcome::isBypass)).isEmpty();
        assertThat(matrix.reachedByRefused()).isEmpty();
        assertThat(matrix.outcomes().stream().filter(Outcome::reached)).hasSizeGreaterThan(150);
    }
}
