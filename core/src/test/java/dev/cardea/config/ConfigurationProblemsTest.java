package dev.cardea.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.testkit.TestEncryptionKey;
import dev.cardea.testkit.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A valid configuration and one fault: exactly that problem. With the fault cured: none. */
class ConfigurationProblemsTest {

    /** An empty value takes a key away. */
    record Fault(String key, Map<String, String> fault, Map<String, String> cure, String what) {
        @Override
        public String toString() {
            return fault + " " + what;
        }
    }

    static Stream<Fault> faults() {
        return Stream.of(
                fault("cardea.audience", "", "urn:api", "is not set"),
                fault("cardea.audience", " , ", "urn:api", "is not set"),
                fault("cardea.issuer", "http://as.example.com", "https://as.example.com", "is not https"),
                fault("cardea.issuer", "as.example.com", "https://as.example.com", "not an absolute https URL"),
                fault("cardea.issuer", "https:///tenant", "https://as.example.com", "not an absolute https URL"),
                fault(
                        "cardea.issuer",
                        "https://as.example.com:65536",
                        "https://as.example.com:65535",
                        "not an absolute https URL"),
                fault("cardea.issuer", "ftp://as.example.com", "https://as.example.com", "not an absolute https URL"),
                fault("cardea.issuer", "https://as ex.com", "https://as.example.com", "not an absolute https URL"),
                fault("cardea.issuer", "https://as.example.com?a=b", "https://as.example.com", "query or fragment"),
                fault("cardea.issuer", "https://as.example.com#a", "https://as.example.com", "query or fragment"),
                fault("cardea.issuer", "https://me@as.example.com", "https://as.example.com", "contains a user"),
                fault("cardea.issuer", "https://${nowhere}/", "https://${nowhere:as.example.com}/", "refers by ${...}"),
                fault("cardea.jwks.url", "http://as.example.com/jwks", "https://as.example.com/jwks?p=1", "not https"),
                fault(
                        "cardea.introspection.url",
                        "http://as.example.com/introspect",
                        "https://as.example.com/introspect?tenant=1",
                        "is not https"),
                fault("cardea.issuer-profile", "kecloak", "keycloak", "'kecloak' is not allowed"),
                fault("cardea.issuer-profile", "Keycloak", "keycloak", "'Keycloak' is not allowed"),
                fault("cardea.issuer-profile", "adfs", "entra", "not supported by this version"),
                fault("cardea.allow-http-issuer", "yes", "true", "'yes' is not allowed"),
                fault("cardea.allow-http-issuer", "TRUE", "true", "'TRUE' is not allowed"),
                fault("cardea.token.validation", "remote", "introspect", "'remote' is not allowed"),
                fault("cardea.token.max-length", "8k", "256", "'8k' is not allowed"),
                fault("cardea.token.max-length", "255", "256", "'255' is not allowed"),
                fault("cardea.token.max-length", "16385", "16384", "'16385' is not allowed"),
                fault("cardea.token.max-length", "-1", "1000", "'-1' is not allowed"),
                fault("cardea.token.max-length", "99999999999", "1000", "is not allowed"),
                fault("cardea.token.opaque-prefix", "at é", "at_", "character that no token has"),
                fault("cardea.jwt.types", "at+jwt,dpop+jwt", "at+jwt,jwt", "another kind of JWT"),
                fault("cardea.jwt.types", "LOGOUT+JWT", "at+jwt", "another kind of JWT"),
                fault("cardea.jwt.types", "at jwt", "at+jwt", "not a media type"),
                fault("cardea.jwt.types", ",", "at+jwt", "names nothing"),
                fault("cardea.jwt.algorithms", "none", "RS256", "unsigned"),
                fault("cardea.jwt.algorithms", "RS256,nOnE", "RS256", "unsigned"),
                fault("cardea.jwt.algorithms", "HS256", "ES256", "symmetric"),
                fault("cardea.jwt.algorithms", "rs256", "RS256", "not supported"),
                fault("cardea.jwt.algorithms", "ES256K", "ES256,PS256", "not supported"),
                fault("cardea.jwt.algorithms", ",", "Ed25519", "names nothing"),
                fault("cardea.jwt.clock-skew", "30", "30s", "'30' is not allowed"),
                fault("cardea.jwt.clock-skew", "6m", "5m", "'6m' is not allowed"),
                fault("cardea.jwt.clock-skew", "-PT1S", "PT1S", "'-PT1S' is not allowed"),
                fault("cardea.jwt.clock-skew", "PT-1S", "PT1S", "'PT-1S' is not allowed"),
                fault("cardea.jwt.clock-skew", "30 s", "PT30S", "'30 s' is not allowed"),
                fault("cardea.jwt.max-lifetime", "0s", "1s", "'0s' is not allowed"),
                fault("cardea.jwt.max-lifetime", "${nowhere}", "${nowhere:1h}", "refers by ${...}"),
                fault("cardea.jwt.required-claims", "sub", "iss,aud,exp", "leaves out iss, aud, exp"),
                fault("cardea.jwt.required-claims", "iss,exp", "iss,exp,aud", "leaves out aud"),
                fault("cardea.jwks.refresh", "59s", "60s", "'59s' is not allowed"),
                fault("cardea.jwks.max-stale", "9m", "10m", "shorter than cardea.jwks.refresh"),
                fault("cardea.jwks.cooldown", "0s", "1s", "'0s' is not allowed"),
                fault("cardea.jwks.timeout", "99ms", "100ms", "'99ms' is not allowed"),
                fault("cardea.introspection.client-id", "", "orders", "is not set"),
                fault("cardea.introspection.client-secret", "", "secret", "is not set"),
                fault("cardea.introspection.client-secret", "${nowhere}", "${nowhere:secret}", "refers by ${...}"),
                fault("cardea.introspection.auth-method", "mtls", "client_secret_basic", "'mtls' is not allowed"),
                fault("cardea.introspection.response", "jws", "json", "'jws' is not allowed"),
                fault("cardea.introspection.cache.refresh-ahead", "30s", "29s", "is not shorter than"),
                fault("cardea.introspection.cache.recheck", "2", "0.5", "'2' is not allowed"),
                fault("cardea.introspection.cache.recheck", "1%", "0.01", "'1%' is not allowed"),
                fault("cardea.introspection.cache.client-ttl", "batch", "batch=5m", "is not client-id=duration"),
                fault("cardea.introspection.cache.client-ttl", "batch=2h", "a=b=1h", "is not client-id=duration"),
                fault("cardea.introspection.retry.attempts", "0", "1", "'0' is not allowed"),
                fault("cardea.introspection.breaker.window", "4", "5", "the circuit would never open"),
                fault("cardea.introspection.max-concurrent", "0", "1", "'0' is not allowed"),
                fault("cardea.when-unavailable", "allow", "deny", "'allow' is not allowed"),
                fault("cardea.when-unavailable", "stale", "local", "cardea.stale-for is not set"),
                fault("cardea.stale-for", "0s", "1s", "'0s' is not allowed"),
                fault("cardea.introspection.timeout", "31s", "30s", "'31s' is not allowed"),
                fault("cardea.introspection.connect-timeout", "3s", "2s", "longer than cardea.introspection.timeout"),
                fault("cardea.introspection.max-response", "64KiB", "65536", "'64KiB' is not allowed"),
                fault("cardea.introspection.token-type-hint", "no", "false", "'no' is not allowed"),
                fault("cardea.introspection.allow-missing-audience", "1", "true", "'1' is not allowed"),
                fault("cardea.introspection.cache.ttl", "61m", "0s", "'61m' is not allowed"),
                fault("cardea.introspection.cache.max-entries", "0", "1", "'0' is not allowed"),
                fault("cardea.introspection.cache.negative-ttl", "6m", "0s", "'6m' is not allowed"),
                fault("cardea.access.default", "open", "permit", "'open' is not allowed"),
                fault("cardea.principal.claim", ",", "preferred_username", "names nothing"),
                fault("cardea.roles.claims", ",", "realm_access/roles,groups", "names nothing"),
                fault("cardea.roles.claims", "roles,act/roles", "roles,activity/roles", "leads into the actor"),
                fault("cardea.roles.claims", "act/act/roles", "x/act/roles", "leads into the actor"),
                fault("cardea.groups.claims", "act/groups", "groups", "leads into the actor"),
                fault("cardea.groups.claims", ",", "groups", "names nothing"),
                fault("cardea.scope.claims", "scope,act", "scope,acts", "leads into the actor"),
                fault("cardea.principal.claim", "act/sub,sub", "upn,sub", "leads into the actor"),
                fault("cardea.scope.claims", ",", "scope,scp", "names nothing"),
                fault("cardea.resource.realm", "a\"b", "a b", "printable ASCII"),
                fault("cardea.resource.realm", "a\r\nb", "ab", "printable ASCII"));
    }

