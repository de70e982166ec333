package dev.cardea.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cardea.RequiresScope;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.Test;

class AnnotationValidationTest {
    @Path("orders")
    @RequiresScope("orders:read")
    static class Orders implements Api {
        @Override
        @GET
        public String get() {
            return "";
        }

        @Path("items")
        public Items items() {
            return new Items();
        }
    }

    interface Api {
        @RequiresScope("orders:read")
        String get();
    }

    static class Items {
        @GET
        @RequiresScope("items:read")
        public String get() {
            return "";
        }
    }

    @RequiresScope("orders:read")
    static class PlainServlet extends HttpServlet {}

    @Path("typo")
    static class Typo {
        @GET
        @RequiresScope("orders:read orders:write")
        public String get() {
            return "";
        }
    }

    @Path("locator")
    static class Locator {
        @Path("items")
        @RequiresScope("items:read")
        public Items items() {
            return new Items();
        }
    }

    @ApplicationScoped
    static class Service {
        @RequiresScope("orders:read")
        public void call() {}
    }

    @ApplicationScoped
    static class ApiService implements Api {
        @Override
        public String get() {
            return "";
        }
    }

    @WebFilter("/*")
    @RequiresScope("orders:read")
    static class Filter extends HttpFilter {}

    @Test
    void deploysAnnotationsThatWork() {
        deploy(Orders.class, Api.class, Items.class, PlainServlet.class);
    }

    @Test
    void refusesOneThatDoesNotAndNamesClassAndMethod() {
        assertRefused(Typo.class, "Typo.get", "orders:read orders:write");
        assertRefused(Locator.class, "Locator.items", "sub-resource locator");
        assertRefused(Filter.class, "Filter ", "neither a JAX-RS resource nor a servlet");
    }

    @Test
    void reportsAllOfThemAtOnce() {
        assertThatThrownBy(() -> deploy(Orders.class, Items.class, Typo.class, Locator.class, Filter.class))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContainingAll("Typo.get", "Locator.items", "Filter ")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("Orders"));
        deploy(Orders.class, Items.class);
    }

    @Test
    void deploysAnnotationsOnBeansAndOnTheInterfacesThatTheyImplement() {
        deploy(Service.class, ApiService.class);
    }

    @ApplicationScoped
    static class Uninterceptable {
        @RequiresScope("a")
        private void hidden() {}

        @RolesAllowed("a")
        static void shared() {}

        @DenyAll
        final void closed() {}

        @PostConstruct
        @RequiresScope("a")
        void started() {}

        @RequiresScope("a")
        void fine() {
            hidden();
        }
    }

    @Dependent
    @RequiresScope("a")
    static class FinalMethod {
        public final void call() {}
    }

    @Dependent
    @RequiresScope("a")
    static final class FinalClass {
        public void call() {}
    }

    @Test
    void refusesMethodsOfBeansThatNoInterceptorCanStandInFrontOf() {
        assertThatThrownBy(() -> deploy(Service.class, Uninterceptable.class))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContainingAll(
                        "@RequiresScope on " + Uninterceptable.class.getName() + ".hidden",
                        "@RolesAllowed on " + Uninterceptable.class.getName() + ".shared",
                        "@DenyAll on " + Uninterceptable.class.getName() + ".closed",
                        "@RequiresScope on " + Uninterceptable.class.getName() + ".started")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("Uninterceptable.fine"));
        assertRefused(FinalMethod.class, "FinalMethod.call");
        assertRefused(FinalClass.class, "FinalClass");
    }

    private static void assertRefused(Class<?> bad, String... parts) {
        deploy(Orders.class, Items.class);
        assertThatThrownBy(() -> deploy(Orders.class, Items.class, bad))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContainingAll(parts);
    }

    /** With discovery: without it Weld SE does not read the service file of extensions. */
    private static void deploy(Class<?>... types) {
        try (WeldContainer container = new Weld()
                .addBeanClasses(types)
                .addBeanClass(TestRequest.Producer.class)
                .initialize()) {
            assertThat(container.isRunning()).isTrue();
        }
    }
}
