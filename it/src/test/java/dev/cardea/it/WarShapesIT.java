package dev.cardea.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.it.app.AdminApplication;
import dev.cardea.it.app.Declared;
import dev.cardea.it.app.DeclaredResource;
import dev.cardea.it.app.DispatchingServlet;
import dev.cardea.it.app.GuardedResource;
import dev.cardea.it.app.LibrariesServlet;
import dev.cardea.it.app.ListingApplication;
import dev.cardea.it.app.NamedServlet;
import dev.cardea.it.app.NoServicesApplication;
import dev.cardea.it.app.OpenResource;
import dev.cardea.it.app.PathApplication;
import dev.cardea.it.app.PlainServlet;
import dev.cardea.it.app.RoutedPublicServlet;
import dev.cardea.it.app.RoutedResource;
import dev.cardea.it.app.Runs;
import dev.cardea.it.app.RunsServlet;
import dev.cardea.it.app.ScopedServlet;
import dev.cardea.it.app.Vault;
import dev.cardea.it.app.VaultResource;
import dev.cardea.it.environment.Application;
import dev.cardea.it.environment.FailedDeployment;
import dev.cardea.it.environment.Log;
import dev.cardea.it.environment.Server;
import dev.cardea.it.environment.SpringAuthorizationServer;
import dev.cardea.it.environment.Wars;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every shape of a WAR in which an authorization filter is known to be left out silently. None of them is open. */
@ExtendWith(ArquillianExtension.class)
class WarShapesIT {

    private static final String RUNS_NOTHING = "locator=0 sub-resource=0";

    /** The way without a class (JAX-RS 3.1, 2.3.2); Open Liberty wants the servlet element too. */
    private static final String MAPPING = """
            <servlet><servlet-name>jakarta.ws.rs.core.Application</servlet-name></servlet>
            <servlet-mapping>
              <servlet-name>jakarta.ws.rs.core.Application</servlet-name>
              <url-pattern>/api/*</url-pattern>
            </servlet-mapping>
            """;

    private static String reads = "";
    private static String writes = "";
    private static String neither = "";

    @ArquillianResource
    Deployer deployer;

    @BeforeAll
    static void getTokens() throws Exception {
        SpringAuthorizationServer server = SpringAuthorizationServer.shared();
        reads = server.token("orders-client", "orders:read");
        writes = server.token("orders-client", "orders:write");
        neither = server.token("orders-client-opaque", "profile:read");
    }

    @Deployment(name = "unlisted", managed = false, testable = false)
    static WebArchive unlisted() {
        return war(
                "unlisted",
                PathApplication.class,
                GuardedResource.class,
                OpenResource.class,
                Declared.class,
                DeclaredResource.class,
                PlainServlet.class,
                ScopedServlet.class);
    }

    @Test
    @Tag("N23")
    void anApplicationThatListsNoClassesIsGuardedAndSoAreAnnotationsOnAnInterface() throws Exception {
        deployed("unlisted", app -> {
            app.assertGuarded("/api/guarded", neither, reads);
            app.assertNeedsToken("/api/guarded/unannotated", neither);
            app.assertGuarded("/scoped", neither, reads);
            app.assertNeedsToken("/plain", neither);
            assertThat(app.get("/api/open").status()).isEqualTo(200);
            app.assertGuarded("/api/declared/secret", neither, reads);
        });
    }

    @Deployment(name = "listed", managed = false, testable = false)
    static WebArchive listed() {
        return war(
                "listed",
                ListingApplication.class,
                GuardedResource.class,
                VaultResource.class,
                Vault.class,
                Runs.class,
                RunsServlet.class,
                PlainServlet.class);
    }