    static Stream<Fault> combinations() {
        Map<String, String> noIntrospection = Map.of(
                "cardea.introspection.url", "",
                "cardea.introspection.client-id", "",
                "cardea.introspection.client-secret", "");
        Map<String, String> nothing = new java.util.HashMap<>(noIntrospection);
        nothing.put("cardea.issuer", "");
        Map<String, String> introspectOnly = new java.util.HashMap<>(noIntrospection);
        introspectOnly.put("cardea.token.validation", "introspect");
        return Stream.of(
                new Fault("cardea.issuer", nothing, noIntrospection, "nor is cardea.introspection.url"),
                new Fault(
                        "cardea.introspection.url",
                        Map.of("cardea.issuer", "", "cardea.introspection.url", ""),
                        Map.of("cardea.introspection.url", ""),
                        "no cardea.issuer to discover it from"),
                new Fault(
                        "cardea.token.validation",
                        Map.of("cardea.issuer", "", "cardea.token.validation", "local"),
                        Map.of("cardea.token.validation", "local"),
                        "cardea.issuer is not set"),
                new Fault(
                        "cardea.token.validation",
                        introspectOnly,
                        Map.of("cardea.token.validation", "introspect"),
                        "cardea.introspection.client-id is not set"),
                new Fault(
                        "cardea.jwks.url",
                        Map.of("cardea.issuer", "", "cardea.jwks.url", "https://as.example.com/jwks"),
                        Map.of("cardea.jwks.url", "https://as.example.com/jwks"),
                        "cardea.issuer is not"),
                new Fault(
                        "cardea.issuer",
                        Map.of("cardea.issuer", "http://127.0.0.1:9000"),
                        Map.of("cardea.issuer", "http://127.0.0.1:9000", "cardea.allow-http-issuer", "true"),
                        "cardea.allow-http-issuer=true"));
    }

