package dev.cardea.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.it.app.OverridingFilter;
import dev.cardea.it.app.PathApplication;
import dev.cardea.it.app.RewritingFilter;
import dev.cardea.it.app.RoutedPublicServlet;
import dev.cardea.it.app.RoutedResource;
import dev.cardea.it.app.RoutedServlet;
import dev.cardea.it.environment.Application;
import dev.cardea.it.environment.Server;
import dev.cardea.it.environment.SpringAuthorizationServer;
import dev.cardea.it.environment.Used;
import dev.cardea.it.environment.Wars;
import dev.cardea.testkit.contract.RawHttp;
import dev.cardea.testkit.contract.RawRequest;
import dev.cardea.testkit.contract.RawResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Path rules on a real server: nothing but a rule protects what is secret here, however the path is written. */
@ExtendWith(ArquillianExtension.class)
class RoutesIT {
    private static final String APP = "routes";

    private static String reads = "";
    private static String writes = "";
    private static String neither = "";

    private final Application app = Application.at(APP);
    private final RawHttp http = RawHttp.to(Server.application(APP)).heardBy(Used::request);

    @Deployment(name = APP, testable = false)
    static WebArchive routes() {
        Map<String, String> configuration = new LinkedHashMap<>(Wars.trustingSpring());
        rule(configuration, "secret", "/routes/secret/*", "scopes", "orders:read");
        rule(configuration, "public", "/routes/public/*", "access", "permit");
        rule(configuration, "api-secret", "/routes/api/secret/{id}", "scopes", "orders:read");
        rule(configuration, "items", "/routes/api/items/*", "access", "permit");
        rule(configuration, "readable", "/routes/api/readable", "methods", "GET");
        configuration.put("cardea.routes.readable.access", "permit");
        rule(configuration, "clear", "/routes/api/items", "methods", "DELETE");
        configuration.put("cardea.routes.clear.scopes", "orders:write");
        rule(configuration, "post-secret", "/routes/secret/*", "methods", "POST");
        configuration.put("cardea.routes.post-secret.scopes", "orders:write");
        rule(configuration, "trial", "/routes/*", "scopes", "orders:write");
        configuration.put("cardea.routes.trial.report-only", "true");
        rule(configuration, "web", "/routes/secret/web", "token-cookie", "true");
        configuration.put("cardea.routes.web.scopes", "orders:read");
        configuration.put("cardea.token.cookie", "__Host-token");
        configuration.put("cardea.cors.allowed-origins", "https://app.example");
        configuration.put("cardea.request.removed-headers", "X-Remote-User");
        return Wars.of(
                APP,
                configuration,
                PathApplication.class,
                RoutedResource.class,
                RewritingFilter.class,
                RoutedServlet.class,
                OverridingFilter.class,
                RoutedPublicServlet.class);
    }

    private static void rule(Map<String, String> configuration, String name, String path, String key, String value) {
        configuration.put("cardea.routes." + name + ".path", path);
        configuration.put("cardea.routes." + name + "." + key, value);
    }

    @BeforeAll
    static void getTokens() throws Exception {
        SpringAuthorizationServer server = SpringAuthorizationServer.shared();
        reads = server.token("orders-client", "orders:read");
        writes = server.token("orders-client", "orders:write");
        neither = server.token("orders-client-opaque", "profile:read");
    }

    @Test
    @OperateOnDeployment(APP)
    void aRuleProtectsServletsAndResourcesThatDeclareNothing() throws Exception {
        app.assertGuarded("/secret/x", neither, reads);
        app.assertGuarded("/secret", neither, reads);
        app.assertGuarded("/api/secret/1", neither, reads);
    }

    @Test
    @OperateOnDeployment(APP)
    void aRuleOpensAndAnAnnotationBelowItStillHolds() throws Exception {
        assertThat(app.get("/public/x").body()).isEqualTo("agreed");
        assertThat(app.get("/public/x", "never-issued").status())
                .as("the token is not looked at")
                .isEqualTo(200);
        assertThat(app.get("/api/items").body()).isEqualTo("items");
        assertThat(app.get("/api/items", "never-issued").status()).isEqualTo(200);
        app.assertGuarded("/api/items/annotated", neither, reads);
    }

