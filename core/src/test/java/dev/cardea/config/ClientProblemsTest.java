package dev.cardea.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.testkit.TestClientCertificate;
import dev.cardea.testkit.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each method of authentication with what it needs, without it, and with what it has no use for. */
@Tag("I03")
class ClientProblemsTest {
    private static final String I = "cardea.introspection.";

    @TempDir
    static Path folder;

    private static Path key;
    private static Path store;

    /** @param valid what makes the method work; an empty value takes a key away */
    record Method(String word, Map<String, String> valid) {
        Settings settings() {
            return Settings.valid().with(I + "auth-method", word).with(valid);
        }

        @Override
        public String toString() {
            return word;
        }
    }

    @BeforeAll
    static void files() throws IOException {
        key = Files.writeString(folder.resolve("key.jwk"), TestKeys.ec().privateJson());
        store = TestClientCertificate.create(folder, "orders").pemFile();
    }

    static Stream<Method> methods() {
        return Stream.of(
                new Method("client_secret_basic", Map.of()),
                new Method("client_secret_post", Map.of()),
                new Method("client_secret_jwt", Map.of(I + "client-secret", "x".repeat(32))),
                new Method("private_key_jwt", Map.of(I + "client-secret", "", I + "key", key.toString())),
                new Method(
                        "tls_client_auth", Map.of(I + "client-secret", "", "cardea.http.key-store", store.toString())),
                new Method(
                        "self_signed_tls_client_auth",
                        Map.of(I + "client-secret", "", "cardea.http.key-store", store.toString())),
                new Method("bearer", Map.of()));
    }

    private static void assertOnly(Settings settings, String key, String what) {
        assertThat(settings.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.key()).isEqualTo(key))
                .satisfies(problem -> assertThat(problem.toString()).contains(what));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void startsWithWhatItNeedsAndNotWithoutIt(Method method) {
        ClientSettings client = method.settings().read().introspection().client();
        assertThat(client.method().word()).isEqualTo(method.word());

        String needed =
                switch (method.word()) {
                    case "private_key_jwt" -> I + "key";
                    case "tls_client_auth", "self_signed_tls_client_auth" -> "cardea.http.key-store";
                    default -> I + "client-secret";
                };
        assertOnly(method.settings().with(needed, null), needed, "is not set");
    }

    @ParameterizedTest
    @CsvSource({
        "client_secret_basic, key",
        "client_secret_basic, token-url",
        "client_secret_basic, assertion-audience",
        "client_secret_post, token-scope",
        "client_secret_jwt, key",
        "client_secret_jwt, token-url",
        "private_key_jwt, client-secret",
        "private_key_jwt, token-scope",
        "tls_client_auth, client-secret",
        "tls_client_auth, key",
        "tls_client_auth, assertion-audience",
        "self_signed_tls_client_auth, token-url",
        "bearer, assertion-audience",
    })
    void startsWithNothingThatWouldHaveNoEffect(String word, String useless) {
        Method method =
                methods().filter(each -> each.word().equals(word)).findFirst().orElseThrow();
        method.settings().read();
        String value =
                switch (useless) {
                    case "key" -> key.toString();
                    case "token-url" -> "https://as.example.com/token";
                    default -> "anything";
                };
        assertOnly(
                method.settings().with(I + useless, value), I + useless, "auth-method=" + word + " has no use for it");
    }

    @Test
    void aBearerTokenIsGotBySecretOrByKey() {
        Settings bySecret = Settings.valid().with(I + "auth-method", "bearer");
        assertThat(bySecret.read().introspection().client().key()).isNull();
        assertOnly(bySecret.with(I + "key", key.toString()), I + "key", "and so is a secret");
        bySecret.with(I + "client-secret", null).with(I + "assertion-audience", "https://as.example.com/token");
        assertThat(bySecret.read().introspection().client().key()).isEqualTo(key);
    }

