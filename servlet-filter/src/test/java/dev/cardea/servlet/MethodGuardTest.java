package dev.cardea.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.ResourceServer;
import dev.cardea.handover.Handover;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Both filters, with a filter of the application between them that lets the client name another method. */
class MethodGuardTest {
    private static final String SERVLET = "reports";
    private static final String JAX_RS = "rest";

    private final Map<String, String> configuration = new LinkedHashMap<>(Map.of(
            "cardea.issuer", "https://as.example",
            "cardea.audience", "https://api.example",
            "cardea.cors.allowed-origins", "https://app.example"));
    private final Map<Object, @Nullable Object> attributes = new HashMap<>();
    private final Map<String, String> fields = new HashMap<>();
    private final List<Object> statuses = new ArrayList<>();
    private String servlet = SERVLET;
    private @Nullable ResourceServer server;

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    @Tag("N22")
    void aRuleThatOpensTheMethodThatWasSentDoesNotOpenTheOneItBecame() throws Exception {
        rule("read", "GET", "access", "permit");
        assertThat(statusOf("GET", "GET")).as("the unfaulted twin").isEqualTo(200);
        assertThat(statusOf("DELETE", "DELETE")).isEqualTo(401);
        assertThat(statusOf("GET", "DELETE")).isEqualTo(401);
    }

    @Test
    @Tag("N22")
    void aRuleForTheMethodThatItBecameHoldsWhereTheServletIsOpenOtherwise() throws Exception {
        configuration.put("cardea.access.default", "permit");
        rule("write", "DELETE", "scopes", "orders:write");
        assertThat(statusOf("GET", "GET")).as("the unfaulted twin").isEqualTo(200);
        assertThat(statusOf("DELETE", "DELETE")).isEqualTo(401);
        assertThat(statusOf("GET", "DELETE")).isEqualTo(401);
    }

    @Test
    @Tag("B20")
    void aPreflightGoesOnToTheJaxRsHalfWhateverTheRuleAsksFor() throws Exception {
        configuration.put("cardea.routes.all.path", "/shop/reports/*");
        servlet = JAX_RS;
        fields.put("Origin", "https://app.example");
        assertThat(statusOf("OPTIONS", "OPTIONS")).as("no preflight").isEqualTo(401);
        fields.put("Access-Control-Request-Method", "DELETE");
        assertThat(statusOf("OPTIONS", "OPTIONS")).isEqualTo(200);
    }

    private void rule(String name, String method, String key, String value) {
        configuration.put("cardea.routes." + name + ".path", "/shop/reports/*");
        configuration.put("cardea.routes." + name + ".methods", method);
        configuration.put("cardea.routes." + name + "." + key, value);
    }

    /** 200 if the servlet ran. */
    private int statusOf(String sent, String became) throws Exception {
        attributes.clear();
        statuses.clear();
        CardeaFilter first = new CardeaFilter();
        first.open(protection());
        MethodGuard last = new MethodGuard(first);
        first.doFilter(
                request(sent),
                response(),
                (request, response) -> last.doFilter(
                        new HttpServletRequestWrapper((HttpServletRequest) request) {
                            @Override
                            public String getMethod() {
                                return became;
                            }
                        },
                        response,
                        (reached, answered) -> statuses.add(200)));
        return (Integer) statuses.get(statuses.size() - 1);
    }

    private Protection protection() {
        close();
        ResourceServer current =
                ResourceServer.builder().properties(configuration).build();
        server = current;
        ServletContext context = FakeContainer.of(ServletContext.class, (method, argument) -> switch (method) {
            case "getServletRegistration" -> registration((String) argument);
            case "getServletRegistrations" -> Map.of();
            case "getAttribute" -> Handover.watched(JAX_RS).equals(argument) ? true : null;
            case "getContextPath" -> "/shop";
            case "getClassLoader" -> MethodGuardTest.class.getClassLoader();
            default -> throw new UnsupportedOperationException(method);
        });
        Endpoints endpoints = new Endpoints(context, current.defaultPolicy());
        return new Protection(
                current,
                endpoints,
                WebSocketEndpoints.of(List.of(), "/shop", current.defaultPolicy()),
                new JaxRsHalf(context),
                new LateServlets(context, endpoints, Set.of()),
                OpenResources.none());
    }

    private static ServletRegistration registration(@Nullable String name) {
        return FakeContainer.of(ServletRegistration.class, (method, argument) -> switch (method) {
            case "getName" -> name;
            case "getClassName" -> "unknown.Servlet";
            case "getMappings" -> List.of("/reports/*");
            default -> null;
        });
    }

    private HttpServletRequest request(String sent) {
        HttpServletMapping mapping = FakeContainer.of(
                HttpServletMapping.class,
                (method, argument) -> method.equals("getServletName") ? servlet : "/reports/*");
        return FakeContainer.ofAll(HttpServletRequest.class, (method, arguments) -> switch (method) {
            case "getDispatcherType" -> DispatcherType.REQUEST;
            case "getMethod" -> sent;
            case "getRequestURI" -> "/shop/reports/1";
            case "getContextPath" -> "/shop";
            case "getServletPath" -> "/reports";
            case "getPathInfo" -> "/1";
            case "getHttpServletMapping" -> mapping;
            case "isSecure" -> true;
            case "isAsyncStarted" -> false;
            case "getHeaders" -> field((String) arguments.get(0));
            case "getAttribute" -> attributes.get(arguments.get(0));
            case "setAttribute" -> attributes.put(arguments.get(0), arguments.get(1));
            case "removeAttribute" -> attributes.remove(arguments.get(0));
            default -> null;
        });
    }

    private Object field(String name) {
        String value = fields.get(name);
        return Collections.enumeration(value == null ? List.of() : List.of(value));
    }

    private HttpServletResponse response() {
        return FakeContainer.of(HttpServletResponse.class, (method, argument) -> {
            if (method.equals("setStatus")) {
                statuses.add(argument);
            }
            return switch (method) {
                case "isCommitted", "containsHeader" -> false;
                case "getHeaders" -> List.of();
                default -> null;
            };
        });
    }
}
