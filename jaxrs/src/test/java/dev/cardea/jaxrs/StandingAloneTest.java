package dev.cardea.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.Authentication;
import dev.cardea.DecisionEvent;
import dev.cardea.ResourceServer;
import dev.cardea.handover.Handover;
import dev.cardea.handover.LivenessProbe;
import dev.cardea.testkit.DpopKey;
import dev.cardea.testkit.DpopProof;
import dev.cardea.testkit.TestAuthorizationServer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The JAX-RS half where the servlet filter is not in front of it, before matching. */
class StandingAloneTest {
    private final List<DecisionEvent> events = new ArrayList<>();
    private final Map<String, Object> properties = new HashMap<>();
    private final MultivaluedMap<String, String> headers = new MultivaluedHashMap<>();
    private final MultivaluedMap<String, Object> answered = new MultivaluedHashMap<>();
    private TestAuthorizationServer as;
    private ResourceServer server;
    private AuthenticationFilter filter;
    private AuthenticationFilter withoutServletRequest;
    private boolean secure = true;
    private String httpMethod = "GET";
    private String peer = "198.51.100.7";
    private String sentPath = "/app/api/orders";
    private boolean aborted;
    private boolean onThreadOfTheRequest = true;

    @BeforeEach
    void start() {
        as = TestAuthorizationServer.start(Clock.systemUTC());
        server = ResourceServer.builder()
                .properties(Map.of(
                        "cardea.issuer",
                        as.issuer(),
                        "cardea.allow-http-issuer",
                        "true",
                        "cardea.audience",
                        TestAuthorizationServer.AUDIENCE,
                        "cardea.cors.allowed-origins",
                        "https://app.example"))
                .listener(events::add)
                .build();
        ServletContext context = proxy(
                ServletContext.class,
                (self, method, arguments) -> onThreadOfTheRequest && Handover.RESOURCE_SERVER.equals(arguments[0])
                        ? server
                        : unexpected(method.getName()));
        filter = new AuthenticationFilter(context, servletRequest());
        withoutServletRequest = new AuthenticationFilter(context, null);
    }

    @AfterEach
    void stop() {
        server.close();
        as.close();
    }

    @Test
    void aGoodTokenGoesThroughAndEndsInOneEvent() {
        headers.add("Authorization", "Bearer " + as.issueJwt("orders:read"));
        filter.filter(request());
        assertThat(aborted).isFalse();
        assertThat(properties.get(Authentication.ATTRIBUTE)).isInstanceOf(Authentication.Authenticated.class);
        filter.filter(request(), response());
        filter.filter(request(), response());
        assertThat(events).hasSize(1);
        assertThat(answered.get("X-Request-Id")).containsExactly(events.get(0).correlationId());
    }

    /** A stream's first event is sent by whichever thread has it. */
    @Test
    @Tag("N22")
    void anAnswerThatBeginsOnAThreadOfTheApplicationNeedsNothingThatIsInjected() {
        headers.add("Authorization", "Bearer " + as.issueJwt("orders:read"));
        filter.filter(request());
        onThreadOfTheRequest = false;
        filter.filter(request(), response());
        assertThat(events).hasSize(1);
        assertThat(answered.get("X-Request-Id")).containsExactly(events.get(0).correlationId());
    }

    @Test
    void everybodyElseIsRefusedBeforeMatching() {
        for (List<String> fields :
                List.of(List.<String>of(), List.of("Bearer nonsense"), List.of("Bearer a", "Bearer a"))) {
            aborted = false;
            properties.clear();
            headers.put("Authorization", fields);
            filter.filter(request());
            assertThat(aborted).as("%s", fields).isTrue();
        }
    }

    @Test
    @Tag("B19")
    void aTokenOverPlainHttpIsRefusedUnlessItComesFromThisMachine() {
        headers.add("Authorization", "Bearer " + as.issueJwt("orders:read"));
        secure = false;
        filter.filter(request());
        assertThat(aborted).isTrue();

        aborted = false;
        properties.clear();
        peer = "127.0.0.1";
        filter.filter(request());
        assertThat(aborted).isFalse();

        properties.clear();
        withoutServletRequest.filter(request());
        assertThat(aborted).as("where nobody knows how it came").isTrue();
    }