    @Test
    void aBearerTokenComesFromSomewhere() {
        Settings settings = Settings.valid()
                .with(I + "auth-method", "bearer")
                .with(I + "token-url", "https://as.example.com/token");
        settings.with("cardea.issuer", null).read();
        assertOnly(settings.with(I + "token-url", null), I + "token-url", "no cardea.issuer to discover it from");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls_client_auth", "self_signed_tls_client_auth"})
    void aCertificateIsShownOverTlsOnly(String word) {
        Settings settings = Settings.valid()
                .with(I + "auth-method", word)
                .with(I + "client-secret", null)
                .with("cardea.http.key-store", store.toString())
                .with("cardea.allow-http-issuer", "true");
        settings.read();
        assertOnly(settings.with(I + "url", "http://127.0.0.1/introspect"), I + "auth-method", "is not https");
    }

    @Test
    void aSecretThatSignsHas256Bits() throws IOException {
        Settings settings = Settings.valid().with(I + "auth-method", "client_secret_jwt");
        settings.with(I + "client-secret", "x".repeat(32)).read();
        assertOnly(settings.with(I + "client-secret", "x".repeat(31)), I + "client-secret", "fewer than 256 bits");

        settings.with(I + "client-secret", null);
        Path file = Files.writeString(folder.resolve("secret"), "x".repeat(32));
        settings.with(I + "client-secret-file", file.toString()).read();
        Files.writeString(file, "x".repeat(31) + "\n");
        assertOnly(settings, I + "client-secret-file", "fewer than 256 bits");
    }

    @Test
    void aKeyFileHoldsAKeyThatSigns() throws IOException {
        Settings settings = Settings.valid()
                .with(I + "auth-method", "private_key_jwt")
                .with(I + "client-secret", null)
                .with(I + "key", key.toString());
        settings.read();
        Path pem = Files.writeString(folder.resolve("key.pem"), TestKeys.ec().privatePem());
        settings.with(I + "key", pem.toString()).read();

        Path publicKey = folder.resolve("public.jwk");
        Files.writeString(publicKey, TestKeys.ec().privateJson().replace("\"d\":", "\"e\":"));
        assertOnly(settings.with(I + "key", publicKey.toString()), I + "key", "'d' is missing");
        assertOnly(settings.with(I + "key", folder.toString()), I + "key", "is a directory");
        assertOnly(settings.with(I + "key", folder.resolve("nothing").toString()), I + "key", "cannot be read");
    }

    @Test
    void aKeyStoreOpensAndHasOneKey() throws IOException {
        Settings settings = Settings.local();
        Path p12 = folder.resolve("orders.p12");
        Path password = Files.writeString(folder.resolve("password"), TestClientCertificate.PASSWORD);
        settings.with("cardea.http.key-store", p12.toString())
                .with("cardea.http.key-store-password-file", password.toString());
        assertThat(settings.read().http().keyStore()).isEqualTo(p12);

        Path wrong = Files.writeString(folder.resolve("wrong"), "wrong");
        assertOnly(
                settings.with("cardea.http.key-store-password-file", wrong.toString()),
                "cardea.http.key-store",
                "that its password opens");
        settings.with("cardea.http.key-store-password-file", password.toString());
        assertOnly(
                settings.with("cardea.http.key-store", null), "cardea.http.key-store-password-file", "is set without");
        Path onlyKey =
                Files.writeString(folder.resolve("only-key.pem"), TestKeys.ec().privatePem());
        settings.with("cardea.http.key-store-password-file", null);
        assertOnly(
                settings.with("cardea.http.key-store", onlyKey.toString()),
                "cardea.http.key-store",
                "without its certificate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy.example.com",
                "http://proxy.example.com:3128",
                "proxy.example.com:0",
                "proxy.example.com:65536",
                "proxy.example.com:3128/",
                "me:secret@proxy.example.com:3128",
                ":3128",
                "a b:1"
            })
    void aProxyIsAHostAndAPort(String nonsense) {
        assertThat(Settings.local().read().http().proxy()).isNull();
        Settings settings = Settings.local().with("cardea.http.proxy", "proxy.example.com:3128");
        assertThat(settings.read().http().proxy()).isEqualTo(new ProxyAddress("proxy.example.com", 3128));
        assertOnly(settings.with("cardea.http.proxy", nonsense), "cardea.http.proxy", "is not host:port");
    }

    @Test
    void aFurtherIssuerHasItsOwnIdentityAndTheSameProxy() {
        String other = "cardea.issuers.partner.";
        Settings settings = Settings.valid()
                .with("cardea.http.proxy", "proxy.example.com:3128")
                .with("cardea.http.key-store", store.toString())
                .with(other + "issuer", "https://partner.example.com")
                .with(other + "token.opaque-prefix", "partner_")
                .with(other + "introspection.client-id", "us")
                .with(other + "introspection.auth-method", "private_key_jwt")
                .with(other + "introspection.key", key.toString());
        TrustedIssuer partner = settings.read().issuers().get(1);
        assertThat(partner.http().proxy()).isEqualTo(new ProxyAddress("proxy.example.com", 3128));
        assertThat(partner.http().keyStore()).isNull();
        assertThat(partner.introspection().client().key()).isEqualTo(key);

        assertOnly(
                settings.with(other + "introspection.auth-method", "tls_client_auth")
                        .with(other + "introspection.key", null),
                other + "http.key-store",
                "is not set");
    }
}