    @Test
    @Tag("N23")
    void anApplicationThatListsItsClassesIsGuardedAndNoLocatorRunsForWhoMayNotEnter() throws Exception {
        deployed("listed", app -> {
            app.assertGuarded("/api/guarded", neither, reads);
            app.assertNeedsToken("/plain", neither);

            assertThat(app.get("/api/vault/1").status()).isEqualTo(401);
            assertThat(app.get("/api/vault/1", "never-issued").status()).isEqualTo(401);
            assertThat(app.get("/runs").body())
                    .as("before a token was accepted")
                    .isEqualTo(RUNS_NOTHING);

            assertThat(app.get("/api/vault/1", reads).status()).isEqualTo(403);
            assertThat(app.get("/runs").body()).as("with too little").endsWith("sub-resource=0");

            assertThat(app.get("/api/vault/1", writes).body()).isEqualTo("secret");
            assertThat(app.get("/runs").body()).endsWith("sub-resource=1");
        });
    }

    @Deployment(name = "mapped", managed = false, testable = false)
    static WebArchive mapped() {
        return Wars.webXml(war("mapped", GuardedResource.class, PlainServlet.class), "", MAPPING);
    }

    @Test
    @Tag("N23")
    void aMappingWithoutAnApplicationClassIsGuarded() throws Exception {
        deployed("mapped", app -> {
            app.assertGuarded("/api/guarded", neither, reads);
            app.assertNeedsToken("/plain", neither);
        });
    }

    @Deployment(name = "two", managed = false, testable = false)
    static WebArchive two() {
        return war(
                "two",
                ListingApplication.class,
                AdminApplication.class,
                GuardedResource.class,
                VaultResource.class,
                Vault.class,
                Runs.class);
    }

    @Test
    @Tag("N23")
    void bothOfTwoApplicationsInOneWarAreGuarded() throws Exception {
        deployed("two", app -> {
            app.assertGuarded("/api/guarded", neither, reads);
            app.assertGuarded("/admin/guarded", neither, reads);
        });
    }

    @Deployment(name = "servlets", managed = false, testable = false)
    static WebArchive servlets() {
        return war("servlets", PlainServlet.class, ScopedServlet.class);
    }

    @Test
    @Tag("N22")
    void aWarWithServletsOnlyIsGuarded() throws Exception {
        deployed("servlets", app -> {
            app.assertGuarded("/scoped", neither, reads);
            app.assertNeedsToken("/plain", neither);
            app.assertNotOpen("/missing");
        });
    }

    @Deployment(name = "dispatching", managed = false, testable = false)
    static WebArchive dispatching() {
        return war("dispatching", DispatchingServlet.class, ScopedServlet.class, NamedServlet.class)
                .addAsWebInfResource(new StringAsset("internal page"), "page.jsp")
                .addAsWebResource(new StringAsset("page of its own"), "page.jsp");
    }

    @Test
    @Tag("N22")
    void anOpenServletMayShowItsInternalPagesButNoPageThatClientsCanAskFor() throws Exception {
        deployed("dispatching", app -> {
            for (String dispatch : List.of("page", "include-page")) {
                assertThat(app.get("/dispatching?" + dispatch).body())
                        .as(dispatch)
                        .contains("internal page");
            }
            for (String path : List.of("/page.jsp", "/dispatching?outside-page")) {
                assertThat(app.get(path).status()).as(path).isEqualTo(401);
                assertThat(app.get(path, neither).body()).as(path).contains("page of its own");
            }
            app.assertNotOpen("/WEB-INF/page.jsp");
        });
    }

    @Test
    @Tag("N22")
    void aServletIsGuardedInEveryDispatchThatAnOpenOneMakes() throws Exception {
        deployed("dispatching", app -> {
            List<String> dispatches =
                    List.of("forward-to-vault", "forward-by-name", "forward", "include", "async", "include-by-name");
            for (String dispatch : dispatches) {
                String path = "/dispatching?" + dispatch;
                assertThat(app.get(path).body()).as(dispatch).doesNotContain("secret");
                assertThat(app.get(path, neither).body()).as(dispatch).doesNotContain("secret");
                assertThat(app.get(path, reads).body()).as(dispatch).isEqualTo("secret");
            }
        });
    }

