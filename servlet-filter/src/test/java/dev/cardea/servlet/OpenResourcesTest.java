package dev.cardea.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.RequiresScope;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("N22")
class OpenResourcesTest {
    @Path("orders")
    static class Orders {
        @GET
        @RequiresScope("orders:read")
        public void list() {}

        @GET
        @Path("/info/")
        @PermitAll
        public void info() {}

        @POST
        @Path("info")
        @RequiresScope("orders:write")
        public void change() {}

        @GET
        @Path("{page: [0-9]{4}/.*}")
        @PermitAll
        public void page() {}

        @Path("{id}")
        public Object order() {
            return new Object();
        }
    }

    private static final OpenResources ORDERS = OpenResources.of(List.of(Orders.class), false);

    @Test
    void passesOnWhatAMethodDeclaresOpen() {
        assertThat(open("GET", "/orders/info")).isTrue();
        assertThat(open("GET", "/orders/info/")).isTrue();
        assertThat(open("HEAD", "/orders/info")).isTrue();
    }

    @Test
    void passesOnNothingElse() {
        assertThat(open("GET", "/orders/info")).isTrue();
        for (String path :
                List.of("/orders", "/", "/orders/infos", "/orders/info/x", "/info", "orders/info", "/Orders/info")) {
            assertThat(open("GET", path)).as(path).isFalse();
        }
        for (String method : List.of("POST", "OPTIONS", "TRACE", "get", "PUT")) {
            assertThat(open(method, "/orders/info")).as(method).isFalse();
        }
    }

    @Test
    void aClosedLocatorKeepsWhatItWouldTake() {
        assertThat(open("GET", "/orders/2026/1"))
                .as("the locator {id} takes /orders/2026/1, too")
                .isFalse();
        assertThat(OpenResources.of(List.of(WithoutLocator.class), false).mayBeOpen("GET", Set.of("/pages/2026/1")))
                .isTrue();
    }

    @Path("pages")
    static class WithoutLocator {
        @GET
        @Path("{page: [0-9]{4}/.*}")
        @PermitAll
        public void page() {}
    }

    @Path("catalogue")
    static class Locators {
        @Path("open")
        @PermitAll
        public Object open() {
            return new Object();
        }

        @Path("closed")
        public Object closed() {
            return new Object();
        }
    }

    @Test
    void aLocatorRunsAnonymouslyOnlyIfItIsDeclaredOpen() {
        OpenResources resources = OpenResources.of(List.of(Locators.class), false);
        assertThat(resources.mayBeOpen("GET", Set.of("/catalogue/open/item/1"))).isTrue();
        assertThat(resources.mayBeOpen("GET", Set.of("/catalogue/closed/item/1")))
                .isFalse();
    }

    @Test
    void everyReadingHasToBeOpen() {
        assertThat(ORDERS.mayBeOpen("GET", Set.of("/orders/info"))).isTrue();
        assertThat(ORDERS.mayBeOpen("GET", Set.of("/orders/info", "/orders/secret")))
                .isFalse();
        assertThat(OpenResources.none().mayBeOpen("GET", Set.of("/orders/info")))
                .isFalse();
    }

    @Path("api")
    interface Api {
        @GET
        @Path("open")
        @PermitAll
        void open();

        @GET
        @Path("closed")
        void closed();
    }

    @Test
    void annotationsOnAnInterfaceCountAsWell() {
        OpenResources resources = OpenResources.of(List.of(Api.class), false);
        assertThat(resources.mayBeOpen("GET", Set.of("/api/open"))).isTrue();
        assertThat(resources.mayBeOpen("GET", Set.of("/api/closed"))).isFalse();
        assertThat(OpenResources.of(List.of(Api.class), true).mayBeOpen("GET", Set.of("/api/closed")))
                .isTrue();
    }

    @Path("broken")
    static class Broken {
        @GET
        @Path("{a: [}")
        @PermitAll
        public void open() {}

        @GET
        @Path("fine")
        @PermitAll
        public void fine() {}
    }

    @Path("broken")
    static class BrokenLocator {
        @Path("{a")
        public Object locator() {
            return new Object();
        }
    }

    @Test
    void aTemplateThatCannotBeReadOpensNothing() {
        assertThat(OpenResources.of(List.of(Broken.class), false).mayBeOpen("GET", Set.of("/broken/fine")))
                .isTrue();
        assertThat(OpenResources.of(Arrays.asList(Broken.class, BrokenLocator.class), false)
                        .mayBeOpen("GET", Set.of("/broken/fine")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/orders/info;x=1", "/orders/info%2F", "//orders/info", "/orders/./info", "/orders/x/../info"})
    void anotherSpellingIsNotTheOpenPath(String path) {
        assertThat(open("GET", "/orders/info")).isTrue();
        assertThat(open("GET", path)).isFalse();
    }

    private static boolean open(String method, String path) {
        return ORDERS.mayBeOpen(method, Set.of(path));
    }
}