    /** {@code UriInfo} has a path that was decoded, put in order and escaped again. */
    @Test
    @Tag("D09")
    void aProofIsForWhatTheServletSaysAndNotForWhatJaxRsMadeOfIt() {
        DpopKey key = DpopKey.generate();
        String token = as.issueBoundJwt(key, "orders:read");
        DpopProof proof = DpopProof.of(key, "GET", "").token(token);
        headers.add("Authorization", "DPoP " + token);
        headers.add("Host", "api.example");
        sentPath = "/app/api//or%64ers%2f1";

        headers.putSingle(
                "DPoP",
                proof.request("GET", "https://api.example/app/api//orders%2F1").build());
        filter.filter(request());
        assertThat(aborted).isFalse();

        for (String htu : List.of(
                "http://localhost/app/api/orders",
                "https://api.example/app/api/orders",
                "https://api.example/app/api/orders/1")) {
            aborted = false;
            properties.clear();
            headers.putSingle("DPoP", proof.another().request("GET", htu).build());
            filter.filter(request());
            assertThat(aborted).as(htu).isTrue();
        }
    }

    @Test
    @Tag("B20")
    @Tag("B21")
    void aPreflightGoesAsFarAsTheLastFilterAndIsAnswered() {
        headers.add("Origin", "https://app.example");
        headers.add("Access-Control-Request-Method", "GET");
        httpMethod = "OPTIONS";
        filter.filter(request());
        assertThat(aborted).isFalse();
        new PreflightFilter().filter(request());
        assertThat(aborted).isTrue();
        filter.filter(request(), response());
        assertThat(answered.getFirst("Access-Control-Allow-Origin")).isEqualTo("https://app.example");

        aborted = false;
        properties.clear();
        headers.putSingle("Origin", "https://evil.example");
        filter.filter(request());
        assertThat(aborted).isTrue();
    }

    @Test
    void whatTheServletFilterHasFoundOutIsNotFoundOutAgain() {
        headers.add("Authorization", "Bearer " + as.issueJwt("orders:read"));
        filter.filter(request());
        Object first = properties.get(Authentication.ATTRIBUTE);
        filter.filter(request());
        assertThat(properties.get(Authentication.ATTRIBUTE)).isSameAs(first);
    }

    @Test
    void theServletFiltersProbeIsAnswered() {
        LivenessProbe probe = new LivenessProbe();
        properties.put(LivenessProbe.ATTRIBUTE, probe);
        filter.filter(request());
        assertThat(probe.isAnswered()).isTrue();
        assertThat(aborted).isTrue();
        assertThat(properties).doesNotContainKey(Authentication.ATTRIBUTE);
    }

    private HttpServletRequest servletRequest() {
        return proxy(HttpServletRequest.class, (self, method, arguments) -> switch (method.getName()) {
            case "isSecure" -> secure;
            case "getRemoteAddr" -> peer;
            case "getMethod" -> httpMethod;
            case "getRequestURI" -> sentPath;
            case "getContextPath" -> "/app";
            case "getAttribute" -> null;
            default -> unexpected(method.getName());
        });
    }

    private ContainerRequestContext request() {
        UriInfo uri =
                proxy(UriInfo.class, (self, method, arguments) -> URI.create("http://localhost/app/api/orders?x=1"));
        return proxy(ContainerRequestContext.class, (self, method, arguments) -> switch (method.getName()) {
            case "getProperty" -> properties.get((String) arguments[0]);
            case "setProperty" -> properties.put((String) arguments[0], arguments[1]);
            case "getHeaders" -> headers;
            case "getUriInfo" -> uri;
            case "getMethod" -> httpMethod;
            case "abortWith" -> {
                aborted = true;
                yield null;
            }
            default -> unexpected(method.getName());
        });
    }

    private ContainerResponseContext response() {
        return proxy(
                ContainerResponseContext.class,
                (self, method, arguments) ->
                        method.getName().equals("getHeaders") ? answered : unexpected(method.getName()));
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object unexpected(String method) {
        throw new UnsupportedOperationException(method);
    }
}