    @Deployment(name = "complete", managed = false, testable = false)
    static WebArchive complete() {
        return Wars.webXml(
                war("complete", GuardedResource.class, PlainServlet.class),
                "metadata-complete=\"true\"",
                """
                <servlet>
                  <servlet-name>plain</servlet-name>
                  <servlet-class>dev.cardea.it.app.PlainServlet</servlet-class>
                </servlet>
                <servlet-mapping><servlet-name>plain</servlet-name><url-pattern>/plain</url-pattern></servlet-mapping>
                """ + MAPPING);
    }

    @Test
    @Tag("N22")
    void metadataCompleteDoesNotSwitchTheGuardOff() throws Exception {
        deployed("complete", app -> {
            app.assertNeedsToken("/plain", neither);
            switch (Server.underTest()) {
                // WildFly does not start JAX-RS under metadata-complete; nothing is there, and only callers learn that.
                case WILDFLY -> {
                    assertThat(app.get("/api/guarded").status()).isEqualTo(401);
                    assertThat(app.get("/api/guarded", "never-issued").status()).isEqualTo(401);
                    assertThat(app.get("/api/guarded", neither).status()).isEqualTo(404);
                    assertThat(app.get("/api/guarded", reads).status()).isEqualTo(404);
                }
                // Open Liberty starts JAX-RS because web.xml maps it.
                case LIBERTY -> app.assertGuarded("/api/guarded", neither, reads);
            }
        });
    }

    @Deployment(name = "ordered-out", managed = false, testable = false)
    static WebArchive orderedOut() {
        return Wars.webXml(
                war("ordered-out", PathApplication.class, GuardedResource.class, PlainServlet.class),
                "",
                "<absolute-ordering/>");
    }

    @Test
    @Tag("N22")
    void aWarThatOrdersTheFragmentOutDoesNotStart() throws Exception {
        FailedDeployment failed = FailedDeployment.of(deployer, orderedOut());
        try {
            assertThat(failed.log()).contains("Add <name>cardea</name> to <absolute-ordering>");
            Application app = Application.at("ordered-out");
            app.assertNotOpen("/api/guarded");
            app.assertNotOpen("/plain");
        } finally {
            failed.remove();
        }
    }

    @Deployment(name = "ordered-in", managed = false, testable = false)
    static WebArchive orderedIn() {
        return Wars.webXml(
                war("ordered-in", PathApplication.class, GuardedResource.class, PlainServlet.class),
                "",
                "<absolute-ordering><name>cardea</name></absolute-ordering>");
    }

    @Test
    @Tag("N22")
    void aWarThatNamesTheFragmentInItsOrderIsGuarded() throws Exception {
        deployed("ordered-in", app -> {
            app.assertGuarded("/api/guarded", neither, reads);
            app.assertNeedsToken("/plain", neither);
        });
    }

    @Deployment(name = "no-services", managed = false, testable = false)
    static WebArchive noServices() {
        return war(
                "no-services",
                NoServicesApplication.class,
                GuardedResource.class,
                OpenResource.class,
                PlainServlet.class);
    }

    @Test
    @Tag("N22")
    void anApplicationThatLoadsNoServicesIsGuarded() throws Exception {
        deployed("no-services", app -> {
            app.assertGuarded("/api/guarded", neither, reads);
            app.assertNeedsToken("/plain", neither);
        });
    }

    /** As whoever repacks jars without their service files would have it. */
    @Deployment(name = "one-half", managed = false, testable = false)
    static WebArchive oneHalf() {
        Map<String, String> configuration = Wars.trustingSpring();
        configuration.put("cardea.routes.open.path", "/one-half/public/*");
        configuration.put("cardea.routes.open.access", "permit");
        return Wars.withoutServices(
                Wars.of(
                        "one-half",
                        configuration,
                        RoutedPublicServlet.class,
                        RoutedResource.class,
                        PathApplication.class,
                        GuardedResource.class,
                        OpenResource.class,
                        VaultResource.class,
                        Vault.class,
                        Runs.class,
                        RunsServlet.class,
                        PlainServlet.class),
                "jakarta.ws.rs.core.Feature",
                "jakarta.ws.rs.ext.Providers");
    }

