package dev.cardea.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.it.app.ScopedServlet;
import dev.cardea.it.environment.Application;
import dev.cardea.it.environment.Log;
import dev.cardea.it.environment.OidcProvider;
import dev.cardea.it.environment.Wars;
import dev.cardea.testkit.contract.Expect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Introspection answers that a real authorization server signed (RFC 9701), asked for by real servers. */
@EnabledIf(
        value = "dev.cardea.it.environment.OidcProvider#isAvailable",
        disabledReason = "no Node.js with npm, or the npm package oidc-provider cannot be had: see the log")
@ExtendWith(ArquillianExtension.class)
class OidcProviderIT {
    private static final String SIGNED = "op-signed";
    private static final String SIGNED_RSA = "op-signed-rsa";
    private static final String SIGNED_BY_DEFAULT = "op-signed-by-default";
    private static final String ENCRYPTED = "op-encrypted";
    private static final String INTROSPECTING = "op-introspecting";
    private static final String SIGNED_FROM_WHO_DOES_NOT = "op-downgraded";
    private static final String PLAIN = "op-plain";

    private static final String OPAQUE = "https://orders.example/opaque";
    private static final String JWT = "https://orders.example/jwt";

    private static final Log LOG = Log.fromNow();

    private final OidcProvider provider = OidcProvider.shared();

    @Deployment(name = SIGNED, testable = false)
    static WebArchive signed() {
        return war(SIGNED, signing("rs-signed"));
    }

    @Deployment(name = SIGNED_RSA, testable = false)
    static WebArchive signedRsa() {
        return war(SIGNED_RSA, signing("rs-signed-rsa"));
    }

    @Deployment(name = SIGNED_BY_DEFAULT, testable = false)
    static WebArchive signedByDefault() {
        return war(SIGNED_BY_DEFAULT, signing("rs-default"));
    }

    @Deployment(name = ENCRYPTED, testable = false)
    static WebArchive encrypted() {
        Map<String, String> configuration = signing("rs-encrypted");
        configuration.put("cardea.jwt.decryption-key", keyFile().toString().replace('\\', '/'));
        return war(ENCRYPTED, configuration);
    }

    @Deployment(name = INTROSPECTING, testable = false)
    static WebArchive introspecting() {
        Map<String, String> configuration = signing("rs-signed");
        configuration.put("cardea.token.validation", "introspect");
        return war(INTROSPECTING, configuration);
    }

    @Deployment(name = SIGNED_FROM_WHO_DOES_NOT, testable = false)
    static WebArchive downgraded() {
        return war(SIGNED_FROM_WHO_DOES_NOT, configuration(OidcProvider.shared().plain(), "rs-signed", "jwt"));
    }

    @Deployment(name = PLAIN, testable = false)
    static WebArchive plain() {
        return war(PLAIN, configuration(OidcProvider.shared().plain(), "rs-signed", "json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {SIGNED, SIGNED_RSA, SIGNED_BY_DEFAULT, ENCRYPTED, INTROSPECTING})
    @Tag("J01")
    @Tag("J03")
    @Tag("J04")
    @Tag("J07")
    @Tag("accepts")
    @Tag("refuses")
    void opaqueTokensAreJudgedByWhatWasSigned(String name) throws Exception {
        Application application = Application.at(name);
        String token = opaque("orders:read");
        application.assertGuarded("/scoped", opaque("orders:write"), token);

        provider.revoke(provider.signing(), token);
        Expect.invalidToken(application.get("/scoped", token));
    }

    @Test
    @Tag("T04")
    @Tag("J06")
    @Tag("accepts")
    @Tag("refuses")
    void jwtsAreVerifiedHereBesideIt() throws Exception {
        Application application = Application.at(SIGNED);
        application.assertGuarded("/scoped", jwt("orders:write"), jwt("orders:read"));
    }

    /** This product answers 400 {@code unsupported_token_type} to any question about a JWT. */
    @Test
    @Tag("I08")
    @Tag("N14")
    @Tag("accepts")
    @Tag("refuses")
    void aProductThatRefusesToBeAskedAboutJwtsSaysNothingAboutThem() throws Exception {
        Application application = Application.at(INTROSPECTING);
        assertThat(application.get("/scoped", opaque("orders:read")).body()).isEqualTo("secret");

        Expect.unavailable(application.get("/scoped", jwt("orders:read")));
        assertThat(LOG.errors("/token/introspection", "answered 400", "cardea.token.validation"))
                .hasSize(1);
        assertThat(application.get("/scoped", opaque("orders:read")).body()).isEqualTo("secret");
    }

    @Test
    @Tag("J02")
    @Tag("accepts")
    @Tag("refuses")
    void anAnswerThatIsNotSignedIsNoneWhereSignedOnesAreAskedFor() throws Exception {
        String token = provider.token(provider.plain(), OPAQUE, "orders:read");
        assertThat(Application.at(PLAIN).get("/scoped", token).body()).isEqualTo("secret");

        Expect.unavailable(Application.at(SIGNED_FROM_WHO_DOES_NOT).get("/scoped", token));
        assertThat(LOG.lines("/token/introspection", "plain JSON", "cardea.introspection.response=jwt"))
                .filteredOn(line -> !line.contains("UNAVAILABLE")) // of each decision, at DEBUG
                .hasSize(1);
    }

    private String opaque(String scope) throws Exception {
        return provider.token(provider.signing(), OPAQUE, scope);
    }

    private String jwt(String scope) throws Exception {
        return provider.token(provider.signing(), JWT, scope);
    }

    private static Map<String, String> signing(String client) {
        return configuration(OidcProvider.shared().signing(), client, "jwt");
    }

    /** Without a cache, so that a revocation counts at once. */
    private static Map<String, String> configuration(String issuer, String client, String response) {
        Map<String, String> configuration = OidcProvider.trusting(issuer, client, OPAQUE + "," + JWT);
        configuration.put("cardea.introspection.cache.ttl", "0s");
        configuration.put("cardea.introspection.response", response);
        return configuration;
    }

    private static WebArchive war(String name, Map<String, String> configuration) {
        return Wars.of(name, configuration, ScopedServlet.class);
    }

    private static Path keyFile() {
        try {
            Path file = Files.createTempFile("answers", ".jwk");
            file.toFile().deleteOnExit();
            return Files.writeString(file, OidcProvider.encryptionKey().privateJson());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
