package dev.cardea.servlet;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cardea.route.PathPattern;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnmatchedRulesTest {
    private static final Map<String, Set<String>> FILES =
            Map.of("/", Set.of("/index.html", "/static/"), "/static/", Set.of("/static/app.js"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/shop/*",
                "/shop",
                "/shop/",
                "/shop/orders",
                "/shop/orders/1",
                "/shop/{any}",
                "/shop/orders/{id}/*",
                "/*",
                "/shop/index.html",
                "/shop/static/*",
                "/shop/static/{file}",
                "/shop/static/app.js",
                "/{any}/orders"
            })
    void aRuleForWhatIsThereIsTaken(String path) {
        assertThatCode(() -> require(path, "")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/shop/order", "/shop/Orders", "/shop/missing.html", "/shop/dynamic/*", "/{any}/y", "/{a}/b"})
    void aRuleForNothingStopsTheStart(String path) {
        assertThatThrownBy(() -> require(path, ""))
                .hasMessageContainingAll("cardea.routes.mine.path", path, "for nothing in this application");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/orders", "/shoporders/*", "/api/orders"})
    void aRuleOutsideOfTheApplicationStopsTheStart(String path) {
        assertThatThrownBy(() -> require(path, ""))
                .hasMessageContainingAll("cardea.routes.mine.path", path, "outside of this application", "/shop/");
    }

    @Test
    void aServletThatIsMappedByExtensionMayBeAnywhereAndPagesAreFiles() {
        assertThatCode(() -> require("/shop/order.do", "*.do")).doesNotThrowAnyException();
        assertThatThrownBy(() -> require("/shop/order.do", "*.jsp")).hasMessageContaining("for nothing");
    }

    @Test
    void everyUnmatchedRuleIsNamed() {
        assertThatThrownBy(() -> rules("*.jsp").require(Map.of("one", "/shop/a", "two", "/b", "good", "/shop/orders")))
                .hasMessageContainingAll("cardea.routes.one.path", "cardea.routes.two.path")
                .message()
                .doesNotContain("good");
    }

    private static void require(String path, String mapping) {
        rules(mapping).require(Map.of("mine", path));
    }

    private static UnmatchedRules rules(String mapping) {
        ServletRegistration registration = FakeContainer.of(
                ServletRegistration.class, (method, argument) -> mapping.isEmpty() ? List.of() : List.of(mapping));
        ServletContext context = FakeContainer.of(ServletContext.class, (method, argument) -> switch (method) {
            case "getContextPath" -> "/shop";
            case "getResourcePaths" -> FILES.get(argument);
            case "getServletRegistrations" -> Map.of("some", registration);
            default -> throw new UnsupportedOperationException(method);
        });
        return new UnmatchedRules(context, Set.of(PathPattern.of("/shop/orders/*")));
    }
}
