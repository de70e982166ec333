package dev.cardea.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {
    @ParameterizedTest
    @CsvSource({
        "cardea.isuer,cardea.issuer",
        "cardea.audiences,cardea.audience",
        "cardea.Issuer,cardea.issuer",
        "cardea.jwt.clockSkew,cardea.jwt.clock-skew",
        "cardea.introspection.clientid,cardea.introspection.client-id",
        "cardea.jwks.uri,cardea.jwks.url",
        "cardea.resource.reaml,cardea.resource.realm"
    })
    void namesTheNearestSetting(String mistake, String meant) {
        Settings.local().read();
        assertThat(Settings.local().with(mistake, "x").problems())
                .containsExactly(new Problem(mistake, "is not a setting of Cardea", meant));
    }

    @Test
    void namesNoSettingThatIsNotNear() {
        assertThat(Settings.local().with("cardea.colour-of-the-door", "x").problems())
                .extracting(Problem::instead)
                .containsExactly("one of those in docs/reference/configuration.md");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"cardea.revocation.keep", "cardea.telemetry.metrics", "cardea.audit.file", "cardea.redis.url"})
    void saysThatALaterSettingIsNotSupportedYet(String later) {
        assertThat(Settings.local().with(later, "x").problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.key()).isEqualTo(later))
                .satisfies(problem -> assertThat(problem.what()).isEqualTo("is not supported by this version"));
    }

    @Test
    void leavesNamesOfOthersAlone() {
        Settings.local()
                .with("cardeaxx", "x")
                .with("smallrye.cardea.issuer", "x")
                .read();
    }

    @Test
    void judgesNothingInTheEnvironmentThatIsOfNoFamily() {
        Map<String, String> kubernetes = Map.of(
                "CARDEA_PORT", "tcp://10.0.0.1:80",
                "CARDEA_SERVICE_HOST", "10.0.0.1",
                "cardea.something", "x");

        ConfigurationReader.read(source(kubernetes));
    }

    /** Nobody would see that a rule, or a partner's own audience, is missing. */
    @ParameterizedTest
    @CsvSource({
        "CARDEA_ISSUERS_PARTNER_AUDIENCES, CARDEA_ISSUERS_PARTNER_AUDIENCE, further issuer",
        "CARDEA_ISSUERS_PARTNER_SERVICE, CARDEA_ISSUERS_PARTNER_SERVICE_HOST, further issuer",
        "CARDEA_ROUTES_ADMIN_ACESS, CARDEA_ROUTES_ADMIN_ACCESS, path rule",
        "cardea.routes.admin.acess, cardea.routes.admin.access, path rule",
        "cardea_routes_admin_acess, cardea_routes_admin_access, path rule",
        "CARDEA_ROUTES_ADMIN_PORT_X_TCP, CARDEA_ROUTES_ADMIN_PORT_80_TCP, path rule"
    })
    void refusesAVariableOfAFamilyThatIsNoSettingOfIt(String mistake, String meant, String family) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "CARDEA_ISSUERS_PARTNER_ISSUER", "https://partner.example.com",
                "CARDEA_ROUTES_ADMIN_PATH", "/admin/*"));
        environment.put(meant, "deny");
        ConfigurationReader.read(source(environment));

        environment.remove(meant);
        environment.put(mistake, "deny");
        assertThat(problemsWith(environment))
                .singleElement()
                .satisfies(problem -> assertThat(problem.key())
                        .isEqualTo(mistake.toUpperCase(Locale.ROOT).replace('.', '_')))
                .satisfies(problem -> assertThat(problem.what()).isEqualTo("is not a setting of a " + family));
    }

    /** Kubernetes writes these into every pod of the namespace. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SERVICE_HOST",
                "SERVICE_PORT",
                "SERVICE_PORT_HTTP",
                "PORT",
                "PORT_8080_TCP",
                "PORT_8080_TCP_ADDR",
                "PORT_8080_TCP_PORT",
                "PORT_8080_TCP_PROTO",
                "PORT_53_UDP_ADDR"
            })
    void leavesTheVariablesOfAServiceThatIsCalledLikeAFamilyAlone(String variable) {
        ConfigurationReader.read(source(Map.of(
                "CARDEA_ISSUERS_" + variable, "x",
                "CARDEA_ISSUERS_MY_PARTNER_" + variable, "x",
                "CARDEA_ROUTES_" + variable, "x",
                "CARDEA_ROUTES_ADMIN_" + variable, "x")));

        String mistyped =
                "CARDEA_ISSUERS_PARTNER_" + variable.replace("PORT", "PRT").replace("HOST", "HST");
        assertThat(problemsWith(Map.of(mistyped, "x"))).extracting(Problem::key).containsExactly(mistyped);
    }

    @Test
    void understandsWordsWhateverTheLanguageOfTheServer() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr-TR"));
        try {
            Configuration configuration = ConfigurationReader.read(new StandaloneSource(
                    Map.of(),
                    Map.of("CARDEA_ISSUER", "https://as.example.com", "CARDEA_AUDIENCE", "urn:api"),
                    List.of(Map.of(
                            "cardea.token.validation", "introspect",
                            "cardea.introspection.client-id", "orders",
                            "cardea.introspection.client-secret", "x",
                            "cardea.access.default", "permit",
                            "cardea.issuer-profile", "spring",
                            "cardea.jwt.types", "APPLICATION/AT+JWT"))));

            assertThat(configuration.issuer().issuer().issuer()).isEqualTo("https://as.example.com");
            assertThat(configuration.issuer().issuer().types()).containsExactly("at+jwt");
            assertThat(configuration.token().validation()).isEqualTo(dev.cardea.demand.Validation.INTROSPECT);
            assertThat(configuration.accessDefault()).isEqualTo(AccessDefault.PERMIT);
            assertThat(Settings.local().with("cardea.ISSUER", "x").problems())
                    .extracting(Problem::instead)
                    .containsExactly("cardea.issuer");
        } finally {
            Locale.setDefault(before);
        }
    }

    private static List<Problem> problemsWith(Map<String, String> environment) {
        return catchThrowableOfType(
                        InvalidConfigurationException.class, () -> ConfigurationReader.read(source(environment)))
                .problems();
    }

    private static ConfigurationSource source(Map<String, String> environment) {
        return new StandaloneSource(
                Map.of(),
                environment,
                List.of(Map.of("cardea.issuer", "https://as.example.com", "cardea.audience", "urn:api")));
    }
}
