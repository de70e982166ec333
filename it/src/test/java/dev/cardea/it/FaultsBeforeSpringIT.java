package dev.cardea.it;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import dev.cardea.it.app.GuardedResource;
import dev.cardea.it.app.PathApplication;
import dev.cardea.it.app.PlainServlet;
import dev.cardea.it.environment.Application;
import dev.cardea.it.environment.SpringAuthorizationServer;
import dev.cardea.it.environment.Wars;
import dev.cardea.testkit.contract.Expect;
import dev.cardea.testkit.contract.RawResponse;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes back instead of a real server's answer: in time, never granted, never a failure of the application. */
@ExtendWith(ArquillianExtension.class)
class FaultsBeforeSpringIT {

    private static final String PATH = "/api/guarded";
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    /** For what is not the call: two servers and a test share the machine. Far less than any of the delays below. */
    private static final Duration SLACK = Duration.ofMillis(2_500);

    private static final Duration RECOVERY = Duration.ofSeconds(30);

    private static final String OF_SOMEBODY_ELSE = "{\"active\":true,\"sub\":\"mallory\",\"scope\":\"orders:read\","
            + "\"aud\":\"https://other.example\",\"exp\":4102444800}";

    private static final WireMockServer MIDDLE =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

    private final Application app = Application.at("between");

    @Deployment(testable = false)
    static WebArchive between() {
        URI endpoint = SpringAuthorizationServer.shared().introspectionEndpoint();
        MIDDLE.start();
        MIDDLE.stubFor(any(anyUrl())
                .atPriority(10)
                .willReturn(aResponse().proxiedFrom(endpoint.getScheme() + "://" + endpoint.getAuthority())));
        Map<String, String> configuration = Wars.trustingSpring();
        configuration.put("cardea.introspection.url", MIDDLE.baseUrl() + endpoint.getRawPath());
        configuration.put("cardea.introspection.timeout", TIMEOUT.toMillis() + "ms");
        configuration.put("cardea.introspection.breaker.open-for", "500ms");
        return Wars.of("between", configuration, PathApplication.class, GuardedResource.class, PlainServlet.class);
    }

    @AfterEach
    void heal() {
        for (StubMapping stub : MIDDLE.getStubMappings()) {
            if (stub.getPriority() != 10) {
                MIDDLE.removeStub(stub);
            }
        }
    }

    @AfterAll
    static void stop() {
        MIDDLE.stop();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("a byte per second", 503, json("{\"active\":true}").withChunkedDribbleDelay(15, 15_000)),
                Arguments.of("hangs", 503, json("{\"active\":true}").withFixedDelay(20_000)),
                Arguments.of("resets", 503, aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
                Arguments.of("hangs up", 503, aResponse().withFault(Fault.EMPTY_RESPONSE)),
                Arguments.of("is no HTTP", 503, aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)),
                Arguments.of("breaks in the body", 503, aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)),
                Arguments.of("20 MB", 503, json("{\"active\":true,\"x\":\"" + "x".repeat(20 << 20) + "\"}")),
                Arguments.of(
                        "HTML",
                        503,
                        aResponse().withHeader("Content-Type", "text/html").withBody("<html>")),
                Arguments.of(
                        "a redirect", 503, aResponse().withStatus(307).withHeader("Location", "/lured/introspect")),
                Arguments.of("active:\"true\"", 503, json("{\"active\":\"true\"}")),
                Arguments.of("truncated JSON", 503, json("{\"active\":true,\"sub\":\"al")),
                Arguments.of("another token's answer", 401, json(OF_SOMEBODY_ELSE)),
                Arguments.of("500", 503, aResponse().withStatus(500)),
                Arguments.of("429", 503, aResponse().withStatus(429).withHeader("Retry-After", "1")),
                Arguments.of("503", 503, aResponse().withStatus(503).withHeader("Retry-After", "1")));
    }

    private static ResponseDefinitionBuilder json(String body) {
        return aResponse().withHeader("Content-Type", "application/json").withBody(body);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    @Tag("I05")
    @Tag("I09")
    @Tag("I21")
    @Tag("N09")
    @Tag("N10")
    @Tag("N11")
    void neverGrantedNeverAFailureAlwaysInTime(String what, int status, ResponseDefinitionBuilder fault)
            throws Exception {
        awaitGranted(token());
        String token = token();

        MIDDLE.stubFor(any(anyUrl()).atPriority(1).willReturn(fault));
        for (String path : new String[] {PATH, "/plain"}) {
            long start = System.nanoTime();
            RawResponse answer = app.get(path, token);
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            if (status == 503) {
                Expect.unavailable(answer);
            } else {
                Expect.invalidToken(answer);
            }
            assertThat(elapsed).as("answered in time").isLessThan(TIMEOUT.plus(SLACK));
        }
        MIDDLE.verify(0, postRequestedFor(urlPathEqualTo("/lured/introspect")));

        heal();
        if (status == 503) {
            awaitGranted(token);
        } else {
            awaitGranted(token());
        }
    }

    private static String token() throws Exception {
        return SpringAuthorizationServer.shared().token("orders-client-opaque", "orders:read");
    }

    private void awaitGranted(String token) throws Exception {
        long deadline = System.nanoTime() + RECOVERY.toNanos();
        RawResponse answer = app.get(PATH, token);
        while (answer.status() == 503 && System.nanoTime() < deadline) {
            Thread.sleep(100);
            answer = app.get(PATH, token);
        }
        Expect.granted(answer);
    }
}