    @Test
    @Tag("N22")
    @OperateOnDeployment(APP)
    void aRuleHoldsInEveryDispatch() throws Exception {
        for (String dispatch :
                List.of("forward", "include", "async", "forward-by-name", "include-by-name", "forward-to-resource")) {
            String path = "/public/x?" + dispatch;
            assertThat(app.get(path).body()).as(dispatch).doesNotContain("secret");
            assertThat(app.get(path).status()).as(dispatch).isEqualTo(401);
            assertThat(app.get(path, neither).body()).as(dispatch).doesNotContain("secret");
            assertThat(app.get(path, neither).status()).as(dispatch).isEqualTo(403);
            assertThat(app.get(path, reads).body()).as(dispatch).isEqualTo("secret");
        }
    }

    /** RESTEasy reads the including request's path, so that nothing is included; the refusal comes first. */
    @Test
    @Tag("N22")
    @OperateOnDeployment(APP)
    void aPageThatIncludesAResourceIsRefusedWithIt() throws Exception {
        assertThat(app.get("/public/x?include-resource").status()).isEqualTo(401);
        assertThat(app.get("/public/x?include-resource", neither).status()).isEqualTo(403);
        assertThat(app.get("/public/x?include-resource", reads).status()).isEqualTo(200);
    }

    @Test
    @Tag("N22")
    @OperateOnDeployment(APP)
    void aRuleHoldsForTheMethodAndThePathThatAreMatchedInTheEnd() throws Exception {
        assertThat(send("DELETE", "/api/items", neither).status()).isEqualTo(403);
        assertThat(send("DELETE", "/api/items", writes).body()).isEqualTo("secret");
        assertThat(send("POST", "/api/items", null).body()).isEqualTo("added");

        RawRequest overridden = http.request("POST", "/api/items").header("X-HTTP-Method-Override", "DELETE");
        assertThat(overridden.send().status()).isEqualTo(401);
        assertThat(overridden.bearer(neither).send().status()).isEqualTo(403);
        RawRequest allowed = http.request("POST", "/api/items").header("X-HTTP-Method-Override", "DELETE");
        assertThat(allowed.bearer(writes).send().body()).isEqualTo("secret");

        assertThat(http.get("/api/items")
                        .header("X-Rewrite-To", "secret/1")
                        .send()
                        .status())
                .isEqualTo(401);
        assertThat(http.get("/api/items")
                        .header("X-Rewrite-To", "secret/1")
                        .bearer(reads)
                        .send()
                        .body())
                .isEqualTo("secret");
    }

    @Test
    @Tag("N22")
    @OperateOnDeployment(APP)
    void aRuleThatOpensWhatWasSentDoesNotOpenWhatItBecame() throws Exception {
        assertThat(app.get("/api/readable").body()).isEqualTo("agreed");
        assertThat(send("DELETE", "/api/readable", null).status()).isEqualTo(401);
        for (RawRequest changed : List.of(
                http.get("/api/readable").header("X-HTTP-Method-Override", "DELETE"),
                http.get("/api/readable").header("X-Rewrite-To", "unruled"))) {
            assertThat(changed.send().status()).as("%s", changed).isEqualTo(401);
            assertThat(changed.bearer("never-issued").send().status())
                    .as("%s", changed)
                    .isEqualTo(401);
            assertThat(changed.bearer(neither).send().body()).as("%s", changed).isEqualTo("secret");
        }
    }

    @Test
    @Tag("B20")
    @OperateOnDeployment(APP)
    void aPreflightIsAnsweredWhateverTheRuleAsksFor() throws Exception {
        for (String path : List.of("/secret/x", "/api/secret/1", "/api/items", "/api/readable")) {
            RawRequest options = http.request("OPTIONS", path).header("Origin", "https://app.example");
            RawResponse answer =
                    options.header("Access-Control-Request-Method", "DELETE").send();
            assertThat(answer.status()).as(path).isEqualTo(204);
            assertThat(answer.all("Access-Control-Allow-Origin")).containsExactly("https://app.example");
        }
        RawRequest noPreflight = http.request("OPTIONS", "/api/secret/1").header("Origin", "https://app.example");
        assertThat(noPreflight.send().status()).isEqualTo(401);
    }

