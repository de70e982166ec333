package dev.cardea.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.profile.Profile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuersTest {
    private static final String PARTNER = "https://partner.example.com";

    @Test
    void aFurtherIssuerTakesOverWhatIsAboutUs() {
        TrustedIssuer partner = partner(withPartner()
                .with("cardea.jwt.clock-skew", "7s")
                .with("cardea.jwt.max-lifetime", "1h")
                .with("cardea.jwt.algorithms", "ES256")
                .with("cardea.jwks.refresh", "3m"));

        assertThat(partner.issuer().issuer()).isEqualTo(PARTNER);
        assertThat(partner.audience()).containsExactly("https://api.example.com");
        assertThat(partner.claims().clockSkew()).isEqualTo(Duration.ofSeconds(7));
        assertThat(partner.claims().maxLifetime()).isEqualTo(Duration.ofHours(1));
        assertThat(partner.issuer().algorithms()).containsExactly("ES256");
        assertThat(partner.jwks().refresh()).isEqualTo(Duration.ofMinutes(3));
    }

    /** What would be right for one product would be wrong, or a hole, for another. */
    @Test
    @Tag("W10")
    void aFurtherIssuerTakesNothingOverThatIsAboutTheProduct(@TempDir Path directory) throws Exception {
        Path token = Files.writeString(directory.resolve("token"), "abc\n");
        TrustedIssuer partner = partner(withPartner()
                .with("cardea.issuer-profile", "keycloak")
                .with("cardea.allow-http-issuer", "true")
                .with("cardea.jwt.types", "JWT")
                .with("cardea.jwt.required-claims", "iss,aud,exp")
                .with("cardea.jwks.url", "https://as.example.com/keys")
                .with("cardea.http.bearer-token-file", token.toString())
                .with("cardea.principal.claim", "email")
                .with("cardea.roles.claims", "permissions")
                .with("cardea.groups.claims", "teams")
                .with("cardea.scope.claims", "scp"));

        TrustedIssuer alone = partner(withPartner());
        assertThat(partner.issuer()).isEqualTo(alone.issuer());
        assertThat(partner.claims()).isEqualTo(alone.claims());
        assertThat(partner.jwks().url()).isNull();
        assertThat(partner.http()).isEqualTo(new HttpSettings(false, null, null));
    }

    @Test
    @Tag("W10")
    void aFurtherIssuerHasSettingsOfItsOwn() {
        Configuration configuration = withPartner()
                .with("cardea.issuers.partner.issuer-profile", "keycloak")
                .with("cardea.issuers.partner.audience", "urn:partner")
                .with("cardea.issuers.partner.jwks.url", "https://keys.example.com/jwks")
                .with("cardea.issuers.partner.jwks.refresh", "2m")
                .with("cardea.issuers.partner.jwt.clock-skew", "0s")
                .with("cardea.issuers.partner.roles.claims", "groups")
                .read();

        TrustedIssuer partner = configuration.issuers().get(1);
        assertThat(partner.issuer().profile()).isEqualTo(Profile.KEYCLOAK);
        assertThat(partner.issuer().types()).isEqualTo(Set.of("at+jwt", "jwt"));
        assertThat(partner.audience()).containsExactly("urn:partner");
        assertThat(partner.jwks().url()).hasToString("https://keys.example.com/jwks");
        assertThat(partner.jwks().refresh()).isEqualTo(Duration.ofMinutes(2));
        assertThat(partner.claims().clockSkew()).isZero();
        assertThat(partner.claims().roles()).containsExactly("groups");
        assertThat(configuration.issuer()).isEqualTo(Settings.local().read().issuer());
    }

    @Test
    void thereNeedNotBeAMainIssuer() {
        Configuration configuration = Settings.empty()
                .with("cardea.issuers.a.issuer", "https://a.example.com")
                .with("cardea.issuers.a.audience", "urn:a")
                .with("cardea.issuers.b.issuer", "https://b.example.com")
                .with("cardea.issuers.b.audience", "urn:b")
                .read();

        assertThat(configuration.issuer()).isNull();
        assertThat(configuration.issuers())
                .extracting(trusted -> trusted.issuer().issuer(), TrustedIssuer::audience)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("https://a.example.com", Set.of("urn:a")),
                        org.assertj.core.groups.Tuple.tuple("https://b.example.com", Set.of("urn:b")));
    }

    @Test
    void anIssuerWithoutAnAudienceStopsTheStart() {
        Settings settings = Settings.empty().with("cardea.issuers.a.issuer", "https://a.example.com");

        assertThat(settings.problems()).extracting(Problem::key).containsExactly("cardea.audience");
        assertThat(settings.with("cardea.issuers.a.audience", "urn:a").read().issuers())
                .hasSize(1);
    }

    @Test
    void theEnvironmentKnowsFurtherIssuersToo() {
        Configuration configuration = ConfigurationReader.read(new StandaloneSource(
                Map.of(),
                Map.of(
                        "CARDEA_ISSUERS_NORTH_WEST_ISSUER", "https://nw.example.com",
                        "CARDEA_ISSUERS_NORTH_WEST_JWKS_URL", "https://nw.example.com/keys",
                        "CARDEA_AUDIENCE", "urn:api"),
                List.of()));

        TrustedIssuer further = configuration.issuers().get(0);
        assertThat(further.issuer().name()).isEqualTo("north-west");
        assertThat(further.jwks().url()).hasToString("https://nw.example.com/keys");
    }

    @Test
    @Tag("W10")
    void theSameIssuerTwiceStopsTheStart() {
        assertThat(withPartner()
                        .with("cardea.issuers.partner.issuer", "https://as.example.com/tenant")
                        .problems())
                .extracting(Problem::key)
                .containsExactly("cardea.issuers.partner.issuer");
        assertThat(withPartner()
                        .with("cardea.issuers.partner.issuer", "https://as.example.com/tenant/")
                        .read()
                        .issuers())
                .as("a slash makes another issuer")
                .hasSize(2);
    }

    @Test
    void settingsWithoutAnIssuerStopTheStart() {
        assertThat(Settings.local()
                        .with("cardea.issuers.partner.audience", "urn:x")
                        .problems())
                .extracting(Problem::key)
                .containsExactly("cardea.issuers.partner.issuer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwt.typs", "routes.a.path", "Issuer", "audience.x", "token.validation"})
    void anUnknownSettingOfAFurtherIssuerStopsTheStart(String suffix) {
        assertThat(withPartner().read().issuers()).hasSize(2);
        assertThat(withPartner().with("cardea.issuers.partner." + suffix, "x").problems())
                .extracting(Problem::key)
                .containsExactly("cardea.issuers.partner." + suffix);
    }

    @Test
    void introspectionOfAFurtherIssuerIsForALaterVersion() {
        assertThat(withPartner()
                        .with("cardea.issuers.partner.introspection.client-id", "x")
                        .problems())
                .extracting(Problem::what)
                .containsExactly("is not supported by this version");
    }

    @Test
    void problemsNameTheSettingOfThatIssuer() {
        assertThat(withPartner()
                        .with("cardea.issuers.partner.issuer", "http://partner.example.com")
                        .with("cardea.issuers.partner.jwt.algorithms", "HS256")
                        .with("cardea.issuers.partner.jwks.max-stale", "1m")
                        .with("cardea.issuers.partner.jwks.refresh", "soon")
                        .problems())
                .extracting(Problem::key)
                .containsExactlyInAnyOrder(
                        "cardea.issuers.partner.issuer",
                        "cardea.issuers.partner.jwt.algorithms",
                        "cardea.issuers.partner.jwks.max-stale",
                        "cardea.issuers.partner.jwks.refresh");
    }

    @Test
    void allowingHttpForOneIssuerAllowsItForNoOther() {
        Settings both = withPartner().with("cardea.issuers.partner.issuer", "http://partner.example.com");

        assertThat(both.with("cardea.allow-http-issuer", "true").problems())
                .extracting(Problem::key)
                .containsExactly("cardea.issuers.partner.issuer");
        Configuration configuration =
                both.with("cardea.issuers.partner.allow-http-issuer", "true").read();
        assertThat(StartReport.relaxations(configuration))
                .anyMatch(line -> line.startsWith("cardea.issuers.partner.allow-http-issuer=true"));
    }

    @Test
    void theStartLineNamesEveryIssuerAndItsAudience() {
        assertThat(StartReport.summary(withPartner()
                        .with("cardea.issuers.partner.audience", "urn:p")
                        .read()))
                .contains("https://as.example.com/tenant", "[https://api.example.com]", PARTNER, "[urn:p]");
    }

    @Test
    void aPemFileIsATrustStoreWithoutAPassword(@TempDir Path directory) throws Exception {
        Path pem = TrustStores.createPem(directory.resolve("ca.crt"));
        Path empty = Files.writeString(directory.resolve("empty.crt"), "-----BEGIN CERTIFICATE-----\nno\n");

        assertThat(partner(withPartner().with("cardea.issuers.partner.http.trust-store", pem.toString()))
                        .http()
                        .trustStore())
                .isEqualTo(pem);
        assertThat(withPartner()
                        .with("cardea.issuers.partner.http.trust-store", empty.toString())
                        .problems())
                .extracting(Problem::key)
                .containsExactly("cardea.issuers.partner.http.trust-store");
    }

    @Test
    void aBearerTokenFileHasToHoldAToken(@TempDir Path directory) throws Exception {
        Path token = Files.writeString(directory.resolve("token"), "eyJ.a-b_c\n");
        Path other = Files.writeString(directory.resolve("other"), "two words");

        assertThat(partner(withPartner().with("cardea.issuers.partner.http.bearer-token-file", token.toString()))
                        .http()
                        .bearerTokenFile())
                .isEqualTo(token);
        assertThat(withPartner()
                        .with("cardea.issuers.partner.http.bearer-token-file", other.toString())
                        .problems())
                .extracting(Problem::key)
                .containsExactly("cardea.issuers.partner.http.bearer-token-file");
        assertThat(Settings.valid()
                        .with("cardea.issuer", null)
                        .with("cardea.http.bearer-token-file", token.toString())
                        .problems())
                .extracting(Problem::key)
                .containsExactly("cardea.http.bearer-token-file");
    }

    private static Settings withPartner() {
        return Settings.local().with("cardea.issuers.partner.issuer", PARTNER);
    }

    private static TrustedIssuer partner(Settings settings) {
        return settings.read().issuers().get(1);
    }
}
