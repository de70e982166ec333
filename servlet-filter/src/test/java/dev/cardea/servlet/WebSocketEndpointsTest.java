package dev.cardea.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.AccessPolicy;
import dev.cardea.RequiresScope;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.websocket.server.ServerEndpoint;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("N22")
class WebSocketEndpointsTest {
    private static final AccessPolicy DEFAULT = AccessPolicy.authenticated();
    private static final AccessPolicy READ = AccessPolicy.allScopes("read");
    private static final Endpoint FILES = new Endpoint("default", Endpoint.Kind.SERVLET, null, DEFAULT, List.of());
    private static final Endpoint OPEN =
            new Endpoint("open", Endpoint.Kind.SERVLET, AccessPolicy.anonymous(), AccessPolicy.anonymous(), List.of());
    private static final Endpoint RESOURCES = new Endpoint("rest", Endpoint.Kind.JAXRS, null, DEFAULT, List.of());

    @ServerEndpoint("/rooms/{room}")
    @RequiresScope("read")
    static class Rooms {}

    @ServerEndpoint("/rooms/admin")
    @RequiresScope("admin")
    static class Admin {}

    @ServerEndpoint("/open")
    @PermitAll
    static class Open {}

    @ServerEndpoint("/talk")
    static class Unannotated {}

    private final WebSocketEndpoints endpoints = WebSocketEndpoints.of(
            List.of(Rooms.class, Admin.class, Open.class, Unannotated.class, String.class), "/app", DEFAULT);

    @Test
    void whateverServletTheHandshakeIsMappedToTheEndpointsRequirementIsAdded() {
        for (String upgrade : new String[] {"websocket", null}) {
            assertThat(endpoints.with(FILES, request("/app/rooms/1", upgrade)).declared())
                    .isEqualTo(READ);
            assertThat(endpoints
                            .with(RESOURCES, request("/app/rooms/1", upgrade))
                            .declared())
                    .isEqualTo(READ);
            Endpoint open = endpoints.with(OPEN, request("/app/rooms/1", upgrade));
            assertThat(open.policy()).isEqualTo(READ.and(AccessPolicy.anonymous()));
            assertThat(open.policy().isOpen()).isFalse();
        }
        assertThat(endpoints.with(FILES, request("/app/elsewhere", "websocket")))
                .isEqualTo(FILES);
    }

    @Test
    void everyReadingOfThePathCounts() {
        for (String path : List.of(
                "/app/rooms/1/",
                "/app/%72ooms/1",
                "/app//rooms/1",
                "/app/rooms;a=b/1",
                "/app/x/../rooms/1",
                "/%61pp/rooms/1")) {
            assertThat(endpoints.with(OPEN, request(path, null)).policy().isOpen())
                    .as(path)
                    .isFalse();
        }
        assertThat(endpoints.with(OPEN, request("/app/rooms/1/2", null))).isEqualTo(OPEN);
    }

    @Test
    void allEndpointsAddUpThatThePathMayBeFor() {
        assertThat(endpoints
                        .with(FILES, request("/app/rooms/admin", "websocket"))
                        .declared())
                .isEqualTo(READ.and(AccessPolicy.allScopes("admin")));
    }

    @Test
    void anOpenEndpointOpensNoFileAndAnUnannotatedOneIsNotOpenedByTheServletInFrontOfIt() {
        assertThat(endpoints.with(FILES, request("/app/open", "websocket"))).isEqualTo(FILES);
        for (String path : List.of("/app/talk", "/app/programmatic")) {
            assertThat(endpoints.with(OPEN, request(path, "WebSocket")).policy())
                    .isEqualTo(DEFAULT.and(AccessPolicy.anonymous()));
            assertThat(endpoints
                            .with(RESOURCES, request(path, "h2c, websocket"))
                            .declared())
                    .isEqualTo(DEFAULT);
            assertThat(endpoints.with(OPEN, request(path, "h2c"))).isEqualTo(OPEN);
            assertThat(endpoints.with(OPEN, request(path, null))).isEqualTo(OPEN);
        }
    }

    private static HttpServletRequest request(String uri, @Nullable String upgrade) {
        return FakeContainer.of(HttpServletRequest.class, (method, argument) -> switch (method) {
            case "getMethod" -> "GET";
            case "getRequestURI" -> uri;
            case "getContextPath" -> "/app";
            case "getServletPath" -> "/";
            case "getPathInfo" -> null;
            case "getHeaders" ->
                "Upgrade".equals(argument) && upgrade != null
                        ? Collections.enumeration(List.of(upgrade))
                        : Collections.emptyEnumeration();
            case "toString" -> uri;
            default -> throw new UnsupportedOperationException(method);
        });
    }
}