    @Test
    @Tag("N22")
    void withoutItsJaxRsHalfTheJaxRsServletIsClosedAndTheLogSaysWhy() throws Exception {
        Log log = Log.fromNow();
        deployed("one-half", app -> {
            assertClosed(app);
            app.assertNeedsToken("/plain", neither);
            assertThat(app.get("/public/x").status()).isEqualTo(200);
            assertThat(app.get("/public/x?forward-to-resource", neither).status())
                    .as("a token that nobody has looked at before")
                    .isEqualTo(503);
            assertThat(log.errors("The JAX-RS half of Cardea is not active"))
                    .as("one ERROR, although several requests came")
                    .hasSize(1);
        });
    }

    @Deployment(name = "disabled", managed = false, testable = false)
    static WebArchive disabled() {
        return Wars.webXml(
                war(
                        "disabled",
                        PathApplication.class,
                        GuardedResource.class,
                        OpenResource.class,
                        VaultResource.class,
                        Vault.class,
                        Runs.class,
                        RunsServlet.class,
                        PlainServlet.class),
                "",
                """
                <context-param>
                  <param-name>resteasy.disable.providers</param-name>
                  <param-value>dev.cardea.jaxrs.CardeaFeature,dev.cardea.jaxrs.RestEasyFeature</param-value>
                </context-param>
                """);
    }

    @Test
    @Tag("N22")
    void aJaxRsHalfThatIsDisabledByNameLeavesTheServletClosedOrIsStillThere() throws Exception {
        deployed("disabled", app -> {
            switch (Server.underTest()) {
                // WildFly hands RESTEasy's parameters to RESTEasy, which then leaves our half out.
                case WILDFLY -> assertClosed(app);
                // Open Liberty's RESTEasy does not listen to this parameter, so our half is there.
                case LIBERTY -> {
                    app.assertGuarded("/api/guarded", neither, reads);
                    assertThat(app.get("/api/open").status()).isEqualTo(200);
                    assertThat(app.get("/api/vault/1", reads).status()).isEqualTo(403);
                    assertThat(app.get("/api/vault/1", writes).body()).isEqualTo("secret");
                }
            }
            app.assertNeedsToken("/plain", neither);
        });
    }

    private static void assertClosed(Application app) throws Exception {
        app.assertNotOpen("/api/guarded");
        assertThat(app.get("/api/guarded", reads).status()).isEqualTo(503);
        assertThat(app.get("/api/open").status()).isEqualTo(503);
        assertThat(app.get("/api/vault/1", writes).status()).isEqualTo(503);
        assertThat(app.get("/runs").body()).isEqualTo(RUNS_NOTHING);
    }

    @Deployment(name = "own-libraries", managed = false, testable = false)
    static WebArchive ownLibraries() {
        return Wars.withLibrariesOfOthers(war("own-libraries", LibrariesServlet.class, PlainServlet.class));
    }

    @Test
    void aWarKeepsItsOwnVersionsOfTheLibrariesInTheJar() throws Exception {
        deployed("own-libraries", app -> {
            app.assertNeedsToken("/plain", neither);
            assertThat(app.get("/libraries", reads).body())
                    .containsPattern("org.jose4j.jwt.JwtClaims .*jose4j-0\\.9\\.3\\.jar")
                    .containsPattern("org.ehcache.config.builders.CacheManagerBuilder .*ehcache-3\\.10\\.8\\.jar")
                    .contains("org.slf4j.Logger ");
        });
    }

    private interface Check {
        void on(Application application) throws Exception;
    }

    private void deployed(String name, Check check) throws Exception {
        deployer.deploy(name);
        try {
            check.on(Application.at(name));
        } finally {
            deployer.undeploy(name);
        }
    }

    private static WebArchive war(String name, Class<?>... classes) {
        return Wars.of(name, Wars.trustingSpring(), classes);
    }
}
