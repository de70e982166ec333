package dev.cardea.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.it.app.GuardedResource;
import dev.cardea.it.app.PathApplication;
import dev.cardea.it.app.ScopedServlet;
import dev.cardea.it.environment.ReverseProxy;
import dev.cardea.it.environment.Server;
import dev.cardea.it.environment.Used;
import dev.cardea.it.environment.Wars;
import dev.cardea.testkit.DpopKey;
import dev.cardea.testkit.DpopProof;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.contract.Expect;
import dev.cardea.testkit.contract.RawHttp;
import dev.cardea.testkit.contract.RawRequest;
import dev.cardea.testkit.contract.RawResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Proofs through a reverse proxy that replaces scheme, host and path: they have to be for what the client called, and nobody but
 * a trusted proxy says what that was. The proxies are this machine's other addresses.
 */
@ExtendWith(ArquillianExtension.class)
class BehindProxyIT {
    private static final String FIXED = "proxied-fixed";
    private static final String TOLD = "proxied-told";

    private static final String TRUSTED = "127.0.0.2";
    private static final String STRANGER = "127.0.0.3";

    private static final String SERVLET = "/scoped";
    private static final String RESOURCE = "/api/guarded";
    private static final List<String> ENDPOINTS = List.of(SERVLET, RESOURCE);

    private static final TestAuthorizationServer ISSUER = TestAuthorizationServer.start(Clock.systemUTC());
    private static final DpopKey KEY = DpopKey.generate();
    private static final String TOKEN = ISSUER.issueBoundJwt(KEY, "orders:read");

    private static ReverseProxy beforeFixed;
    private static ReverseProxy beforeTold;
    private static ReverseProxy stranger;

    @Deployment(name = FIXED, testable = false)
    static WebArchive fixed() {
        Map<String, String> configuration = Wars.trusting(ISSUER);
        configuration.put("cardea.external-url", "https://api.example/store/v1");
        return war(FIXED, configuration);
    }

    @Deployment(name = TOLD, testable = false)
    static WebArchive told() {
        Map<String, String> configuration = Wars.trusting(ISSUER);
        configuration.put("cardea.proxy.trusted", TRUSTED);
        return war(TOLD, configuration);
    }

    private static WebArchive war(String name, Map<String, String> configuration) {
        return Wars.of(name, configuration, ScopedServlet.class, PathApplication.class, GuardedResource.class);
    }

    @BeforeAll
    static void start() {
        beforeFixed = ReverseProxy.start(STRANGER, "/store/v1", "/" + FIXED, Map.of());
        Map<String, String> fields =
                Map.of("X-Forwarded-Proto", "https", "X-Forwarded-Host", "api.example", "X-Forwarded-Prefix", "/store");
        beforeTold = ReverseProxy.start(TRUSTED, "/store", "", fields);
        // Without the scheme: Open Liberty itself believes anybody's X-Forwarded-Proto, unless trustedHeaderOrigin says
        // whose.
        stranger = ReverseProxy.start(
                STRANGER, "/store", "", Map.of("X-Forwarded-Host", "api.example", "X-Forwarded-Prefix", "/store"));
    }

    @AfterAll
    static void stop() {
        List.of(beforeFixed, beforeTold, stranger).forEach(ReverseProxy::close);
        ISSUER.close();
    }

    @Test
    @Tag("D11")
    @OperateOnDeployment(FIXED)
    void withAnExternalUrlAProofIsForThatAndForNothingElse() throws Exception {
        for (String endpoint : ENDPOINTS) {
            RawRequest request = beforeFixed.http().get("/store/v1" + endpoint + "?page=2");
            Expect.granted(proven(request, "https://api.example/store/v1" + endpoint));
            Expect.granted(
                    proven(request, "HTTPS://API.example:443/store/x/../v1" + endpoint.replace("o", "%6f") + "?q#f"));
            for (String other : List.of(
                    internal(FIXED, endpoint),
                    "https://api.example/" + FIXED + endpoint,
                    "http://api.example/store/v1" + endpoint,
                    "https://api.example:8443/store/v1" + endpoint,
                    "https://other.example/store/v1" + endpoint,
                    "https://api.example/store/V1" + endpoint,
                    "https://api.example/store/v1" + endpoint + "/",
                    "https://api.example" + endpoint)) {
                refused(other, proven(request, other));
            }
        }
    }

    @Test
    @Tag("D11")
    @OperateOnDeployment(FIXED)
    void withAnExternalUrlNoFieldChangesThat() throws Exception {
        for (String endpoint : ENDPOINTS) {
            for (String field : FIELDS) {
                RawRequest request = with(field, beforeFixed.http().get("/store/v1" + endpoint));
                Expect.granted(proven(request, "https://api.example/store/v1" + endpoint));
                refused(field, proven(request, "https://evil.example/store/v1" + endpoint));
                refused(field, proven(request, "https://evil.example/" + FIXED + endpoint));
            }
        }
    }

