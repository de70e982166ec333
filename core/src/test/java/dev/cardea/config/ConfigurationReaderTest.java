package dev.cardea.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cardea.profile.Profile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationReaderTest {
    @Test
    void readsTheSmallestConfigurationWithItsDocumentedDefaults() {
        Configuration configuration = Settings.local().read();

        assertThat(configuration.issuers()).hasSize(1);
        assertThat(configuration.issuer().issuer())
                .isEqualTo(new IssuerSettings(
                        null,
                        "https://as.example.com/tenant",
                        Profile.GENERIC,
                        Set.of("at+jwt"),
                        false,
                        java.util.List.of(
                                "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
                                "EdDSA", "Ed25519")));
        assertThat(configuration.audience()).containsExactly("https://api.example.com");
        assertThat(configuration.token())
                .isEqualTo(new TokenSettings(
                        dev.cardea.demand.Validation.AUTO,
                        8192,
                        null,
                        null,
                        null,
                        new TokenSettings.VerifiedCache(10_000, Duration.ofMinutes(5))));
        assertThat(configuration.issuer().claims().requiredInJwt())
                .containsExactlyInAnyOrder("iss", "sub", "aud", "exp", "iat", "jti", "client_id");
        assertThat(configuration.issuer().claims().clockSkew()).isEqualTo(Duration.ofSeconds(30));
        assertThat(configuration.issuer().claims().maxLifetime()).isNull();
        assertThat(configuration.issuer().claims().principal()).containsExactly("sub");
        assertThat(configuration.issuer().claims().scopes()).containsExactly("scope");
        assertThat(configuration.issuer().claims().roles()).containsExactly("roles");
        assertThat(configuration.issuer().claims().groups()).containsExactly("groups");
        assertThat(configuration.issuer().jwks())
                .isEqualTo(new JwksSettings(
                        null,
                        Duration.ofMinutes(10),
                        Duration.ofHours(24),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(2)));
        assertThat(configuration.introspection()).isNull();
        assertThat(configuration.http()).isEqualTo(new HttpSettings(false, null, null));
        assertThat(configuration.accessDefault()).isEqualTo(AccessDefault.AUTHENTICATED);
        assertThat(configuration.realm()).isEqualTo("cardea");
    }

    @Test
    void readsIntrospectionWithItsDocumentedDefaults() {
        IntrospectionSettings introspection = Settings.valid().read().introspection();

        assertThat(introspection.url()).isEqualTo(URI.create("https://as.example.com/introspect"));
        assertThat(introspection.client().clientId()).isEqualTo("orders");
        assertThat(introspection.client().secretNow().reveal()).isEqualTo(Settings.SECRET);
        assertThat(introspection.tokenTypeHint()).isTrue();
        assertThat(introspection.allowMissingAudience()).isFalse();
        assertThat(introspection.timeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(introspection.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(introspection.maxResponse()).isEqualTo(65536);
        assertThat(introspection.cache())
                .isEqualTo(new IntrospectionSettings.Cache(Duration.ofSeconds(30), 10000, Duration.ofSeconds(5)));
        assertThat(introspection.signedResponse()).isFalse();
        assertThat(introspection.client().method()).isEqualTo(ClientSettings.Method.CLIENT_SECRET_BASIC);
        assertThat(introspection.client().secretOverlap()).isEqualTo(Duration.ofMinutes(10));
        assertThat(introspection.retry())
                .isEqualTo(new IntrospectionSettings.Retry(2, Duration.ofMillis(50), Duration.ofMillis(500)));
        assertThat(introspection.breaker())
                .isEqualTo(new IntrospectionSettings.Breaker(5, 20, Duration.ofSeconds(5), 1));
        assertThat(introspection.limits())
                .isEqualTo(new IntrospectionSettings.Limits(
                        Math.max(24, 12 * Runtime.getRuntime().availableProcessors()), 500));
    }

    /** Each with a value that no other one has, so that none can stand in for another. */
    @ParameterizedTest
    @ValueSource(strings = {"cardea.", "cardea.issuers.p."})
    void everySettingOfIntrospectionIsWhereItIsUsed(String scope) {
        Settings settings = Settings.valid();
        Map.ofEntries(
                        Map.entry("issuer", "https://p.example.com"),
                        Map.entry("token.opaque-prefix", "p_"),
                        Map.entry("http.proxy", "proxy.example.com:3128"),
                        Map.entry("introspection.url", "https://p.example.com/ask"),
                        Map.entry("introspection.client-id", "p-client"),
                        Map.entry("introspection.client-secret", Settings.SECRET),
                        Map.entry("introspection.auth-method", "bearer"),
                        Map.entry("introspection.token-url", "https://p.example.com/token"),
                        Map.entry("introspection.token-scope", "introspect them"),
                        Map.entry("introspection.secret-overlap", "11m"),
                        Map.entry("introspection.response", "jwt"),
                        Map.entry("introspection.token-type-hint", "false"),
                        Map.entry("introspection.allow-missing-audience", "true"),
                        Map.entry("introspection.timeout", "3s"),
                        Map.entry("introspection.connect-timeout", "700ms"),
                        Map.entry("introspection.max-response", "2048"),
                        Map.entry("introspection.cache.ttl", "41s"),
                        Map.entry("introspection.cache.client-ttl", "batch=42s,a=b=43s"),
                        Map.entry("introspection.cache.max-entries", "44"),
                        Map.entry("introspection.cache.negative-ttl", "4s"),
                        Map.entry("introspection.cache.refresh-ahead", "6s"),
                        Map.entry("introspection.cache.recheck", "0.25"),
                        Map.entry("introspection.cache.respect-no-store", "true"),
                        Map.entry("introspection.retry.attempts", "3"),
                        Map.entry("introspection.retry.backoff", "51ms"),
                        Map.entry("introspection.retry.max-backoff", "501ms"),
                        Map.entry("introspection.breaker.failures", "7"),
                        Map.entry("introspection.breaker.window", "21"),
                        Map.entry("introspection.breaker.open-for", "8s"),
                        Map.entry("introspection.breaker.probes", "2"),
                        Map.entry("introspection.max-concurrent", "65"),
                        Map.entry("introspection.rate-limit", "501"))
                .forEach((suffix, value) -> settings.with(scope + suffix, value));

        List<TrustedIssuer> issuers = settings.read().issuers();
        TrustedIssuer issuer = issuers.get(issuers.size() - 1);

        assertThat(issuer.issuer().issuer()).isEqualTo("https://p.example.com");
        assertThat(issuer.opaquePrefix()).isEqualTo("p_");
        assertThat(issuer.http().proxy()).isEqualTo(new ProxyAddress("proxy.example.com", 3128));
        IntrospectionSettings read = issuer.introspection();
        assertThat(read)
                .isEqualTo(new IntrospectionSettings(
                        URI.create("https://p.example.com/ask"),
                        new ClientSettings(
                                ClientSettings.Method.BEARER,
                                "p-client",
                                read.client().secretNow(),
                                null,
                                Duration.ofMinutes(11),
                                null,
                                null,
                                URI.create("https://p.example.com/token"),
                                "introspect them"),
                        false,
                        true,
                        true,
                        Duration.ofSeconds(3),
                        Duration.ofMillis(700),
                        2048,
                        new IntrospectionSettings.Cache(
                                Duration.ofSeconds(41),
                                Map.of("batch", Duration.ofSeconds(42), "a=b", Duration.ofSeconds(43)),
                                44,
                                Duration.ofSeconds(4),
                                Duration.ofSeconds(6),
                                0.25,
                                true),
                        new IntrospectionSettings.Retry(3, Duration.ofMillis(51), Duration.ofMillis(501)),
                        new IntrospectionSettings.Breaker(7, 21, Duration.ofSeconds(8), 2),
                        new IntrospectionSettings.Limits(65, 501)));
        assertThat(read.client().secretNow().reveal()).isEqualTo(Settings.SECRET);
    }

    @Test
    void leavesTheIntrospectionEndpointToDiscoveryWhereThereIsAnIssuer() {
        assertThat(Settings.valid()
                        .with("cardea.introspection.url", null)
                        .read()
                        .introspection()
                        .url())
                .isNull();
    }

    @Test
    void needsNoIssuerWhereIntrospectionHasItsAddress() {
        Configuration configuration =
                Settings.valid().with("cardea.issuer", null).read();

        assertThat(configuration.issuer()).isNull();
        assertThat(configuration.introspection()).isNotNull();
    }

    @Test
    void aShortTimeoutLowersTheDefaultConnectTimeout() {
        assertThat(Settings.valid()
                        .with("cardea.introspection.timeout", "400ms")
                        .read()
                        .introspection()
                        .connectTimeout())
                .isEqualTo(Duration.ofMillis(400));
    }

    @Test
    void listsAllProblemsTogetherEachWithItsKeyAndWhatToWriteInstead() {
        Settings settings = Settings.valid()
                .with("cardea.audience", null)
                .with("cardea.issuer", "http://as.example.com")
                .with("cardea.isuer", "https://as.example.com")
                .with("cardea.jwks.refresh", "10 minutes")
                .with("cardea.dpop.mode", "mandatory");

        assertThat(settings.problems())
                .extracting(Problem::key)
                .containsExactlyInAnyOrder(
                        "cardea.audience", "cardea.issuer", "cardea.isuer", "cardea.jwks.refresh", "cardea.dpop.mode");
        assertThatThrownBy(settings::read)
                .hasMessageContaining("has 5 problems")
                .message()
                .satisfies(message -> assertThat(message.lines()).hasSize(6))
                .satisfies(message -> assertThat(message.lines().skip(1))
                        .allSatisfy(line -> assertThat(line).matches("  cardea\\.[a-z.-]+: .+; write .+")));
    }

    @Test
    void showsNoSecretInProblemsAndToString(@TempDir Path directory) throws IOException {
        Path password = Files.writeString(directory.resolve("password"), "another-secret");
        Path garbage = Files.writeString(directory.resolve("store"), "garbage");
        Settings settings = Settings.valid()
                .with("cardea.introspection.client-secret-file", password.toString())
                .with("cardea.http.trust-store", garbage.toString())
                .with("cardea.http.trust-store-password-file", password.toString())
                .with("cardea.jwks.url", "https://user:pa55word@as.example.com/jwks");

        assertThat(settings.problems()).hasSize(3);
        assertThat(settings.problems().toString()).doesNotContain(Settings.SECRET, "another-secret", "pa55word");
        assertThat(Settings.valid().read().toString()).doesNotContain(Settings.SECRET);
    }

    @ParameterizedTest
    @CsvSource({"400ms,400", "30s,30000", "5m,300000", "PT0.5S,500", "PT1M30S,90000", "0s,0"})
    void understandsDurationsAsPeopleWriteThem(String text, long millis) {
        assertThat(Settings.local()
                        .with("cardea.jwt.clock-skew", text)
                        .read()
                        .claims()
                        .clockSkew())
                .isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void understandsHoursAndDays() {
        assertThat(Settings.local()
                        .with("cardea.jwks.max-stale", "2d")
                        .read()
                        .issuer()
                        .jwks()
                        .maxStale())
                .isEqualTo(Duration.ofDays(2));
        assertThat(Settings.local()
                        .with("cardea.jwks.refresh", "2h")
                        .read()
                        .issuer()
                        .jwks()
                        .refresh())
                .isEqualTo(Duration.ofHours(2));
    }

    @Test
    void splitsListsAtCommasThatHaveNoBackslash() {
        assertThat(Settings.local()
                        .with("cardea.audience", "https://a.example, urn:b\\,c ,,urn:back\\slash")
                        .read()
                        .audience())
                .containsExactlyInAnyOrder("https://a.example", "urn:b,c", "urn:back\\slash");
    }

    @Test
    void takesAnEmptyValueForNone() {
        assertThat(Settings.local()
                        .with("cardea.jwt.max-lifetime", "")
                        .with("cardea.token.opaque-prefix", "")
                        .read())
                .isEqualTo(Settings.local().read());
    }

    @Test
    void readsTypesCaseInsensitivelyAndWithoutTheMediaTypePrefix() {
        IssuerSettings issuer = Settings.local()
                .with("cardea.jwt.types", "application/AT+JWT,JWT,absent")
                .read()
                .issuer()
                .issuer();

        assertThat(issuer.types()).containsExactlyInAnyOrder("at+jwt", "jwt");
        assertThat(issuer.untyped()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", ""})
    void takesOneLineEndOffASecretFile(String end, @TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), " p$a,s\\s\n" + end);

        assertThat(Settings.valid()
                        .with("cardea.introspection.client-secret", null)
                        .with("cardea.introspection.client-secret-file", file.toString())
                        .read()
                        .introspection()
                        .client()
                        .secretNow()
                        .reveal())
                .isEqualTo(end.isEmpty() ? " p$a,s\\s" : " p$a,s\\s\n");
    }

    @Test
    void replacesExpressionsInEverythingButSecrets() {
        assertThat(Settings.local()
                        .with("as.host", "as.other.example")
                        .with("cardea.issuer", "https://${as.host}/${tenant:main}")
                        .read()
                        .issuer()
                        .issuer()
                        .issuer())
                .isEqualTo("https://as.other.example/main");
    }

    @Test
    void readsTheTrustStoreOfThisJvm(@TempDir Path directory) throws Exception {
        Path store = TrustStores.create(directory.resolve("trust.p12"), "changeit");
        Path password = Files.writeString(directory.resolve("password"), "changeit\n");

        HttpSettings http = Settings.local()
                .with(Map.of(
                        "cardea.http.trust-store", store.toString(),
                        "cardea.http.trust-store-password-file", password.toString()))
                .read()
                .http();

        assertThat(http.trustStore()).isEqualTo(store);
        assertThat(http.trustStorePassword().reveal()).isEqualTo("changeit");
    }
}