    @ParameterizedTest
    @MethodSource({"faults", "combinations"})
    void reportsExactlyTheFault(Fault fault) {
        assertThat(Settings.valid().with(fault.cure()).read()).isNotNull();
        assertThat(Settings.valid().with(fault.fault()).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.key()).isEqualTo(fault.key()))
                .satisfies(problem -> assertThat(problem.toString()).contains(fault.what()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "shop.example",
                "https://shop.example/",
                "https://shop.example:443",
                "http://shop.example:80",
                "https://Shop.example",
                "https://*.shop.example",
                "https://user@shop.example",
                "https://shop.example?x",
                "https://sh\u00f6p.example",
                "https://",
                "https://shop..example"
            })
    @Tag("B20")
    void anAllowedOriginIsWrittenAsBrowsersSendIt(String origin) {
        assertThat(Settings.valid()
                        .with("cardea.cors.allowed-origins", "https://shop.example," + origin)
                        .problems())
                .extracting(Problem::key)
                .containsExactly("cardea.cors.allowed-origins");
        assertThat(Settings.valid()
                        .with(
                                "cardea.cors.allowed-origins",
                                "https://shop.example, http://localhost:3000,http://[::1]:8080,app://localhost")
                        .read()
                        .incoming()
                        .allowedOrigins())
                .hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example", "0.0.0.0/0", "10.0.0.1/8", "10.0.0.0/33", "*"})
    @Tag("B19")
    void aTrustedProxyIsAnAddressOrARangeOfThem(String proxy) {
        assertThat(Settings.valid()
                        .with("cardea.proxy.trusted", "10.0.0.0/8," + proxy)
                        .problems())
                .extracting(Problem::key)
                .containsExactly("cardea.proxy.trusted");
        assertThat(Settings.valid()
                        .with("cardea.proxy.trusted", "10.0.0.0/8, ::1")
                        .read()
                        .incoming()
                        .trustedProxies())
                .hasSize(2);
    }

    @Test
    void reportsASecretThatIsGivenTwice(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), "x");
        String key = "cardea.introspection.client-secret-file";