    /** Neither server's JAX-RS finds a resource there; servlets are found. */
    @Test
    @Tag("D11")
    @OperateOnDeployment(FIXED)
    void theContextPathMayBeSpelledInAnotherWay() throws Exception {
        RawRequest request = direct(STRANGER).get("/" + FIXED.replace("x", "%78") + SERVLET);
        Expect.granted(proven(request, "https://api.example/store/v1" + SERVLET));
        refused("another", proven(request, "https://api.example/store" + SERVLET));
    }

    @Test
    @Tag("D11")
    @OperateOnDeployment(TOLD)
    void aTrustedProxySaysWhatTheClientCalled() throws Exception {
        for (String endpoint : ENDPOINTS) {
            String path = "/store/" + TOLD + endpoint;
            RawRequest request = beforeTold.http().get(path);
            Expect.granted(proven(request, "https://api.example" + path));
            refused("its own", proven(request, internal(TOLD, endpoint)));
            refused("no prefix", proven(request, "https://api.example/" + TOLD + endpoint));
            refused("no TLS", proven(request, "http://api.example" + path));

            RawRequest spoofed =
                    request.header("X-Forwarded-Host", "evil.example").header("X-Forwarded-Prefix", "/evil");
            Expect.granted(proven(spoofed, "https://api.example" + path));
            refused("the client's", proven(spoofed, "https://evil.example/evil/" + TOLD + endpoint));
        }
    }

    @Test
    @Tag("D11")
    @OperateOnDeployment(TOLD)
    void whatTheProxyPassesOnBesideItsOwnWordIsRefusedIfItDiffers() throws Exception {
        for (String endpoint : ENDPOINTS) {
            String path = "/store/" + TOLD + endpoint;
            RawRequest request = beforeTold.http().get(path);
            Expect.granted(proven(
                    request.header("Forwarded", "for=192.0.2.1;proto=https;host=api.example"),
                    "https://api.example" + path));
            for (String forwarded : List.of("host=evil.example", "host=\"evil.example/x\"")) {
                RawResponse response = proven(request.header("Forwarded", forwarded), "https://api.example" + path);
                assertThat(response.status()).as(forwarded).isEqualTo(400);
                assertThat(response.body()).doesNotContain("secret");
            }
        }
    }

    @Test
    @Tag("D11")
    @Tag("refuses")
    @OperateOnDeployment(TOLD)
    void nobodyElseSaysIt() throws Exception {
        for (String endpoint : ENDPOINTS) {
            String path = "/store/" + TOLD + endpoint;
            Expect.granted(proven(stranger.http().get(path), internal(TOLD, endpoint)));
            for (String htu : List.of("https://api.example" + path, "http://api.example" + path)) {
                refused("a stranger's", proven(stranger.http().get(path), htu));
            }
            for (String field : FIELDS) {
                RawRequest request = with(field, direct(STRANGER).get("/" + TOLD + endpoint));
                refused(field, proven(request, "https://evil.example/" + TOLD + endpoint));
                refused(field, proven(request, "http://evil.example/" + TOLD + endpoint));
                refused(field, proven(request, "https://evil.example:444/" + TOLD + endpoint));
            }
            RawRequest host = direct(STRANGER).get("/" + TOLD + endpoint).header("X-Forwarded-Host", "evil.example");
            Expect.granted(proven(host, internal(TOLD, endpoint)));
        }
    }

    /** What clients could try, and what Open Liberty believes everybody by default. */
    private static final List<String> FIELDS = List.of(
            "X-Forwarded-Host: evil.example",
            "X-Forwarded-Host: evil.example:444",
            "Forwarded: for=192.0.2.1;proto=https;host=evil.example",
            "X-Forwarded-Server: evil.example",
            "X-Original-Host: evil.example",
            "$WSSN: evil.example");

    private static RawRequest with(String field, RawRequest request) {
        int colon = field.indexOf(':');
        return request.header(field.substring(0, colon), field.substring(colon + 2))
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Port", "444");
    }

    private static String internal(String application, String endpoint) {
        return Server.application(application).resolve(endpoint.substring(1)).toString();
    }

    private static RawHttp direct(String address) throws IOException {
        URI server = Server.application("");
        return RawHttp.to(URI.create("http://" + server.getRawAuthority()))
                .from(InetAddress.getByName(address))
                .heardBy(Used::request);
    }

    private static RawResponse proven(RawRequest request, String htu) throws IOException {
        return request.dpop(TOKEN, DpopProof.of(KEY, "GET", htu).token(TOKEN).build())
                .send();
    }

    private static void refused(String what, RawResponse response) {
        assertThat(response.body()).as(what).doesNotContain("secret");
        Expect.invalidProof(response);
    }
}
