package dev.cardea.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.it.app.GuardedResource;
import dev.cardea.it.app.ImpossibleResource;
import dev.cardea.it.app.ImpossibleServlet;
import dev.cardea.it.app.PathApplication;
import dev.cardea.it.app.PlainServlet;
import dev.cardea.it.environment.Application;
import dev.cardea.it.environment.FailedDeployment;
import dev.cardea.it.environment.SpringAuthorizationServer;
import dev.cardea.it.environment.Wars;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is wrong at deployment stops the deployment, all of it in one message, beside a twin with nothing wrong. */
@ExtendWith(ArquillianExtension.class)
class MisconfigurationIT {

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = "twin", testable = false)
    static WebArchive twin() {
        return war("twin", Wars.trustingSpring());
    }

    @Deployment(name = "misconfigured", managed = false, testable = false)
    static WebArchive misconfigured() {
        return war(
                "misconfigured",
                Map.of(
                        "cardea.issuer", "http://127.0.0.1:9/as",
                        "cardea.audiense", "https://orders.example",
                        "cardea.jwt.clock-skew", "soon",
                        "cardea.introspection.client-id", "orders-api",
                        "cardea.introspection.client-secret", "kept-to-ourselves-4711"));
    }

    @Test
    void everyMistakeIsInOneMessageThatSaysWhatToWriteInstead() throws Exception {
        FailedDeployment failed = FailedDeployment.of(deployer, misconfigured());
        try {
            assertThat(ours(failed)).as("one message of ours").hasSize(1);
            assertThat(failed.log())
                    .contains("its configuration has 4 problems")
                    .containsPattern("cardea\\.issuer: .*http.*; write .*cardea\\.allow-http-issuer")
                    .containsPattern("cardea\\.audience: .*; write .+")
                    .containsPattern("cardea\\.audiense: .*; write cardea\\.audience")
                    .containsPattern("cardea\\.jwt\\.clock-skew: .*; write .+")
                    .doesNotContain("kept-to-ourselves-4711");
            assertNothingIsOpen("misconfigured");
        } finally {
            failed.remove();
        }
    }

    @Deployment(name = "unconfigured", managed = false, testable = false)
    static WebArchive unconfigured() {
        return war("unconfigured", Map.of("cardea.audience", "https://orders.example"));
    }

    @Test
    void withoutAnybodyToTrustNothingStarts() throws Exception {
        FailedDeployment failed = FailedDeployment.of(deployer, unconfigured());
        try {
            assertThat(ours(failed)).as("one message of ours").hasSize(1);
            assertThat(failed.log())
                    .contains("its configuration has a problem")
                    .containsPattern("cardea\\.issuer.*; write .+");
            assertNothingIsOpen("unconfigured");
        } finally {
            failed.remove();
        }
    }

    @Deployment(name = "impossible", managed = false, testable = false)
    static WebArchive impossible() {
        return Wars.of(
                "impossible",
                Wars.trustingSpring(),
                PathApplication.class,
                ImpossibleResource.class,
                PlainServlet.class);
    }

    @Test
    void anAnnotationThatCannotWorkIsNamedWithItsClassAndMethod() throws Exception {
        FailedDeployment failed = FailedDeployment.of(deployer, impossible());
        try {
            assertThat(failed.log())
                    .contains("ImpossibleResource")
                    .contains("twoWords")
                    .contains("orders read");
            assertNothingIsOpen("impossible");
        } finally {
            failed.remove();
        }
    }

    @Deployment(name = "impossible-servlet", managed = false, testable = false)
    static WebArchive impossibleServlet() {
        return Wars.of("impossible-servlet", Wars.trustingSpring(), ImpossibleServlet.class, PlainServlet.class);
    }

    @Test
    void anAnnotationThatCannotWorkIsNamedOnAServletToo() throws Exception {
        FailedDeployment failed = FailedDeployment.of(deployer, impossibleServlet());
        try {
            assertThat(failed.log()).contains("ImpossibleServlet");
            assertNothingIsOpen("impossible-servlet");
        } finally {
            failed.remove();
        }
    }

    @Deployment(name = "unmatched", managed = false, testable = false)
    static WebArchive unmatched() {
        Map<String, String> configuration = new LinkedHashMap<>(Wars.trustingSpring());
        configuration.put("cardea.routes.misspelled-resource.path", "/unmatched/api/gaurded");
        configuration.put("cardea.routes.misspelled-servlet.path", "/unmatched/plian");
        configuration.put("cardea.routes.elsewhere.path", "/other/plain");
        configuration.put("cardea.routes.fine.path", "/unmatched/api/guarded/*");
        configuration.put("cardea.routes.fine-too.path", "/unmatched/plain");
        return war("unmatched", configuration);
    }

    @Test
    @Tag("N22")
    void aPathRuleThatIsForNothingIsNamed() throws Exception {
        FailedDeployment failed = FailedDeployment.of(deployer, unmatched());
        try {
            assertThat(failed.log())
                    .contains("cardea.routes.misspelled-resource.path: /unmatched/api/gaurded is for nothing")
                    .contains("cardea.routes.misspelled-servlet.path: /unmatched/plian is for nothing")
                    .contains("cardea.routes.elsewhere.path: /other/plain is outside of this application")
                    .doesNotContain("cardea.routes.fine");
            assertNothingIsOpen("unmatched");
        } finally {
            failed.remove();
        }
    }

    private static List<String> ours(FailedDeployment failed) {
        return failed.log()
                .lines()
                .filter(line -> line.contains("dev.cardea.servlet") && line.contains("Cardea cannot protect"))
                .toList();
    }

    private static void assertNothingIsOpen(String name) throws Exception {
        Application app = Application.at(name);
        app.assertNotOpen("/api/guarded");
        app.assertNotOpen("/api/impossible");
        app.assertNotOpen("/plain");
        app.assertNotOpen("/impossible");
        SpringAuthorizationServer server = SpringAuthorizationServer.shared();
        Application.at("twin")
                .assertGuarded(
                        "/api/guarded",
                        server.token("orders-client", "profile:read"),
                        server.token("orders-client", "orders:read"));
    }

    private static WebArchive war(String name, Map<String, String> configuration) {
        return Wars.of(name, configuration, PathApplication.class, GuardedResource.class, PlainServlet.class);
    }
}
