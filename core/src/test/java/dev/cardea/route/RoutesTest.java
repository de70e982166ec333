package dev.cardea.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cardea.authz.Requirement;
import dev.cardea.authz.Requirement.Access;
import dev.cardea.demand.Demand;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
    private final Route everything = rule("everything", "/shop/*");
    private final Route admin = rule("admin", "/shop/admin/*");
    private final Route open = rule("open", "/shop/open/*");
    private final Routes routes = new Routes(List.of(everything, open, admin));

    @Test
    void theMostSpecificRuleHolds() {
        assertThat(found("/shop/admin/x")).containsExactly(admin);
        assertThat(found("/shop/admin")).containsExactly(admin);
        assertThat(found("/shop/administration")).containsExactly(everything);
        assertThat(found("/elsewhere")).isEmpty();
    }

    @ParameterizedTest
    @Tag("N22")
    @ValueSource(
            strings = {
                "/shop/admin;x/y", "/shop//admin/y", "/shop/%61dmin/y", "/shop/open/../admin/y",
                "/shop/open/..;/admin/y", "/shop/open%2F..%2Fadmin", "/shop/open/%2e%2e/admin", "/shop/open\\..\\admin",
                "/shop/admin%2Fy", "/shop/%", "/shop;/admin"
            })
    void readingsThatLeadToDifferentRulesAreAmbiguous(String path) {
        assertThat(routes.of("GET", path, path).ambiguous()).as(path).isTrue();
        assertThat(routes.of("GET", "/shop/admin/y", "/shop/admin/y").ambiguous())
                .as("the plain twin")
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/shop/admin/x;jsessionid=1", "/shop/admin/a%20b", "/shop/admin/x//y", "/shop/admin/%C3%BC"})
    void whatLeadsToOneRuleInEveryReadingIsNot(String path) {
        assertThat(routes.of("GET", path, path).ambiguous()).isFalse();
        assertThat(routes.of("GET", path, path).rules()).containsExactly(admin);
    }

    @Test
    void withoutRulesNoSpellingIsAmbiguous() {
        Routes none = new Routes(List.of());
        assertThat(none.isEmpty()).isTrue();
        assertThat(none.of("GET", "/a//b;c/%", "").ambiguous()).isFalse();
        Routes onlyTrials = new Routes(List.of(trial("trial", "/shop/admin/*")));
        assertThat(onlyTrials.of("GET", "/shop//admin;x/%", "").ambiguous()).isFalse();
        assertThat(onlyTrials.of("GET", "/shop//admin;x/y", "").trials()).hasSize(1);
    }

    @Test
    void theRuleOfWhatTheContainerMatchedHoldsAsWell() {
        assertThat(routes.of("GET", "/shop/", "/shop/admin/index.html").rules()).containsExactly(everything, admin);
        assertThat(routes.of("GET", "/elsewhere", "/shop/admin/index.html").rules())
                .containsExactly(admin);
        assertThat(routes.of("GET", "/shop/admin", "/elsewhere").rules()).containsExactly(admin);
    }

    @Test
    void aRuleThatNamesMethodsComesBeforeOneThatDoesNot() {
        Route writes = rule("writes", "/shop/orders", "POST", "PUT");
        Route reads = rule("reads", "/shop/orders", "GET");
        Route rest = rule("rest", "/shop/orders");
        Routes byMethod = new Routes(List.of(rest, reads, writes));
        assertThat(byMethod.of("POST", "/shop/orders", "").rules()).containsExactly(writes);
        assertThat(byMethod.of("GET", "/shop/orders", "").rules()).containsExactly(reads);
        assertThat(byMethod.of("HEAD", "/shop/orders", "").rules()).containsExactly(reads);
        for (String other : List.of("DELETE", "get", "OPTIONS", "FOO")) {
            assertThat(byMethod.of(other, "/shop/orders", "").rules()).as(other).containsExactly(rest);
        }
    }

    @Test
    void twoRulesForTheSameRequestsAreRefused() {
        assertThatThrownBy(() -> new Routes(List.of(rule("one", "/a/{x}"), rule("two", "/a/{y}"))))
                .hasMessageContainingAll("one", "two");
        assertThatThrownBy(() -> new Routes(List.of(rule("one", "/a", "GET"), rule("two", "/a/", "HEAD"))))
                .hasMessageContainingAll("one", "two");
        assertThat(new Routes(List.of(rule("one", "/a", "GET"), rule("two", "/a", "POST"))).all())
                .hasSize(2);
        assertThat(new Routes(List.of(rule("one", "/a"), trial("two", "/a"))).all())
                .hasSize(2);
    }

    @Test
    void aNamedDispatchHasTheRulesOfEveryPathOfItsServlet() {
        assertThat(routes.ofAll("GET", List.of("/shop/admin", "/shop/open", "/shop/open/x", "/elsewhere"))
                        .rules())
                .containsExactly(admin, open);
        assertThat(routes.ofAll("GET", List.of()).rules()).isEmpty();
    }

    private List<Route> found(String path) {
        return routes.of("GET", path, path).rules();
    }

    private static Route rule(String name, String path, String... methods) {
        return new Route(
                name,
                PathPattern.of(path),
                Set.of(methods),
                Requirement.of(Access.AUTHENTICATED),
                false,
                false,
                Demand.NONE,
                null,
                null,
                false);
    }

    private static Route trial(String name, String path) {
        return new Route(
                name,
                PathPattern.of(path),
                Set.of(),
                Requirement.of(Access.AUTHENTICATED),
                true,
                false,
                Demand.NONE,
                null,
                null,
                false);
    }
}
