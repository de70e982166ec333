package dev.cardea.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cardea.profile.Profile;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        assertThat(configuration.issuer().issuer())
                .isEqualTo(Settings.local().read().issuer().issuer());
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
                        tuple("https://a.example.com", Set.of("urn:a")),
                        tuple("https://b.example.com", Set.of("urn:b")));
    }

    @Test
    void theExampleOnThePageIsAConfiguration() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "reference", "issuers.md"));
        String block = page.substring(page.indexOf("cardea.issuers.staff.issuer="));
        Properties example = new Properties();
        example.load(new StringReader(block.substring(0, block.indexOf("```"))));
        Settings settings = Settings.empty();
        example.stringPropertyNames().forEach(name -> settings.with(name, example.getProperty(name)));

        assertThat(settings.read().issuers())
                .extracting(trusted -> trusted.issuer().profile(), TrustedIssuer::audience)
                .containsExactly(
                        tuple(Profile.ENTRA, Set.of("11112222-bbbb-3333-cccc-4444dddd5555")),
                        tuple(Profile.KEYCLOAK, Set.of("orders-api")));
    }

    @Test
    void anIssuerWithoutAnAudienceStopsTheStart() {
        Settings settings = Settings.empty().with("cardea.issuers.a.issuer", "https://a.example.com");

        assertThat(settings.problems())
                .containsExactly(new Problem(
                        "cardea.issuers.a.audience",
                        "is not set, nor is cardea.audience, so tokens for any other API would work here",
                        "what the authorization server puts into aud for this API, for instance https://api.example.com,"
                                + " or set cardea.audience for all issuers"));
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
                .extracting(Problem::key, Problem::what)
                .containsExactly(tuple("cardea.issuers.partner.issuer", "is the same as cardea.issuer"));
        assertThat(withPartner().with("cardea.issuers.quarter.issuer", PARTNER).problems())
                .extracting(Problem::key, Problem::what)
                .containsExactly(
                        tuple("cardea.issuers.quarter.issuer", "is the same as cardea.issuers.partner.issuer"));
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
    @ValueSource(strings = {"jwt.typs", "routes.a.path", "Issuer", "audience.x", "token.validations"})
    void anUnknownSettingOfAFurtherIssuerStopsTheStart(String suffix) {
        assertThat(withPartner().read().issuers()).hasSize(2);
        assertThat(withPartner().with("cardea.issuers.partner." + suffix, "x").problems())
                .extracting(Problem::key)
                .containsExactly("cardea.issuers.partner." + suffix);
    }

    @ParameterizedTest
    @CsvSource({
        "jwt.typs,is not a setting of a further issuer,cardea.issuers.partner.jwt.types",
        "Audience,is not a setting of a further issuer,cardea.issuers.partner.audience",
        "jwt.decryption-key,is not a setting of a further issuer: it is one for all issuers,cardea.jwt.decryption-key",
        "token.max-length,is not a setting of a further issuer: it is one for all issuers,cardea.token.max-length",
        "colour-of-the-door,is not a setting of a further issuer,"
                + "one of those in docs/reference/configuration.md#further-issuers",
        "dpop.mode,is not a setting of a further issuer: it is one for all issuers,cardea.dpop.mode"
    })
    void saysWhatAnUnknownSettingOfAFurtherIssuerIsMeantToBe(String suffix, String what, String instead) {
        String key = "cardea.issuers.partner." + suffix;
        assertThat(withPartner().read().issuers()).hasSize(2);
        assertThat(withPartner().with(key, "x").problems()).containsExactly(new Problem(key, what, instead));
    }

    @ParameterizedTest
    @CsvSource({
        "cardea.issuers.Partner.issuer,cardea.issuers.<name>.<setting>",
        "cardea.issuers.part_ner.issuer,cardea.issuers.<name>.<setting>",
        "cardea.issuers.issuer,cardea.issuers.<name>.<setting>",
        "cardea.issuer.partner.issuer,cardea.issuers.partner.issuer",
        "cardea.route.assets.path,cardea.routes.assets.path"
    })
    void saysHowSettingsOfSeveralAreNamed(String mistake, String meant) {
        Settings.local().read();
        assertThat(Settings.local().with(mistake, "x").problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.key()).isEqualTo(mistake))
                .satisfies(problem -> assertThat(problem.instead()).startsWith(meant));
    }

    @Test
    void introspectionNeedsTheAudienceOfAll() {
        Settings settings = Settings.valid()
                .with("cardea.issuer", null)
                .with("cardea.issuers.a.issuer", "https://a.example.com")
                .with("cardea.issuers.a.audience", "urn:a");
        settings.read();

        for (String nothing : new String[] {null, " , "}) {
            assertThat(settings.with("cardea.audience", nothing).problems())
                    .extracting(Problem::key, Problem::what)
                    .containsExactly(tuple(
                            "cardea.audience",
                            "is not set, but introspection needs it: tokens for any other API would work here"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "issuer,http://partner.example.com,https://partner.example.com",
        "jwks.url,http://partner.example.com/keys,https://partner.example.com/keys"
    })
    void allowingHttpIsAskedForAtThatIssuer(String suffix, String http, String https) {
        String key = "cardea.issuers.partner." + suffix;
        withPartner().with(key, https).read();

        assertThat(withPartner()
                        .with(key, http)
                        .with("cardea.allow-http-issuer", "true")
                        .problems())
                .containsExactly(new Problem(
                        key,
                        "is not https",
                        "an https address, or, for development only, cardea.issuers.partner.allow-http-issuer=true"));
        withPartner()
                .with(key, http)
                .with("cardea.issuers.partner.allow-http-issuer", "true")
                .read();
    }

    @ParameterizedTest
    @CsvSource({
        "https://as.example.com/{tenant},is a template,https://as.example.com/0000-1111",
        "https://as.example.com/a/.well-known/openid-configuration,metadata,https://as.example.com/a",
        "https://as.example.com/.well-known/oauth-authorization-server/a,metadata,https://as.example.com/a",
        "https://login.example.com/common/v2.0,names common,https://login.example.com/0000-1111/v2.0",
        "https://login.example.com/organizations/v2.0,names organizations,https://login.example.com/organization/v2.0",
        "https://login.example.com/consumers/,names consumers,https://login.example.com/x/consumers/"
    })
    void anAddressThatIsNoTokensIssuerStopsTheStart(String wrong, String what, String right) {
        Settings settings = withPartner().with("cardea.issuers.partner.issuer-profile", "entra");
        String key = "cardea.issuers.partner.issuer";
        settings.with(key, right).read();

        assertThat(settings.with(key, wrong).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.key()).isEqualTo(key))
                .satisfies(problem -> assertThat(problem.what()).contains(what));
    }

    @Test
    void onlyEntraHasIssuersForSeveralTenants() {
        assertThat(withPartner()
                        .with("cardea.issuers.partner.issuer", "https://as.example.com/common/v2.0")
                        .read()
                        .issuers())
                .hasSize(2);
    }

    /** The main issuer's endpoint is not asked about them: it would be shown another issuer's tokens. */
    @Test
    @Tag("N08")
    @Tag("refuses")
    void aFurtherIssuerIsNotIntrospectedByAnotherOnesEndpoint() {
        Settings settings = Settings.valid().with("cardea.token.validation", "introspect");
        assertThat(settings.read().issuers()).hasSize(1);

        assertThat(settings.with("cardea.issuers.partner.issuer", PARTNER).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.key()).isEqualTo("cardea.issuers.partner.token.validation"))
                .satisfies(problem -> assertThat(problem.what()).contains("as for the main issuer"))
                .satisfies(problem -> assertThat(problem.instead()).startsWith("auto"));
        assertThat(settings.with("cardea.issuers.partner.token.validation", "auto")
                        .read()
                        .issuers())
                .hasSize(2);
    }

    @Test
    @Tag("N08")
    void aFurtherIssuerHasAnEndpointOfItsOwnAndTakesOverWhatIsAboutUs() {
        Configuration configuration = introspectingPartner()
                .with("cardea.introspection.timeout", "3s")
                .with("cardea.introspection.cache.ttl", "7s")
                .with("cardea.issuers.partner.introspection.cache.ttl", "9s")
                .with("cardea.issuers.partner.introspection.allow-missing-audience", "true")
                .read();

        IntrospectionSettings main = configuration.introspection();
        IntrospectionSettings partner = configuration.issuers().get(1).introspection();
        assertThat(main.client().clientId()).isEqualTo("orders");
        assertThat(main.cache().ttl()).isEqualTo(Duration.ofSeconds(7));
        assertThat(main.allowMissingAudience()).isFalse();
        assertThat(partner.client().clientId()).isEqualTo("orders-there");
        assertThat(partner.url()).isNull();
        assertThat(partner.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(partner.cache().ttl()).isEqualTo(Duration.ofSeconds(9));
        assertThat(partner.allowMissingAudience()).isTrue();
    }

    private static Settings introspectingPartner() {
        return Settings.valid()
                .with("cardea.issuers.partner.issuer", PARTNER)
                .with("cardea.issuers.partner.introspection.client-id", "orders-there")
                .with("cardea.issuers.partner.introspection.client-secret", "partners")
                .with("cardea.issuers.partner.token.opaque-prefix", "p_");
    }

    /** Each of two endpoints would be shown the other one's tokens, and could use them. */
    @ParameterizedTest
    @CsvSource({"'',is not set", "same_,is 'same_'"})
    @Tag("N08")
    @Tag("refuses")
    void whichEndpointIsAskedAboutAnOpaqueTokenMustBeKnown(String prefix, String what) {
        assertThat(introspectingPartner()
                        .with("cardea.token.opaque-prefix", prefix)
                        .read()
                        .issuers())
                .hasSize(2);
        assertThat(introspectingPartner()
                        .with("cardea.token.opaque-prefix", prefix)
                        .with("cardea.issuers.partner.token.opaque-prefix", prefix)
                        .problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.key()).isEqualTo("cardea.issuers.partner.token.opaque-prefix"))
                .satisfies(problem -> assertThat(problem.what()).startsWith(what));
    }

    @Test
    void introspectionOfAFurtherIssuerNeedsAClient() {
        assertThat(introspectingPartner()
                        .with("cardea.issuers.partner.introspection.client-id", null)
                        .problems())
                .extracting(Problem::key)
                .containsExactly("cardea.issuers.partner.introspection.client-id");
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
        Path broken = Files.writeString(directory.resolve("broken.crt"), "-----BEGIN CERTIFICATE-----\nno\n");
        Path key = Files.writeString(directory.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\nno\n");

        assertThat(partner(withPartner().with("cardea.issuers.partner.http.trust-store", pem.toString()))
                        .http()
                        .trustStore())
                .isEqualTo(pem);
        assertPem(broken, "looks like PEM, but a certificate in it cannot be read");
        assertPem(key, "names a PEM file without a certificate");
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

    private static void assertPem(Path wrong, String what) {
        assertThat(withPartner()
                        .with("cardea.issuers.partner.http.trust-store", wrong.toString())
                        .problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.key()).isEqualTo("cardea.issuers.partner.http.trust-store"))
                .satisfies(problem -> assertThat(problem.what()).contains(what))
                .satisfies(problem -> assertThat(problem.instead()).doesNotContain("password"));
    }

    private static Settings withPartner() {
        return Settings.local().with("cardea.issuers.partner.issuer", PARTNER);
    }

    private static TrustedIssuer partner(Settings settings) {
        return settings.read().issuers().get(1);
    }
}
