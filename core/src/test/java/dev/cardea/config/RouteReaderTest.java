package dev.cardea.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cardea.token.SubjectKind;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteReaderTest {
    @Test
    void readsEverySettingOfARule() {
        RouteSettings route = Settings.local()
                .with("cardea.token.cookie", "__Host-at")
                .with("cardea.routes.order-admin.path", "/shop/orders/{id}/*")
                .with("cardea.routes.order-admin.methods", "GET, POST")
                .with("cardea.routes.order-admin.scopes", "a, b")
                .with("cardea.routes.order-admin.any-scopes", "c,d")
                .with("cardea.routes.order-admin.roles", "boss")
                .with("cardea.routes.order-admin.subject", "client")
                .with("cardea.routes.order-admin.token-cookie", "true")
                .with("cardea.routes.order-admin.report-only", "true")
                .read()
                .routes()
                .get(0);
        assertThat(route.name()).isEqualTo("order-admin");
        assertThat(route.path()).hasToString("/shop/orders/{id}/*");
        assertThat(route.methods()).containsExactlyInAnyOrder("GET", "POST");
        assertThat(route.access()).isEqualTo(RouteSettings.Access.AUTHENTICATED);
        assertThat(route.scopes()).containsExactlyInAnyOrder("a", "b");
        assertThat(route.anyScopes()).containsExactlyInAnyOrder("c", "d");
        assertThat(route.roles()).containsExactly("boss");
        assertThat(route.subject()).isEqualTo(SubjectKind.CLIENT);
        assertThat(route.tokenCookie()).isTrue();
        assertThat(route.reportOnly()).isTrue();
    }

    @Test
    void aPathAloneAsksForAnyValidToken() {
        RouteSettings route = Settings.local()
                .with("cardea.routes.x.path", "/x")
                .read()
                .routes()
                .get(0);
        assertThat(route)
                .isEqualTo(new RouteSettings(
                        "x",
                        route.path(),
                        Set.of(),
                        RouteSettings.Access.AUTHENTICATED,
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        null,
                        false,
                        dev.cardea.demand.Demand.NONE,
                        null,
                        null,
                        false,
                        false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "path | shop | /shop | begin with a slash",
                "path | /shop/* /x | /shop/* | inside a segment",
                "path | '' | /shop | is not set",
                "methods | get | GET | is not a method",
                "methods | , | GET | lists nothing",
                "access | open | permit | not allowed",
                "scopes | a b | a | not one scope token",
                "scopes | , | a | lists nothing",
                "any-scopes | , | a | lists nothing",
                "roles | , | a | lists nothing",
                "subject | robot | user | not allowed",
                "report-only | yes | true | not allowed",
                "validation | remote | local | is not allowed",
                "validation | introspect | auto | cardea.introspection.client-id is not set",
                "introspection-max-age | 0 | 0s | is not allowed",
                "introspection-max-age | 2h | 1h | is not allowed",
                "when-unavailable | allow | deny | is not allowed",
                "when-unavailable | stale | deny | nothing is introspected",
                "when-unavailable | local | deny | nothing is introspected",
                "stale-for | 0s | 1s | is not allowed",
                "sender-constraint | always | required | not",
                "dpop-nonce | always | required | not",
                "acr-values | gold | '' | not supported",
                "acr-values | gold | '' | not supported",
                "step-up-max-age | 1m | '' | not supported",
                "max-token-age | 1m | '' | not supported",
            })
    void saysWhatIsWrongWithARule(String suffix, String fault, String cure, String what) {
        String key = "cardea.routes.x." + suffix;
        assertThat(rule().with(key, fault).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.key()).isEqualTo(key))
                .satisfies(problem -> assertThat(problem.what()).contains(what));
        rule().with(key, cure).read();
    }

    @ParameterizedTest
    @CsvSource({"report-only,true,false", "access,deny,authenticated", "access,permit,anonymous"})
    void aRuleThatValidatesNoTokenSaysNothingAboutHow(String suffix, String fault, String cure) {
        String key = "cardea.routes.x." + suffix;
        assertThat(rule().with("cardea.routes.x.introspection-max-age", "1s")
                        .with(key, fault)
                        .problems())
                .extracting(Problem::key)
                .containsExactly(key);
        assertThat(rule().with("cardea.routes.x.introspection-max-age", "1s")
                        .with(key, cure)
                        .read()
                        .routes())
                .hasSize(1);
        assertThat(rule().with(key, fault).read().routes()).hasSize(1);
    }

    /** Nothing steps up yet: a rule that went without would let in whoever logged in by a password a year ago. */
    @ParameterizedTest
    @ValueSource(
            strings = {"cardea.routes.x.acr-values", "cardea.routes.x.step-up-max-age", "cardea.routes.x.max-token-age"
            })
    @Tag("C02")
    void whoAsksForAStepUpIsToldThatNothingStepsUpYet(String name) {
        rule().read();
        assertThat(rule().with(name, "required").problems()).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo(name);
            assertThat(problem.what()).isEqualTo("is not supported by this version");
        });
        Map<String, String> environment = Map.of(name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), "required");
        assertThatCode(() -> ConfigurationReader.read(inTheEnvironment(Map.of())))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> ConfigurationReader.read(inTheEnvironment(environment)))
                .hasMessageContaining(name);
    }

    private static StandaloneSource inTheEnvironment(Map<String, String> environment) {
        return new StandaloneSource(
                Map.of(
                        "cardea.issuer", "https://as.example.com",
                        "cardea.audience", "urn:api",
                        "cardea.routes.x.path", "/x"),
                environment,
                List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"permit", "anonymous", "deny"})
    void refusesDemandsThatNobodyWouldMake(String access) {
        assertThat(rule().with("cardea.routes.x.access", access)
                        .with("cardea.routes.x.subject", "user")
                        .problems())
                .hasSize(1);
        for (String demand : List.of("scopes", "any-scopes", "roles")) {
            assertThat(rule().with("cardea.routes.x.access", access)
                            .with("cardea.routes.x." + demand, "a")
                            .problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.key()).isEqualTo("cardea.routes.x.access"));
        }
        rule().with("cardea.routes.x.access", access).read();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cardea.routes.x.pth",
                "cardea.routes.X.path",
                "cardea.routes.a_b.path",
                "cardea.routes.a.b.path",
                "cardea.routes.path",
                "cardea.routes.-a.path",
                "cardea.routes.a--b.path"
            })
    void refusesWhatIsNoSettingOfARule(String name) {
        assertThat(rule().with(name, "/y").problems()).singleElement().satisfies(problem -> assertThat(problem.what())
                .isEqualTo("is not a setting of a path rule"));
        rule().read();
    }

    @Test
    void aCookieNeedsARuleAndARuleTheCookie() {
        assertThat(rule().with("cardea.token.cookie", "__Host-at").problems()).hasSize(1);
        assertThat(rule().with("cardea.routes.x.token-cookie", "true").problems())
                .hasSize(1);
        assertThat(rule().with("cardea.routes.x.token-cookie", "true")
                        .with("cardea.token.cookie", "at")
                        .problems())
                .hasSize(1);
        rule().with("cardea.routes.x.token-cookie", "true")
                .with("cardea.token.cookie", "__Host-at")
                .read();
    }

    @Test
    void findsRulesInTheEnvironment() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "CARDEA_ISSUER", "https://as.example.com",
                "CARDEA_AUDIENCE", "urn:api",
                "CARDEA_ROUTES_ORDER_ADMIN_PATH", "/shop/admin/*",
                "CARDEA_ROUTES_ORDER_ADMIN_ANY_SCOPES", "a",
                "CARDEA_ROUTES_SERVICE_HOST", "10.0.0.1",
                "CARDEA_ROUTES_PORT_80_TCP", "tcp://10.0.0.1:80",
                "CARDEA_ROUTESX_PATH", "/"));
        StandaloneSource source = new StandaloneSource(
                Map.of("cardea.routes.reads.path", "/shop/*", "cardea.routes.order-admin.roles", "boss"),
                environment,
                List.of());
        List<RouteSettings> routes = ConfigurationReader.read(source).routes();
        assertThat(routes).extracting(RouteSettings::name).containsExactly("order-admin", "reads");
        assertThat(routes.get(0).anyScopes()).containsExactly("a");
        assertThat(routes.get(0).roles()).containsExactly("boss");
    }

    private static Settings rule() {
        return Settings.local().with("cardea.routes.x.path", "/x");
    }
}