    @Test
    @Tag("N22")
    @OperateOnDeployment(APP)
    void noSpellingOfASecretPathGetsPastItsRule() throws Exception {
        List<String> spellings = spellings(400);
        int reached = 0;
        for (int from = 0; from < spellings.size(); from += 20) {
            List<String> batch = spellings.subList(from, Math.min(from + 20, spellings.size()));
            for (String spelling : batch) {
                assertThat(app.get(spelling).body()).as(spelling).doesNotStartWith("secret");
                assertThat(app.get(spelling, neither).body()).as(spelling).doesNotStartWith("secret");
                reached += app.get(spelling, reads).body().equals("secret") ? 1 : 0;
            }
        }
        assertThat(reached)
                .as("spellings that reach the secret with the right token")
                .isGreaterThan(20);
    }

    @Test
    @Tag("N22")
    @OperateOnDeployment(APP)
    void everyServersReadingOfAPathIsOneOfOurs() throws Exception {
        Random random = new Random(7);
        int answered = 0;
        for (int i = 0; i < 300; i++) {
            String path = "/public/" + disguised("a/b" + i + "/c.d", random);
            RawResponse response = app.get(path);
            if (response.status() == 200) {
                answered++;
                assertThat(response.body()).as(path).isEqualTo("agreed");
            }
        }
        assertThat(answered).as("paths that the server took").isGreaterThan(100);
    }

    @Test
    @Tag("C03")
    @Tag("N17")
    @OperateOnDeployment(APP)
    void theApplicationDoesNotSeeHeadersThatAreRemoved() throws Exception {
        for (String path : List.of("/public/x?headers", "/api/items/headers")) {
            RawResponse response = http.get(path)
                    .header("X-Remote-User", "boss")
                    .header("x_remote_user", "boss")
                    .header("X-Kept", "kept")
                    .send();
            assertThat(response.body()).as(path).contains("kept").doesNotContain("boss");
        }
    }

    @Test
    @Tag("C03")
    @OperateOnDeployment(APP)
    void theTokenMayComeInACookieWhereTheRuleSaysSoAndFromOurOwnOrigin() throws Exception {
        String cookie = "a=b; __Host-token=" + reads;
        assertThat(http.get("/secret/web")
                        .header("Cookie", cookie)
                        .header("Sec-Fetch-Site", "same-origin")
                        .send()
                        .body())
                .isEqualTo("secret");
        assertThat(http.get("/secret/web")
                        .header("Cookie", cookie)
                        .header("Sec-Fetch-Site", "cross-site")
                        .send()
                        .status())
                .isEqualTo(401);
        assertThat(http.get("/secret/web").header("Cookie", cookie).send().status())
                .as("no browser says anything")
                .isEqualTo(401);
        assertThat(http.get("/secret/x")
                        .header("Cookie", cookie)
                        .header("Sec-Fetch-Site", "same-origin")
                        .send()
                        .status())
                .as("another rule")
                .isEqualTo(401);
        assertThat(http.get("/secret/web")
                        .header("Cookie", cookie)
                        .header("Sec-Fetch-Site", "same-origin")
                        .bearer(reads)
                        .send()
                        .status())
                .as("beside a header token")
                .isEqualTo(400);
    }

    private RawResponse send(String method, String path, String token) throws Exception {
        RawRequest request = http.request(method, path);
        return (token == null ? request : request.bearer(token)).send();
    }

    private static List<String> spellings(int count) {
        Random random = new Random(20261121);
        List<String> spellings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String start =
                    switch (i % 4) {
                        case 0 -> "/";
                        case 1 -> "/public/../";
                        case 2 -> "/public/..;/";
                        default -> "/public/%2e%2e/";
                    };
            spellings.add(start + disguised(i % 2 == 0 ? "secret/x" : "api/secret/1", random));
        }
        return spellings;
    }

    private static String disguised(String path, Random random) {
        StringBuilder written = new StringBuilder();
        for (char c : path.toCharArray()) {
            if (c == '/') {
                written.append(
                        switch (random.nextInt(12)) {
                            case 0 -> "//";
                            case 1 -> "/./";
                            case 2 -> "/x/../";
                            case 3 -> ";p=1/";
                            case 4 -> "%2F";
                            case 5 -> "/;/";
                            case 6 -> "\\";
                            case 7 -> "/%2e/";
                            default -> "/";
                        });
            } else {
                written.append(random.nextInt(12) == 0 ? "%%%02x".formatted((int) c) : String.valueOf(c));
            }
        }
        return written + (random.nextInt(6) == 0 ? ";jsessionid=1" : "") + (random.nextInt(6) == 0 ? "/" : "");
    }
}
