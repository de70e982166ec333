package dev.cardea.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.it.bypass.Shape;
import dev.cardea.it.environment.Answers;
import dev.cardea.it.environment.Application;
import dev.cardea.it.environment.Wars;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.contract.Expect;
import dev.cardea.testkit.contract.RawResponse;
import java.time.Clock;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way of declaring and of reaching a protected resource, asked for as it is meant to be. */
@ExtendWith(ArquillianExtension.class)
class ShapesIT {

    private static final TestAuthorizationServer AUTHORIZATION_SERVER =
            TestAuthorizationServer.start(Clock.systemUTC());
    private static final Answers ANSWERS = new Answers();

    private final Application app = Application.at("shapes");

    @Deployment(testable = false)
    static WebArchive shapes() {
        return Wars.shapes("shapes", Wars.trusting(AUTHORIZATION_SERVER));
    }

    @AfterAll
    static void end() {
        ANSWERS.keep();
        AUTHORIZATION_SERVER.close();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("B16")
    @Tag("N22")
    @Tag("N23")
    void isReachedOnlyWithTheScopeThatItNeeds(Shape shape) throws Exception {
        RawResponse anonymous = app.get(shape.path());
        RawResponse bad = app.get(shape.path(), "never-issued");
        RawResponse insufficient = app.get(shape.path(), token("orders:write"));
        RawResponse sufficient = app.get(shape.path(), token("orders:read"));

        Expect.challenged(anonymous);
        Expect.invalidToken(bad);
        Expect.insufficientScope(insufficient, "orders:read");
        assertThat(anonymous.body() + bad.body() + insufficient.body()).doesNotContain("reached:");
        Expect.granted(sufficient);
        assertThat(sufficient.body()).isEqualTo(shape.marker());
        ANSWERS.add("ShapesIT " + shape, true, anonymous, bad, insufficient, sufficient);
    }

    @Test
    @Tag("B16")
    void bothScopesAreNeededInOneToken() throws Exception {
        RawResponse reads = app.get("/api/both", token("orders:read"));
        RawResponse writes = app.get("/api/both", token("orders:write"));
        RawResponse both = app.get("/api/both", token("orders:write", "orders:read"));

        Expect.challenged(app.get("/api/both"));
        Expect.insufficientScope(reads, "orders:read", "orders:write");
        Expect.insufficientScope(writes, "orders:read", "orders:write");
        Expect.granted(both);
        ANSWERS.add("ShapesIT both", true, app.get("/api/both"), reads, writes, both);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/orders", "/api/orders/"})
    void theOrdersOfTheExampleAreBesideThem(String path) throws Exception {
        Expect.challenged(app.get(path));
        Expect.insufficientScope(app.get(path, token("orders:write")), "orders:read");
        assertThat(app.get(path, token("orders:read")).body()).isEqualTo("[]");
    }

    @Test
    void anyCallerMayAskWhoHeIs() throws Exception {
        Expect.challenged(app.get("/api/whoami"));
        assertThat(app.get("/api/whoami", token("unknown:scope")).body())
                .contains("\"sub\":", "\"scopes\":[\"unknown:scope\"]");
    }

    @Test
    void whatIsOpenIsOpenToEverybody() throws Exception {
        assertThat(app.get("/public/info").body()).isEqualTo("orders API");
        assertThat(app.get("/public/reached").status()).isEqualTo(200);
    }

    /** Whoever deploys it says how tokens are checked; a setting inside would hide that one was forgotten. */
    @Test
    void theWarAsItIsBuiltHasNoConfiguration() {
        assertThat(Wars.shapesAsBuilt().getContent().keySet())
                .noneMatch(path -> path.get().endsWith("microprofile-config.properties"))
                .anyMatch(path -> path.get().matches("/WEB-INF/lib/cardea-.*\\.jar"));
    }

    private static String token(String... scopes) {
        return AUTHORIZATION_SERVER.accessToken(scopes).build();
    }
}