        assertThat(Settings.valid().with(key, file.toString()).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains(key));
        Settings.valid()
                .with(key, file.toString())
                .with("cardea.introspection.client-secret", null)
                .read();
    }

    @Test
    void reportsASecretFileThatHoldsNoSecret(@TempDir Path directory) throws IOException {
        Path empty = Files.writeString(directory.resolve("empty"), "\n");
        Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe});
        Path huge = Files.write(directory.resolve("huge"), new byte[70_000]);
        Path good = Files.writeString(directory.resolve("good"), "x");

        assertFile("cardea.introspection.client-secret-file", good, directory.resolve("missing"), "cannot be read");
        assertFile("cardea.introspection.client-secret-file", good, directory, "is a directory");
        assertFile("cardea.introspection.client-secret-file", good, empty, "is empty");
        assertFile("cardea.introspection.client-secret-file", good, binary, "not UTF-8");
        assertFile("cardea.introspection.client-secret-file", good, huge, "more than 64 KiB");
    }

    @Test
    void reportsADecryptionKeyFileThatHoldsNoPrivateKey(@TempDir Path directory) throws IOException {
        TestEncryptionKey key = TestKeys.rsaEncryption();
        Path good = Files.writeString(directory.resolve("good"), key.privateJson());
        Path empty = Files.writeString(directory.resolve("empty"), "");
        Path pem = Files.writeString(directory.resolve("pem"), "-----BEGIN PRIVATE KEY-----");
        Path publicHalf =
                Files.writeString(directory.resolve("public"), key.privateJson().replaceAll(",\"d\":\"[^\"]*\"", ""));
        Path signing = Files.writeString(
                directory.resolve("signing"), key.privateJson().replace("\"enc\"", "\"sig\""));
        Path huge = Files.write(directory.resolve("huge"), new byte[300_000]);

        assertFile("cardea.jwt.decryption-key", good, directory.resolve("missing"), "cannot be read");
        assertFile("cardea.jwt.decryption-key", good, directory, "is a directory");
        assertFile("cardea.jwt.decryption-key", good, empty, "not a JSON Web Key");
        assertFile("cardea.jwt.decryption-key", good, pem, "is PEM, which is not read");
        assertFile("cardea.jwt.decryption-key", good, publicHalf, "is a public key");
        assertFile("cardea.jwt.decryption-key", good, signing, "other than enc");
        assertThat(Settings.local()
                        .with("cardea.jwt.decryption-key", pem.toString())
                        .problems())
                .extracting(Problem::instead)
                .containsExactly(
                        "a file with a private JWK, or a set of them; docs/how-to/encrypted-tokens.md makes one");
        assertFile("cardea.jwt.decryption-key", good, huge, "more than 256 KiB");
        assertThat(Settings.local()
                        .with("cardea.jwt.decryption-key", good.toString())
                        .read()
                        .toString())
                .doesNotContain(String.valueOf(key.privateJwk().get("d")));
    }

    @Test
    void reportsADecryptionKeyThatOpensNothing(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("key"), TestKeys.rsaEncryption().privateJson());
        Settings settings = Settings.valid().with("cardea.jwt.decryption-key", file.toString());
        settings.read();

        assertThat(settings.with("cardea.token.validation", "introspect").problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.key()).isEqualTo("cardea.jwt.decryption-key"))
                .satisfies(problem -> assertThat(problem.what()).contains("no JWT is validated locally"));
        assertThat(settings.with("cardea.introspection.response", "jwt")
                        .read()
                        .token()
                        .decryptionKeys())
                .isNotNull();
    }

    @Test
    @Tag("J04")
    @Tag("J07")
    void signedAnswersWantAnIssuerWhoseAnswersTheyAre() {
        Settings settings = Settings.valid().with("cardea.introspection.response", "jwt");
        assertThat(settings.read().introspection().signedResponse()).isTrue();

        assertThat(settings.with("cardea.issuer", null).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.key()).isEqualTo("cardea.introspection.response"))
                .satisfies(problem -> assertThat(problem.what()).contains("is jwt, but there is no cardea.issuer"));
        assertThat(settings.with("cardea.introspection.response", "json")
                        .read()
                        .introspection()
                        .signedResponse())
                .isFalse();
    }

    @Test
    void reportsATrustStoreThatTrustsNobody(@TempDir Path directory) throws Exception {
        Path good = TrustStores.create(directory.resolve("trust.p12"), "changeit");
        Path password = Files.writeString(directory.resolve("password"), "changeit");
        Path wrong = Files.writeString(directory.resolve("wrong"), "changed");
        Path garbage = Files.writeString(directory.resolve("garbage"), "garbage");

        assertStore(good, password, directory.resolve("missing"), password, "cannot be read");
        assertStore(good, password, directory, password, "is a directory");
        assertStore(good, password, garbage, password, "does not open");
        assertStore(good, password, good, wrong, "does not open");
        assertStore(good, password, good, null, "without a trusted certificate");
    }

    @Test
    void reportsATrustStorePasswordWithoutAStore(@TempDir Path directory) throws Exception {
        Path store = TrustStores.create(directory.resolve("trust.p12"), "changeit");
        Path password = Files.writeString(directory.resolve("password"), "changeit");
        String key = "cardea.http.trust-store-password-file";

        assertThat(Settings.valid().with(key, password.toString()).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.key()).isEqualTo(key));
        assertThat(Settings.valid()
                        .with("cardea.http.trust-store", store.toString())
                        .with(key, directory.resolve("missing").toString())
                        .problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.key()).isEqualTo(key));
        Settings.valid()
                .with("cardea.http.trust-store", store.toString())
                .with(key, password.toString())
                .read();
    }

    private static void assertFile(String key, Path good, Path bad, String what) {
        Settings settings = key.startsWith("cardea.introspection.")
                ? Settings.valid().with("cardea.introspection.client-secret", null)
                : Settings.local();
        settings.with(key, good.toString()).read();
        assertThat(settings.with(key, bad.toString()).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.key()).isEqualTo(key))
                .satisfies(problem -> assertThat(problem.what()).contains(what));
    }

    private static void assertStore(Path good, Path goodPassword, Path bad, Path badPassword, String what) {
        store(good, goodPassword).read();
        assertThat(store(bad, badPassword).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.key()).isEqualTo("cardea.http.trust-store"))
                .satisfies(problem -> assertThat(problem.what()).contains(what));
    }

    private static Settings store(Path store, Path password) {
        return Settings.local()
                .with("cardea.http.trust-store", store.toString())
                .with("cardea.http.trust-store-password-file", password == null ? null : password.toString());
    }

    private static Fault fault(String key, String fault, String cure, String what) {
        return new Fault(key, Map.of(key, fault), Map.of(key, cure), what);
    }
}
