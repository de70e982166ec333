package dev.cardea.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.it.app.GuardedResource;
import dev.cardea.it.app.PathApplication;
import dev.cardea.it.app.PlainServlet;
import dev.cardea.it.app.ScopedServlet;
import dev.cardea.it.environment.Application;
import dev.cardea.it.environment.SpringAuthorizationServer;
import dev.cardea.it.environment.Wars;
import dev.cardea.testkit.AccessTokens;
import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.TestKey;
import dev.cardea.testkit.TransportFault;
import dev.cardea.testkit.contract.Expect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One application, three issuers: the one of the tests, one over TLS that gives its keys to whoever has a token and a CA file,
 * as Kubernetes does, and a real Spring Authorization Server.
 */
@ExtendWith(ArquillianExtension.class)
@Tag("W10")
class IssuersIT {
    private static final String PARTNERS_AUDIENCE = "urn:orders:for-partners";
    private static final String ACCOUNT = "token-of-a-service-account";

    private static final TestAuthorizationServer MAIN = TestAuthorizationServer.start(Clock.systemUTC());
    private static final TestAuthorizationServer PARTNER = TestAuthorizationServer.startTls(Clock.systemUTC());

    private final Application app = Application.at("issuers");

    @Deployment(testable = false)
    static WebArchive issuers() {
        Map<String, String> configuration = Wars.trusting(MAIN);
        configuration.put("cardea.issuers.partner.issuer", PARTNER.issuer());
        configuration.put("cardea.issuers.partner.audience", PARTNERS_AUDIENCE);
        configuration.put(
                "cardea.issuers.partner.http.trust-store",
                TestAuthorizationServer.trustStore().toString());
        configuration.put(
                "cardea.issuers.partner.http.trust-store-password-file",
                file("password", TestAuthorizationServer.trustStorePassword()));
        configuration.put("cardea.issuers.partner.http.bearer-token-file", file("token", ACCOUNT));
        configuration.put(
                "cardea.issuers.spring.issuer",
                SpringAuthorizationServer.shared().issuer());
        configuration.put("cardea.issuers.spring.issuer-profile", "spring");
        configuration.put("cardea.issuers.spring.allow-http-issuer", "true");
        configuration.put("cardea.issuers.spring.audience", SpringAuthorizationServer.AUDIENCE);
        return Wars.of(
                "issuers",
                configuration,
                PathApplication.class,
                GuardedResource.class,
                ScopedServlet.class,
                PlainServlet.class);
    }

    @AfterAll
    static void stop() {
        MAIN.close();
        PARTNER.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/guarded", "/scoped"})
    void eachIssuerIsVerifiedByItsOwnRules(String path) throws Exception {
        Expect.granted(app.get(path, MAIN.issueJwt("orders:read")));
        Expect.granted(app.get(path, partners().build()));
        Expect.granted(app.get(path, SpringAuthorizationServer.shared().token("orders-client", "orders:read")));

        Expect.invalidToken(app.get(path, PARTNER.issueJwt("orders:read")));
        Expect.invalidToken(app.get(
                path,
                MAIN.accessToken("orders:read").audience(PARTNERS_AUDIENCE).build()));
        Expect.insufficientScope(
                app.get(
                        path,
                        PARTNER.accessToken("orders:write")
                                .audience(PARTNERS_AUDIENCE)
                                .build()),
                "orders:read");
    }

    @Test
    void aKeyOfOneIssuerVerifiesNoTokenOfAnother() throws Exception {
        TestKey mains = MAIN.rotateKeys();
        TestKey partners = PARTNER.rotateKeys().withKid("key-of-both");
        mains = mains.withKid("key-of-both");
        MAIN.publish(mains);
        PARTNER.publish(partners);

        Expect.granted(app.get(
                "/api/guarded", MAIN.accessToken("orders:read").signedBy(mains).build()));
        Expect.granted(app.get("/api/guarded", partners().signedBy(partners).build()));
        Expect.invalidToken(app.get(
                "/api/guarded",
                MAIN.accessToken("orders:read").signedBy(partners).build()));
        Expect.invalidToken(app.get("/api/guarded", partners().signedBy(mains).build()));
    }

    @Test
    @Tag("N15")
    void anUnknownIssuerIsRefusedWithoutACall() throws Exception {
        Expect.granted(app.get("/api/guarded", partners().build()));
        Expect.granted(app.get("/api/guarded", MAIN.issueJwt("orders:read")));
        int calls = MAIN.requests().size() + PARTNER.requests().size();

        Expect.invalidToken(app.get(
                "/api/guarded", partners().issuer(PARTNER.issuer() + "/").build()));
        Expect.invalidToken(app.get(
                "/api/guarded", partners().issuer("https://third.example").build()));
        assertThat(MAIN.requests().size() + PARTNER.requests().size()).isEqualTo(calls);
    }

    @Test
    void theTokenOfTheServiceAccountGoesToItsIssuerOnly() throws Exception {
        Expect.granted(app.get("/api/guarded", partners().build()));
        Expect.granted(app.get("/api/guarded", MAIN.issueJwt("orders:read")));

        assertThat(PARTNER.requests(Endpoint.JWKS)).isNotEmpty().allSatisfy(request -> assertThat(
                        request.header("authorization"))
                .isEqualTo("Bearer " + ACCOUNT));
        assertThat(MAIN.requests(Endpoint.JWKS)).isNotEmpty().allSatisfy(request -> assertThat(
                        request.header("authorization"))
                .isNull());
    }

    @Test
    @Tag("T18")
    void theOutageOfOneIssuerIsNoneOfTheOthers() throws Exception {
        Expect.granted(app.get("/api/guarded", partners().build()));
        PARTNER.fail(Endpoint.JWKS, TransportFault.SERVER_ERROR);
        try {
            Expect.granted(app.get("/api/guarded", partners().build()));
            Expect.granted(app.get("/api/guarded", MAIN.issueJwt("orders:read")));
        } finally {
            PARTNER.heal();
        }
    }

    private static AccessTokens partners() {
        return PARTNER.accessToken("orders:read").audience(PARTNERS_AUDIENCE);
    }

    private static String file(String name, String content) {
        try {
            Path file = Files.createTempFile("issuers-it-", "-" + name);
            file.toFile().deleteOnExit();
            return Files.writeString(file, content).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
