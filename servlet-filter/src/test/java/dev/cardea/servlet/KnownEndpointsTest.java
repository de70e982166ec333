package dev.cardea.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.AccessPolicy;
import dev.cardea.RequiresScope;
import dev.cardea.deployment.EndpointReport;
import dev.cardea.deployment.KnownEndpoint;
import dev.cardea.handover.DeployedBeans;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownEndpointsTest {
    private static final AccessPolicy DEFAULT = AccessPolicy.authenticated();

    @RequiresScope("reports:read")
    @RequiresScope(anyOf = {"boss", "auditor"})
    public static class Reports extends HttpServlet {
        private static final long serialVersionUID = 1;
    }

    @Path("/orders/")
    @RequiresScope("orders:read")
    public static class Orders {
        @GET
        public void list() {}

        @POST
        @Path("{id}")
        @PermitAll
        public void open() {}
    }

    @RequiresScope("items:read")
    public static class Items {
        @GET
        public void read() {}
    }

    public static class Api extends Application {}

    @ServerEndpoint("/chat/{room}")
    @RequiresScope("chat")
    public static class Chat {}

    public static class Bean {
        @RequiresScope("books")
        public void book() {}

        public void free() {}
    }

    @Test
    void everyKnownEndpointIsListedWithItsRequirement() {
        DeployedBeans.add(List.of(Bean.class), List.of(Bean.class));
        List<Class<?>> classes = List.of(Orders.class, Items.class, Reports.class, Chat.class);
        Map<String, ServletRegistration> servlets =
                Map.of("reports", registration(Reports.class, "/reports/*"), "api", registration(Api.class, "/api/*"));
        ServletContext context = FakeContainer.of(ServletContext.class, (method, argument) -> switch (method) {
            case "getServletRegistrations" -> servlets;
            case "getServletRegistration" -> servlets.get((String) argument);
            case "getContextPath" -> "/app";
            case "getClassLoader" -> getClass().getClassLoader();
            default -> null;
        });
        List<KnownEndpoint> known = KnownEndpoints.of(
                context, new Endpoints(context, DEFAULT), WebSocketEndpoints.of(classes, "/app", DEFAULT), classes);

        assertThat(EndpointReport.lines(
                        known, each -> String.valueOf(each.declared() == null ? DEFAULT : each.declared())))
                .containsExactly(
                        "GET     /app/api/orders       scope orders:read  [Orders.list]",
                        "POST    /app/api/orders/{id}  everybody  [Orders.open]",
                        "GET     /app/chat/{room}      scope chat  [WebSocket Chat]",
                        "*       /app/reports/*        scope reports:read, scope auditor or boss  [servlet reports]",
                        "GET                           scope items:read  [Items.read]",
                        "call                          scope books  [bean Bean.book]");
    }

    private static ServletRegistration registration(Class<?> type, String mapping) {
        return FakeContainer.of(ServletRegistration.class, (method, argument) -> switch (method) {
            case "getMappings" -> List.of(mapping);
            case "getClassName" -> type.getName();
            case "getName" -> type.getName();
            default -> null;
        });
    }
}
