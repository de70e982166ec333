package dev.cardea.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.it.app.GuardedResource;
import dev.cardea.it.app.OpenResource;
import dev.cardea.it.app.OwnCorsFilter;
import dev.cardea.it.app.OwnCorsProvider;
import dev.cardea.it.app.PathApplication;
import dev.cardea.it.app.Runs;
import dev.cardea.it.app.RunsServlet;
import dev.cardea.it.app.ServiceServlet;
import dev.cardea.it.app.Vault;
import dev.cardea.it.app.VaultResource;
import dev.cardea.it.environment.Server;
import dev.cardea.it.environment.SpringAuthorizationServer;
import dev.cardea.it.environment.Used;
import dev.cardea.it.environment.Wars;
import dev.cardea.testkit.contract.Expect;
import dev.cardea.testkit.contract.RawHttp;
import dev.cardea.testkit.contract.RawRequest;
import dev.cardea.testkit.contract.RawResponse;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Preflights reach nothing that is protected, whoever answers them; and what applications say to browsers is said once. */
@ExtendWith(ArquillianExtension.class)
class CorsIT {

    private static final String ORIGIN = "https://app.example";
    private static final List<String> PROTECTED =
            List.of("/service", "/api/guarded", "/api/vault/1", "/api/open", "/runs");

    private static String reads = "";
    private static String writes = "";

    @BeforeAll
    static void getTokens() throws Exception {
        reads = SpringAuthorizationServer.shared().token("orders-client", "orders:read");
        writes = SpringAuthorizationServer.shared().token("orders-client", "orders:write");
    }

    @Deployment(name = "cors-none", testable = false)
    static WebArchive withoutOwn() {
        return war("cors-none");
    }

    @Deployment(name = "cors-filter", testable = false)
    static WebArchive withFilter() {
        return war("cors-filter").addClass(OwnCorsFilter.class);
    }

    @Deployment(name = "cors-provider", testable = false)
    static WebArchive withProvider() {
        return war("cors-provider").addClass(OwnCorsProvider.class);
    }

    @Test
    @Tag("B20")
    void aPreflightRunsNoServletNoResourceAndNoLocator() throws Exception {
        for (String path : PROTECTED) {
            RawResponse answer = preflight("cors-none", path).send();
            assertThat(answer.status()).as("%s: %s", path, answer).isEqualTo(204);
            assertThat(answer.all("Access-Control-Allow-Origin")).containsExactly(ORIGIN);
            assertThat(answer.all("X-Ran")).isEmpty();
            assertThat(answer.body()).isEmpty();
            assertThat(preflight("cors-none", path)
                            .header("X-HTTP-Method-Override", "GET")
                            .send()
                            .all("X-Ran"))
                    .isEmpty();
        }
        assertThat(http("cors-none").get("/runs").send().body()).isEqualTo("locator=0 sub-resource=0");

        RawRequest vault = http("cors-none").get("/api/vault/1").header("Origin", ORIGIN);
        Expect.granted(vault.bearer(writes).send());
        assertThat(http("cors-none").get("/runs").send().body()).isEqualTo("locator=1 sub-resource=1");
        assertThat(http("cors-none")
                        .request("OPTIONS", "/service")
                        .bearer(reads)
                        .send()
                        .all("X-Ran"))
                .containsExactly("service");
    }

    @Test
    @Tag("B20")
    void whatOnlyLooksLikeAPreflightIsChallenged() throws Exception {
        for (String name : List.of("cors-none", "cors-filter", "cors-provider")) {
            for (String path : List.of("/service", "/api/guarded", "/api/vault/1")) {
                Expect.challenged(http(name)
                        .request("OPTIONS", path)
                        .header("Origin", "https://evil.example")
                        .header("Access-Control-Request-Method", "GET")
                        .send());
                Expect.challenged(http(name)
                        .request("OPTIONS", path)
                        .header("Origin", ORIGIN)
                        .send());
                assertThat(preflight(name, path).send().status()).isBetween(200, 204);
            }
        }
    }

    @Test
    @Tag("B20")
    void theApplicationsFilterAnswersPreflightsItself() throws Exception {
        for (String path : PROTECTED) {
            assertOwnAnswer(preflight("cors-filter", path).send(), 200);
            assertOwnAnswer(
                    preflight("cors-filter", path).header("X-Pass-On", "yes").send(), 204);
        }
    }

