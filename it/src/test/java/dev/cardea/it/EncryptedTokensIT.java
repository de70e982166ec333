package dev.cardea.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.it.app.ScopedServlet;
import dev.cardea.it.environment.Application;
import dev.cardea.it.environment.Server;
import dev.cardea.it.environment.Used;
import dev.cardea.it.environment.Wars;
import dev.cardea.testkit.EncryptionFault;
import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.TestEncryptionKey;
import dev.cardea.testkit.TestKeys;
import dev.cardea.testkit.TokenEncryption;
import dev.cardea.testkit.contract.RawHttp;
import dev.cardea.testkit.contract.RawResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Encrypted tokens on a real server, with the relocated libraries: opened where there is a key, and never believed more. */
@ExtendWith(ArquillianExtension.class)
@Tag("T11")
@Tag("accepts")
@Tag("refuses")
class EncryptedTokensIT {
    private static final String OPENS = "opens";
    private static final String DOES_NOT = "does-not-open";
    private static final TestAuthorizationServer ISSUER = TestAuthorizationServer.start(Clock.systemUTC());
    private static final List<TestEncryptionKey> KEYS = List.of(
            TestKeys.rsaEncryption(), TestKeys.ecEncryption(), TestEncryptionKey.newEc("p-521", "ECDH-ES", "P-521"));

    private final Application app = Application.at(OPENS);

    @Deployment(name = OPENS, testable = false)
    static WebArchive opens() {
        Map<String, String> configuration = Wars.trusting(ISSUER);
        configuration.put("cardea.jwt.decryption-key", keyFile().toString().replace('\\', '/'));
        return Wars.of(OPENS, configuration, ScopedServlet.class);
    }

    @Deployment(name = DOES_NOT, testable = false)
    static WebArchive doesNotOpen() {
        return Wars.of(DOES_NOT, Wars.trusting(ISSUER), ScopedServlet.class);
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    @Test
    @OperateOnDeployment(OPENS)
    void whatIsInsideIsWhatCounts() throws IOException {
        for (TestEncryptionKey key : KEYS) {
            for (String enc : List.of("A128GCM", "A256GCM", "A128CBC-HS256", "A256CBC-HS512")) {
                TokenEncryption encryption = TokenEncryption.to(key).with(enc);
                app.assertGuarded(
                        "/scoped",
                        encryption.encrypt(ISSUER.accessToken("profile:read").build()),
                        encryption.encrypt(ISSUER.accessToken("orders:read").build()));
            }
        }
        app.assertGuarded(
                "/scoped",
                ISSUER.accessToken("profile:read").build(),
                ISSUER.accessToken("orders:read").build());
    }

    @ParameterizedTest
    @EnumSource
    @OperateOnDeployment(OPENS)
    void everyFaultIsRefusedAndItsTwinIsNot(EncryptionFault fault) throws IOException {
        TokenEncryption encryption = TokenEncryption.to(TestKeys.ecEncryption());
        assertThat(app.get("/scoped", ISSUER.issueEncrypted(TestKeys.ecEncryption(), "orders:read"))
                        .body())
                .isEqualTo("secret");
        ISSUER.forgetRequests();
        RawResponse refused = app.get("/scoped", encryption.encrypt(ISSUER.accessToken("orders:read"), fault));

        assertThat(refused.status()).isIn(400, 401);
        assertThat(refused.all("WWW-Authenticate"))
                .anySatisfy(challenge -> assertThat(challenge).contains("error=\"invalid_"));
        assertThat(refused.body()).doesNotContain("secret");
        // Without alg it is no JWT (RFC 7515 4.1.1), so the authorization server is asked, and does not know it.
        assertThat(ISSUER.count(Endpoint.INTROSPECTION)).isEqualTo(fault == EncryptionFault.ALG_MISSING ? 1 : 0);
    }

    @Test
    @Tag("W06")
    @OperateOnDeployment(DOES_NOT)
    void withoutAKeyFiveSegmentsAreRefused() throws IOException {
        RawHttp http = RawHttp.to(Server.application(DOES_NOT)).heardBy(Used::request);
        String signed = ISSUER.accessToken("orders:read").build();

        assertThat(http.get("/scoped").bearer(signed).send().body()).isEqualTo("secret");
        String encrypted = TokenEncryption.to(TestKeys.ecEncryption()).encrypt(signed);
        assertThat(http.get("/scoped").bearer(encrypted).send().status()).isEqualTo(401);
    }

    private static Path keyFile() {
        try {
            Path file = Files.createTempFile("decryption", ".jwks");
            file.toFile().deleteOnExit();
            return Files.writeString(
                    file,
                    "{\"keys\":"
                            + KEYS.stream().map(TestEncryptionKey::privateJson).toList() + "}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
