package dev.cardea.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.it.app.GuardedResource;
import dev.cardea.it.app.PathApplication;
import dev.cardea.it.app.ScopedServlet;
import dev.cardea.it.environment.Server;
import dev.cardea.it.environment.TlsClients;
import dev.cardea.it.environment.Used;
import dev.cardea.it.environment.Wars;
import dev.cardea.testkit.DpopKey;
import dev.cardea.testkit.DpopProof;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.TestClientCertificate;
import dev.cardea.testkit.contract.Expect;
import dev.cardea.testkit.contract.RawHttp;
import dev.cardea.testkit.contract.RawRequest;
import dev.cardea.testkit.contract.RawResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens bound to certificates, with real handshakes, and with a proxy's header field in their place. */
@ExtendWith(ArquillianExtension.class)
class MutualTlsIT {
    private static final String DIRECT = "mutual-tls";
    private static final String FORM = "behind-";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final TestAuthorizationServer AS = TestAuthorizationServer.start(Clock.systemUTC());

    private final TlsClients clients = TlsClients.known();

    /** The proxies' formats, each in its own application. */
    enum Format {
        RFC9440("Client-Cert") {
            @Override
            String write(TestClientCertificate certificate) throws Exception {
                return ":" + base64(certificate) + ":";
            }
        },
        NGINX("X-SSL-Client-Cert") {
            @Override
            String write(TestClientCertificate certificate) throws Exception {
                return escapedPem(certificate);
            }
        },
        ALB("X-Amzn-Mtls-Clientcert-Leaf") {
            @Override
            String write(TestClientCertificate certificate) throws Exception {
                return escapedPem(certificate)
                        .replace("%2B", "+")
                        .replace("%2F", "/")
                        .replace("%3D", "=");
            }
        },
        HAPROXY("X-SSL-Client-DER") {
            @Override
            String write(TestClientCertificate certificate) throws Exception {
                return base64(certificate);
            }
        },
        ENVOY("X-Forwarded-Client-Cert") {
            @Override
            String write(TestClientCertificate certificate) throws Exception {
                return "By=spiffe://example.test/a;Subject=\"CN=a, O=\\\"b\\\"\",By=spiffe://example.test/c;Cert=\""
                        + escapedPem(certificate) + "\";URI=";
            }
        };

        private final String field;

        Format(String field) {
            this.field = field;
        }

        abstract String write(TestClientCertificate certificate) throws Exception;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Deployment(name = DIRECT, testable = false)
    static WebArchive direct() {
        return war(DIRECT, Wars.trusting(AS));
    }

    @Deployment(name = "rfc9440", testable = false)
    static WebArchive rfc9440() {
        return behindProxy(Format.RFC9440);
    }

    @Deployment(name = "nginx", testable = false)
    static WebArchive nginx() {
        return behindProxy(Format.NGINX);
    }

    @Deployment(name = "alb", testable = false)
    static WebArchive alb() {
        return behindProxy(Format.ALB);
    }

    @Deployment(name = "haproxy", testable = false)
    static WebArchive haproxy() {
        return behindProxy(Format.HAPROXY);
    }

    @Deployment(name = "envoy", testable = false)
    static WebArchive envoy() {
        return behindProxy(Format.ENVOY);
    }

    private static WebArchive behindProxy(Format format) {
        Map<String, String> configuration = Wars.trusting(AS);
        configuration.put("cardea.proxy.trusted", "127.0.0.1");
        configuration.put("cardea.certificate-binding.header-format", format.word());
        return war(FORM + format.word(), configuration);
    }

    private static WebArchive war(String name, Map<String, String> configuration) {
        return Wars.of(name, configuration, PathApplication.class, GuardedResource.class, ScopedServlet.class);
    }

    @AfterAll
    static void stop() {
        AS.close();
    }