    @Test
    @Tag("B20")
    void theApplicationsJaxRsFilterAnswersPreflightsItself() throws Exception {
        for (String path : List.of("/api/guarded", "/api/vault/1", "/api/open")) {
            assertOwnAnswer(preflight("cors-provider", path).send(), 200);
            assertOwnAnswer(
                    preflight("cors-provider", path).header("X-Pass-On", "yes").send(), 204);
        }
        assertThat(http("cors-provider").get("/runs").send().body()).isEqualTo("locator=0 sub-resource=0");
        assertThat(preflight("cors-provider", "/service").send().status()).isEqualTo(204);
    }

    private static void assertOwnAnswer(RawResponse answer, int status) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        assertThat(answer.all("Access-Control-Allow-Origin")).containsExactly(ORIGIN);
        assertThat(answer.all("Access-Control-Allow-Headers")).containsExactly("x-own");
        assertThat(answer.all("X-Ran")).isEmpty();
        assertThat(answer.body()).isEmpty();
    }

    @Test
    @Tag("B21")
    void everyAnswerSaysOnceWhoMayReadIt() throws Exception {
        Map<String, List<String>> paths = Map.of(
                "cors-none", List.of("/service", "/api/guarded", "/api/open"),
                "cors-filter", List.of("/service", "/api/guarded", "/api/open"),
                "cors-provider", List.of("/service", "/api/guarded", "/api/open"));
        for (String name : paths.keySet()) {
            for (String path : paths.get(name)) {
                RawRequest request = http(name).get(path).header("Origin", ORIGIN);
                RawResponse granted = request.bearer(reads).send();
                Expect.granted(granted);
                assertReadable(granted);
                assertReadable(request.bearer("never-issued").send());
                assertReadable(request.bearer(writes).send());
            }
        }
        assertThat(exposed(http("cors-filter")
                        .get("/service")
                        .header("Origin", ORIGIN)
                        .bearer(reads)
                        .send()))
                .contains("X-Own");
        assertThat(exposed(http("cors-provider")
                        .get("/api/guarded")
                        .header("Origin", ORIGIN)
                        .bearer(reads)
                        .send()))
                .contains("X-Own");
    }

    private static void assertReadable(RawResponse answer) {
        assertThat(answer.all("Access-Control-Allow-Origin")).as("%s", answer).containsExactly(ORIGIN);
        assertThat(answer.all("Access-Control-Expose-Headers")).as("%s", answer).hasSize(1);
        assertThat(exposed(answer)).contains("WWW-Authenticate").contains("DPoP-Nonce");
        assertThat(String.join(",", answer.all("Vary"))).contains("Origin");
        assertThat(answer.all("X-Request-Id")).hasSize(1);
    }

    private static String exposed(RawResponse answer) {
        return String.join(";", answer.all("Access-Control-Expose-Headers"));
    }

    @Test
    @Tag("G01")
    void refusalsHaveABodyForWhoTakesOne() throws Exception {
        for (String path : List.of("/service", "/api/guarded")) {
            for (String token : List.of("never-issued", writes)) {
                RawRequest request = http("cors-none").get(path).bearer(token).header("X-Request-Id", "req-1");
                RawResponse answer =
                        request.header("Accept", "application/json").send();
                assertThat(answer.all("Content-Type")).as("%s", answer).containsExactly("application/problem+json");
                assertThat(answer.all("WWW-Authenticate")).isNotEmpty();
                assertThat(answer.body())
                        .startsWith("{\"type\":\"tag:cardea.dev,2026:problem:")
                        .contains("\"status\":" + answer.status())
                        .endsWith(":request:req-1\"}");
                assertThat(request.header("Accept", "text/html").send().body()).isEmpty();

                RawResponse head = http("cors-none")
                        .request("HEAD", path)
                        .bearer(token)
                        .header("X-Request-Id", "req-1")
                        .send();
                assertThat(head.status()).isEqualTo(answer.status());
                assertThat(head.all("Content-Type")).containsExactly("application/problem+json");
                assertThat(head.body()).isEmpty();
            }
        }
    }

    private static RawRequest preflight(String name, String path) {
        return http(name)
                .request("OPTIONS", path)
                .header("Origin", ORIGIN)
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "authorization");
    }

    private static RawHttp http(String name) {
        return RawHttp.to(Server.application(name)).heardBy(Used::request);
    }

    private static WebArchive war(String name) {
        Map<String, String> configuration = Wars.trustingSpring();
        configuration.put("cardea.cors.allowed-origins", ORIGIN);
        configuration.put("cardea.resource.problem-details", "true");
        return Wars.of(
                name,
                configuration,
                PathApplication.class,
                GuardedResource.class,
                OpenResource.class,
                VaultResource.class,
                Vault.class,
                Runs.class,
                RunsServlet.class,
                ServiceServlet.class);
    }
}
