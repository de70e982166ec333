package dev.cardea.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.it.bypass.Attempt;
import dev.cardea.it.bypass.Matrix;
import dev.cardea.it.bypass.Outcome;
import dev.cardea.it.bypass.Shape;
import dev.cardea.it.environment.Answers;
import dev.cardea.it.environment.Server;
import dev.cardea.it.environment.Used;
import dev.cardea.it.environment.Wars;
import dev.cardea.testkit.TestAuthorizationServer;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * No way around: requests that mean a protected resource and are spelled, named or disguised as if they did not. One counts
 * if it reaches the resource with a sufficient token; then nothing may come of it without one.
 */
@ExtendWith(ArquillianExtension.class)
class BypassIT {

    private static final int AT_LEAST = 2_000;

    private static final TestAuthorizationServer AUTHORIZATION_SERVER =
            TestAuthorizationServer.start(Clock.systemUTC());

    /** Played once for all tests, which look at different sides of it. */
    private static @Nullable Matrix played;

    @Deployment(testable = false)
    static WebArchive shapes() {
        return Wars.shapes("shapes", Wars.trusting(AUTHORIZATION_SERVER));
    }

    @AfterAll
    static void stop() {
        AUTHORIZATION_SERVER.close();
    }

    @Test
    @Tag("N22")
    @Tag("N23")
    void nobodyGetsInWithoutASufficientToken() throws Exception {
        assertThat(matrix().outcomes().stream().filter(Outcome::isBypass)).isEmpty();
    }

    @Test
    @Tag("N22")
    void noResourceRunsForARequestThatIsRefused() throws Exception {
        assertThat(matrix().reachedByRefused()).isEmpty();
    }

    /** Or the tests above could pass because nothing is a request for a resource. */
    @Test
    void manyOfTheRequestsReachTheirResourceWithASufficientToken() throws Exception {
        List<Outcome> reached =
                matrix().outcomes().stream().filter(Outcome::reached).toList();

        assertThat(reached).as(matrix().table()).hasSizeGreaterThan(AT_LEAST);
        assertThat(reached.stream().map(outcome -> outcome.attempt().shape()).distinct())
                .as("every shape is reached in some way")
                .hasSameElementsAs(List.of(Shape.values()));
    }

    private static Matrix matrix() throws Exception {
        Matrix known = played;
        if (known != null) {
            return known;
        }
        String sufficient = AUTHORIZATION_SERVER.accessToken("orders:read").build();
        String insufficient = AUTHORIZATION_SERVER.accessToken("orders:write").build();
        Used.secret("Bearer " + sufficient);
        Used.secret("Bearer " + insufficient);
        URI server = Server.application("shapes").resolve("/");
        Matrix matrix = Matrix.on(server, Attempt.all(server, sufficient), insufficient, sufficient);
        played = matrix;
        keep(matrix);
        return matrix;
    }

    /** How many counted is in {@code bypass.txt} beside the server's files. */
    private static void keep(Matrix matrix) throws Exception {
        Answers answers = new Answers();
        for (Outcome outcome : matrix.outcomes()) {
            answers.add(
                    outcome.attempt().name(),
                    outcome.reached(),
                    outcome.anonymous(),
                    outcome.insufficient(),
                    outcome.sufficient());
        }
        answers.keep();
        long reached = matrix.outcomes().stream().filter(Outcome::reached).count();
        String summary = "%s: %d of %d requests counted%n%s%n"
                .formatted(Server.underTest(), reached, matrix.outcomes().size(), matrix.table());
        System.out.println(summary);
        Files.writeString(Server.underTest().directory().resolve("bypass.txt"), summary);
    }
}