    @ParameterizedTest
    @CsvSource({"/scoped,true", "/scoped,false", "/api/guarded,true", "/api/guarded,false"})
    @Tag("M01")
    @Tag("M02")
    @Tag("M03")
    @Tag("M04")
    @Tag("M05")
    @Tag("M06")
    @Tag("M07")
    @Tag("M16")
    void aBoundTokenNeedsTheCertificateItIsBoundTo(String path, boolean opaque) throws Exception {
        String token = boundTo(clients.first(), opaque);

        Expect.granted(overTls(clients.first()).get(path).bearer(token).send());
        Expect.invalidToken(overTls(clients.second()).get(path).bearer(token).send());
        Expect.invalidToken(overTls(null).get(path).bearer(token).send());
        Expect.invalidToken(overTls(clients.renewed()).get(path).bearer(token).send());
        Expect.invalidToken(inTheClear(DIRECT).get(path).bearer(token).send());
        Expect.granted(overTls(clients.renewed())
                .get(path)
                .bearer(boundTo(clients.renewed(), opaque))
                .send());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/scoped", "/api/guarded"})
    @Tag("M05")
    void aTokenThatIsNotBoundNeedsNoneAndDoesNotMindOne(String path) throws Exception {
        String token = AS.issueJwt("orders:read");
        Expect.granted(overTls(null).get(path).bearer(token).send());
        Expect.granted(overTls(clients.second()).get(path).bearer(token).send());
    }

    /** A client that resumes a session does not present its certificate again: the server remembers it with the session. */
    @ParameterizedTest
    @ValueSource(strings = {"/scoped", "/api/guarded"})
    @Tag("M16")
    void aResumedSessionKeepsTheCertificate(String path) throws Exception {
        String token = boundTo(clients.first(), false);
        TlsClients.Presentation presentation = TlsClients.counting(clients.first());
        RawHttp http = over(presentation.context());
        for (int i = 0; i < 3; i++) {
            Expect.granted(http.get(path).bearer(token).send());
        }
        assertThat(presentation.times()).as("handshakes with certificate").isEqualTo(1);
        Expect.invalidToken(
                http.get(path).bearer(boundTo(clients.second(), false)).send());
    }

    @Test
    @Tag("M16")
    void overHttp2TheCertificateIsTheSame() throws Exception {
        String token = boundTo(clients.first(), false);
        for (String path : List.of("/scoped", "/api/guarded")) {
            assertThat(overHttp2(clients.first(), path, token)).isEqualTo(200);
            assertThat(overHttp2(clients.second(), path, token)).isEqualTo(401);
            assertThat(overHttp2(null, path, token)).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/scoped", "/api/guarded"})
    @Tag("M14")
    void aTokenBoundToKeyAndCertificateNeedsBoth(String path) throws Exception {
        DpopKey key = DpopKey.generate();
        String token = AS.accessToken("orders:read")
                .cnf(Map.of("jkt", key.thumbprint(), "x5t#S256", clients.first().thumbprint()))
                .build();

        Expect.granted(proving(overTls(clients.first()), path, key, token).send());
        assertThat(proving(overTls(clients.second()), path, key, token).send().status())
                .as("another certificate")
                .isEqualTo(401);
        assertThat(proving(overTls(null), path, key, token).send().status())
                .as("no certificate")
                .isEqualTo(401);
        assertThat(proving(overTls(clients.first()), path, DpopKey.generate(), token)
                        .send()
                        .status())
                .as("another key")
                .isEqualTo(401);
        assertThat(overTls(clients.first()).get(path).bearer(token).send().status())
                .as("no proof")
                .isEqualTo(401);
    }

    @Test
    @Tag("M14")
    void aBindingThatNobodyKnowsIsNotMetByACertificate() throws Exception {
        String token = AS.accessToken("orders:read").cnf(Map.of("x5t", "a")).build();
        Expect.invalidToken(
                overTls(clients.first()).get("/scoped").bearer(token).send());
    }

    /** What a web server's plug-in may say to Open Liberty is not for everybody to say. */
    @Test
    @Tag("M08")
    void noHeaderFieldOfTheServersOwnIsTheCertificate() throws Exception {
        String token = boundTo(clients.first(), false);
        for (String field : List.of("$WSCC", "SSL_CLIENT_CERT", "Client-Cert")) {
            RawRequest request = overTls(null).get("/scoped").bearer(token);
            Expect.invalidToken(request.header(field, base64(clients.first())).send());
            Expect.invalidToken(
                    request.header(field, ":" + base64(clients.first()) + ":").send());
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("M08")
    @Tag("M09")
    @Tag("M10")
    @Tag("M12")
    @Tag("M15")
    void aTrustedProxySaysWhatCertificateTheClientHas(Format format) throws Exception {
        String value = format.write(clients.first());
        for (String path : List.of("/scoped", "/api/guarded")) {
            for (boolean opaque : new boolean[] {false, true}) {
                RawRequest request =
                        inTheClear(FORM + format.word()).get(path).bearer(boundTo(clients.first(), opaque));
                RawResponse granted = request.header(format.field, value).send();
                Expect.granted(granted);
                assertThat(granted.all("Vary")).as(path).contains(format.field);

                Expect.invalidToken(request.send());
                Expect.invalidToken(request.header(format.field, format.write(clients.second()))
                        .send());
                Expect.invalidToken(request.header(format.field, value)
                        .header(format.field, value)
                        .send());
                Expect.invalidToken(request.header(format.field, value.substring(0, value.length() / 2))
                        .send());
                Expect.invalidToken(request.header(format.field, ":AAAA:").send());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("M08")
    void fromAnybodyElseTheFieldIsIgnored(Format format) throws Exception {
        String token = boundTo(clients.first(), false);
        RawHttp stranger = inTheClear(FORM + format.word()).from(InetAddress.getByAddress(new byte[] {127, 0, 0, 2}));
        String value = format.write(clients.first());

        Expect.granted(inTheClear(FORM + format.word())
                .get("/scoped")
                .bearer(token)
                .header(format.field, value)
                .send());
        Expect.invalidToken(stranger.get("/scoped")
                .bearer(token)
                .header(format.field, value)
                .send());
        Expect.granted(
                stranger.get("/scoped").bearer(AS.issueJwt("orders:read")).send());
    }

    @Test
    @Tag("M08")
    void theCertificateOfTheConnectionIsTheProxysOwn() throws Exception {
        String name = FORM + Format.RFC9440.word();
        String token = boundTo(clients.first(), false);
        RawHttp proxy = RawHttp.to(
                        Server.secureApplication(name),
                        TlsClients.presenting(clients.first()).getSocketFactory())
                .heardBy(Used::request);
        RawHttp stranger = proxy.from(InetAddress.getByAddress(new byte[] {127, 0, 0, 2}));

        Expect.invalidToken(proxy.get("/scoped").bearer(token).send());
        Expect.granted(stranger.get("/scoped").bearer(token).send());
        Expect.granted(stranger.get("/scoped")
                .bearer(token)
                .header("Client-Cert", Format.RFC9440.write(clients.second()))
                .send());
    }

    private static RawRequest proving(RawHttp http, String path, DpopKey key, String token) {
        String uri = Server.secureApplication(DIRECT).resolve(path.substring(1)).toString();
        return http.get(path)
                .header("Authorization", "DPoP " + token)
                .header("DPoP", DpopProof.of(key, "GET", uri).token(token).build());
    }

    private static String boundTo(TestClientCertificate certificate, boolean opaque) {
        if (!opaque) {
            return AS.accessToken("orders:read").boundTo(certificate).build();
        }
        Map<String, Object> metadata = AS.metadata("orders:read");
        metadata.put("cnf", Map.of("x5t#S256", certificate.thumbprint()));
        return AS.issueOpaque(metadata);
    }

    private static RawHttp overTls(TestClientCertificate certificate) {
        return over(TlsClients.presenting(certificate));
    }

    private static RawHttp over(SSLContext context) {
        return RawHttp.to(Server.secureApplication(DIRECT), context.getSocketFactory())
                .heardBy(Used::request);
    }

    private static RawHttp inTheClear(String application) {
        return RawHttp.to(Server.application(application)).heardBy(Used::request);
    }

    private static int overHttp2(TestClientCertificate certificate, String path, String token)
            throws IOException, InterruptedException {
        Used.secret("Bearer " + token);
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .connectTimeout(PATIENCE)
                .sslContext(TlsClients.presenting(certificate))
                .build();
        URI uri = Server.secureApplication(DIRECT).resolve(path.substring(1));
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(uri)
                        .header("Authorization", "Bearer " + token)
                        .timeout(PATIENCE)
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        return answer.statusCode();
    }

    private static String base64(TestClientCertificate certificate) throws Exception {
        return Base64.getEncoder().encodeToString(certificate.certificate().getEncoded());
    }

    private static String escapedPem(TestClientCertificate certificate) throws Exception {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(certificate.certificate().getEncoded());
        return ("-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n")
                .replace("\n", "%0A")
                .replace(" ", "%20")
                .replace("+", "%2B")
                .replace("/", "%2F")
                .replace("=", "%3D");
    }
}
