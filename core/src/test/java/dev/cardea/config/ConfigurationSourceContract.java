package dev.cardea.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds whether the server has MicroProfile Config or not. */
abstract class ConfigurationSourceContract {
    private static final String SECRET = "cardea.introspection.client-secret";

    abstract ConfigurationSource source(
            Map<String, String> system, Map<String, String> environment, Map<String, String> file);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pa$$word",
                "a,b",
                "a\\,b",
                "back\\slash",
                "back\\\\slash",
                "do${llar",
                "a${as.host}b",
                "${",
                "$}",
                "\\${as.host}",
                "  blanks  ",
                "ends\\",
                "%dev",
                "é€"
            })
    void leavesSecretsAsTheyWereWritten(String secret) {
        assertThat(clientSecret(Map.of(SECRET, secret), Map.of())).isEqualTo(secret);
    }

    @Test
    void looksUpASecretThatIsAsAWholeAReference() {
        assertThat(clientSecret(Map.of(SECRET, "${ORDERS_SECRET}"), Map.of("ORDERS_SECRET", "p$a,s${s}\\")))
                .isEqualTo("p$a,s${s}\\");
        assertThat(clientSecret(Map.of(SECRET, "${NOT_THERE:fall$back}"), Map.of()))
                .isEqualTo("fall$back");
    }

    @Test
    void expandsEverythingElse() {
        ConfigurationSource source = source(
                Map.of(),
                Map.of("AS_HOST", "as.example.com"),
                Map.of(
                        "cardea.issuer", "https://${AS_HOST}/${tenant:main}",
                        "cardea.audience", "a${as.none:${AS_HOST}}b",
                        "cardea.resource.realm", "\\${AS_HOST}",
                        "cardea.jwt.types", "${NOT_THERE}"));

        assertThat(source.value("cardea.issuer")).isEqualTo("https://as.example.com/main");
        assertThat(source.value("cardea.audience")).isEqualTo("aas.example.comb");
        assertThat(source.value("cardea.resource.realm")).isEqualTo("${AS_HOST}");
        assertThat(source.value("cardea.jwt.types")).isNull();
        assertThat(source.raw("cardea.jwt.types")).isEqualTo("${NOT_THERE}");
    }

    @Test
    void takesAnEmptyStringForNoValue() {
        ConfigurationSource source =
                source(Map.of(), Map.of("CARDEA_ISSUER", ""), Map.of("cardea.issuer", "https://as.example.com"));

        assertThat(source.value("cardea.issuer")).isNull();
        assertThat(source.raw("cardea.issuer")).isNull();
        assertThat(source.value("cardea.audience")).isNull();
    }

    @Test
    void prefersSystemPropertiesToTheEnvironmentAndThatToFiles() {
        Map<String, String> system = Map.of("cardea.issuer", "system");
        Map<String, String> environment = Map.of("CARDEA_ISSUER", "environment");
        Map<String, String> file = Map.of("cardea.issuer", "file");

        assertThat(source(system, environment, file).value("cardea.issuer")).isEqualTo("system");
        assertThat(source(Map.of(), environment, file).value("cardea.issuer")).isEqualTo("environment");
        assertThat(source(Map.of(), Map.of(), file).value("cardea.issuer")).isEqualTo("file");
    }

    @Test
    void honoursConfigOrdinal() {
        Map<String, String> environment = Map.of("CARDEA_ISSUER", "environment");

        assertThat(source(Map.of(), environment, Map.of("cardea.issuer", "file", "config_ordinal", "350"))
                        .value("cardea.issuer"))
                .isEqualTo("file");
        assertThat(source(Map.of(), environment, Map.of("cardea.issuer", "file", "config_ordinal", "250"))
                        .value("cardea.issuer"))
                .isEqualTo("environment");
    }

    @Test
    void findsDashesAndDotsInTheEnvironment() {
        assertThat(clientSecret(Map.of(), Map.of("CARDEA_INTROSPECTION_CLIENT_SECRET", "upper")))
                .isEqualTo("upper");
        assertThat(clientSecret(Map.of(), Map.of("cardea_introspection_client_secret", "lower")))
                .isEqualTo("lower");
        assertThat(clientSecret(Map.of(), Map.of(SECRET, "exact"))).isEqualTo("exact");
    }

    /** What protects a path must not depend on which of the three spellings somebody has chosen. */
    @ParameterizedTest
    @MethodSource("spellings")
    void findsPathRulesAndIssuersInTheEnvironmentInEverySpelling(UnaryOperator<String> spelling) {
        Map<String, String> file = Map.of("cardea.issuer", "https://as.example.com", "cardea.audience", "urn:api");
        Map<String, String> environment = new HashMap<>();
        Map.of(
                        "cardea.routes.order-admin.path", "/admin/*",
                        "cardea.routes.order-admin.access", "deny",
                        "cardea.issuers.north-west.issuer", "https://nw.example.com",
                        "cardea.issuers.north-west.jwks.url", "https://nw.example.com/keys")
                .forEach((name, value) -> environment.put(spelling.apply(name), value));

        Configuration configuration = ConfigurationReader.read(source(Map.of(), environment, file));

        assertThat(configuration.routes()).singleElement().satisfies(route -> {
            assertThat(route.name()).isEqualTo("order-admin");
            assertThat(route.access()).isEqualTo(RouteSettings.Access.DENY);
        });
        assertThat(configuration.issuers())
                .extracting(trusted -> trusted.issuer().issuer())
                .containsExactly("https://as.example.com", "https://nw.example.com");
        assertThat(configuration.issuers().get(1).jwks().url()).hasToString("https://nw.example.com/keys");
    }

    static Stream<UnaryOperator<String>> spellings() {
        return Stream.of(name -> name, name -> name.replaceAll("[.-]", "_"), name -> name.replaceAll("[.-]", "_")
                .toUpperCase(Locale.ROOT));
    }

    /** A rule in a file of which a variable says one setting: both are the same rule. */
    @Test
    void aVariableChangesTheRuleOfAFile() {
        Map<String, String> file = Map.of(
                "cardea.issuer", "https://as.example.com",
                "cardea.audience", "urn:api",
                "cardea.routes.admin.path", "/admin/*");

        assertThat(ConfigurationReader.read(source(Map.of(), Map.of("cardea.routes.admin.access", "deny"), file))
                        .routes())
                .extracting(RouteSettings::access)
                .containsExactly(RouteSettings.Access.DENY);
        assertThat(ConfigurationReader.read(source(Map.of(), Map.of(), file)).routes())
                .extracting(RouteSettings::access)
                .containsExactly(RouteSettings.Access.AUTHENTICATED);
    }

    @Test
    void namesWhatStandsInFilesAndSystemPropertiesOnly() {
        assertThat(source(
                                Map.of("cardea.from.system", "x", "other", "x"),
                                Map.of("CARDEA_PORT", "tcp://10.0.0.1:80", "CARDEA_FROM_ENV", "x", "cardea.env", "x"),
                                Map.of("cardea.from.file", "x", "cardeax", "x"))
                        .names())
                .containsExactlyInAnyOrder("cardea.from.system", "cardea.from.file");
    }

    private String clientSecret(Map<String, String> file, Map<String, String> environment) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "cardea.issuer", "https://as.example.com",
                "cardea.audience", "urn:api",
                "cardea.introspection.client-id", "orders",
                "as.host", "as.example.com"));
        settings.putAll(file);
        return ConfigurationReader.read(source(Map.of(), environment, settings))
                .introspection()
                .client()
                .secretNow()
                .reveal();
    }
}
