package dev.cardea.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
            strings = {
                "cardea.dpop.mode",
                "cardea.dpop.replay.max-entries",
                "cardea.dpop.something-new",
                "cardea.revocation.keep",
                "cardea.certificate-binding.mode",
                "cardea.http.proxy",
                "cardea.redis.url",
                "cardea.when-unavailable",
                "cardea.introspection.retry.max-attempts",
                "cardea.introspection.cache.recheck"
            })
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
    void neverJudgesTheEnvironment() {
        Map<String, String> kubernetes = Map.of(
                "CARDEA_PORT", "tcp://10.0.0.1:80",
                "CARDEA_SERVICE_HOST", "10.0.0.1",
                "cardea.something", "x");

        ConfigurationReader.read(source(kubernetes));
    }

    @Test
    void readsALaterSettingFromTheEnvironmentToo() {
        assertThat(problemsWith(Map.of("CARDEA_DPOP_MODE", "required")))
                .extracting(Problem::key)
                .containsExactly("cardea.dpop.mode");
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
            assertThat(configuration.token().validation()).isEqualTo(TokenSettings.Validation.INTROSPECT);
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
