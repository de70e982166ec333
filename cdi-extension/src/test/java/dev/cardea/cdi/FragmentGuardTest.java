package dev.cardea.cdi;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cardea.handover.Handover;
import jakarta.enterprise.context.Initialized;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** With discovery, so that it is seen that beans.xml makes a bean of the guard. */
class FragmentGuardTest {
    @Test
    void stopsAnApplicationWhoseFragmentDidNotStart() {
        try (WeldContainer container = new Weld().initialize()) {
            assertThatThrownBy(() -> startApplication(container, null))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("<absolute-ordering>", "<name>cardea</name>");
            assertThatCode(() -> startApplication(container, new Object())).doesNotThrowAnyException();
        }
    }

    @Test
    void refusesTheRequestsOfAnApplicationWhoseStartItWasNotShown() {
        try (WeldContainer container = new Weld().initialize()) {
            assertThatThrownBy(() -> startRequest(container, null)).isInstanceOf(IllegalStateException.class);
            assertThatCode(() -> startRequest(container, new Object())).doesNotThrowAnyException();
        }
    }

    private static void startRequest(WeldContainer container, @Nullable Object resourceServer) {
        ServletContext context = context(resourceServer);
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(
                HttpServletRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getServletContext" -> context;
                    case "toString" -> "request";
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        container
                .event()
                .select(HttpServletRequest.class, Initialized.Literal.REQUEST)
                .fire(request);
    }

    private static void startApplication(WeldContainer container, @Nullable Object resourceServer) {
        container
                .event()
                .select(ServletContext.class, Initialized.Literal.APPLICATION)
                .fire(context(resourceServer));
    }

    private static ServletContext context(@Nullable Object resourceServer) {
        return (ServletContext) Proxy.newProxyInstance(
                ServletContext.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getAttribute" -> Handover.RESOURCE_SERVER.equals(arguments[0]) ? resourceServer : null;
                    case "toString" -> "context";
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
