package dev.cardea;

import static dev.cardea.Possessing.dpop;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.Possessing.Outcome;
import dev.cardea.testkit.TestClientCertificate;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that are bound to a client certificate, through the whole pipeline (RFC 8705, RFC 9440). */
class CertificateBindingTest {
    private static final SentRequest ORDERS = SentRequest.to("/shop/orders");
    private static final String PROXY = "10.0.0.7";
    private static final String STRANGER = "203.0.113.9";

    @TempDir
    private static Path folder;

    private static Possessing world;
    private static X509Certificate certificate;
    private static X509Certificate renewed;
    private static X509Certificate other;

    @BeforeAll
    static void start() {
        world = new Possessing();
        TestClientCertificate client = TestClientCertificate.create(folder, "client");
        certificate = client.certificate();
        renewed = client.renewed("renewed").certificate();
        other = TestClientCertificate.create(folder, "other").certificate();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static Map<String, String> boundTo(X509Certificate bound) {
        return Map.of("x5t#S256", thumbprint(bound));
    }

    private static String thumbprint(X509Certificate bound) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(bound.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String jwt(Map<String, ?> cnf) {
        return world.as.accessToken("orders:read").cnf(cnf).build();
    }

    private static String opaque(Map<String, ?> cnf) {
        Map<String, Object> metadata = new LinkedHashMap<>(world.as.metadata("orders:read"));
        metadata.put("cnf", cnf);
        return world.as.issueOpaque(metadata);
    }

    private static SentRequest bearer(String token) {
        return ORDERS.with("Authorization", "Bearer " + token);
    }

    private static String clientCert(X509Certificate shown) {
        try {
            return ":" + Base64.getEncoder().encodeToString(shown.getEncoded()) + ":";
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Tag("M01")
    @Tag("M02")
    @Tag("M04")
    @Tag("M05")
    @Tag("M06")
    @Tag("M07")
    @Tag("accepts")
    @Tag("refuses")
    void aTokenIsGoodWithItsCertificateAndWithNoOther() {
        ResourceServer server = world.server();
        for (String token : List.of(jwt(boundTo(certificate)), opaque(boundTo(certificate)))) {
            assertThat(world.send(server, bearer(token).showing(certificate)).reason())
                    .isEqualTo("GRANTED");
            assertThat(world.last().binding()).isEqualTo("CERTIFICATE");
            assertThat(world.send(server, bearer(token).showing(certificate, other))
                            .reason())
                    .as("its own certificate comes first")
                    .isEqualTo("GRANTED");
            assertThat(world.send(server, bearer(token).showing(other, certificate))
                            .reason())
                    .isEqualTo("CERTIFICATE_MISMATCH");
            Outcome none = world.send(server, bearer(token));
            assertThat(none.reason()).isEqualTo("CERTIFICATE_MISSING");
            assertThat(none.answer().status()).isEqualTo(401);
            assertThat(none.challenges().get(0)).startsWith("Bearer ").contains("error=\"invalid_token\"");
            assertThat(world.send(server, bearer(token).showing(renewed)).reason())
                    .as("another certificate for the same key")
                    .isEqualTo("CERTIFICATE_MISMATCH");
            assertThat(world.send(server, world.proven(ORDERS, token).showing(certificate))
                            .reason())
                    .as("the scheme DPoP is for keys")
                    .isEqualTo("TOKEN_UNBOUND");
        }
    }

    @Test
    @Tag("M14")
    @Tag("accepts")
    @Tag("refuses")
    void bothBindingsCountWhereThereAreTwo() {
        ResourceServer server = world.server();
        String token =
                jwt(Map.of("jkt", world.key.thumbprint(), "x5t#S256", thumbprint(certificate), "kc-jkt-type", "DPoP"));
        assertThat(world.send(server, world.proven(ORDERS, token).showing(certificate))
                        .reason())
                .isEqualTo("GRANTED");
        assertThat(world.last().binding()).isEqualTo("KEY+CERTIFICATE");
        assertThat(world.send(server, world.proven(ORDERS, token).showing(other))
                        .reason())
                .isEqualTo("CERTIFICATE_MISMATCH");
        assertThat(world.send(server, world.proven(ORDERS, token)).reason()).isEqualTo("CERTIFICATE_MISSING");
        assertThat(world.send(server, bearer(token).showing(certificate)).reason())
                .isEqualTo("SENDER_CONSTRAINED");
        assertThat(world.send(
                                server,
                                dpop(
                                                ORDERS,
                                                token,
                                                world.proof(SentRequest.to("/other"), token)
                                                        .build())
                                        .showing(certificate))
                        .reason())
                .isEqualTo("PROOF_TARGET");
        assertThat(world.send(server, bearer(jwt(Map.of("kid", "x"))).showing(certificate))
                        .reason())
                .isEqualTo("CONFIRMATION_UNKNOWN");
    }

    @Test
    @Tag("M02")
    @Tag("refuses")
    @Tag("accepts")
    void modesRefuseWhatTheySay() {
        String token = jwt(boundTo(certificate));
        ResourceServer required = world.server("cardea.certificate-binding.mode", "required");
        assertThat(world.send(required, bearer(token).showing(certificate)).reason())
                .isEqualTo("GRANTED");
        assertThat(world.send(required, bearer(world.as.issueJwt("orders:read")).showing(certificate))
                        .reason())
                .isEqualTo("SENDER_CONSTRAINT_MISSING");
        assertThat(world.send(
                                world.server("cardea.certificate-binding.mode", "off"),
                                bearer(token).showing(certificate))
                        .reason())
                .isEqualTo("SENDER_CONSTRAINED");
    }

    @Test
    @Tag("M08")
    @Tag("M09")
    @Tag("M10")
    @Tag("M11")
    @Tag("M15")
    @Tag("accepts")
    @Tag("refuses")
    void aTrustedProxyHandsTheCertificateOn() {
        String token = jwt(boundTo(certificate));
        ResourceServer server = world.server(
                "cardea.proxy.trusted", "10.0.0.0/8",
                "cardea.certificate-binding.header-format", "rfc9440");
        SentRequest forwarded = bearer(token).with("Client-Cert", clientCert(certificate));
        Outcome granted = world.send(server, forwarded.from(PROXY));
        assertThat(granted.reason()).isEqualTo("GRANTED");
        assertThat(granted.notes()).containsExactly(Map.entry("Vary", "Client-Cert"));
        assertThat(world.send(server, forwarded.from(STRANGER)).reason()).isEqualTo("CERTIFICATE_MISSING");
        assertThat(world.send(server, forwarded.from(STRANGER).showing(certificate))
                        .notes())
                .as("of the connection")
                .isEmpty();
        assertThat(world.send(server, bearer(token).showing(certificate).from(PROXY))
                        .reason())
                .as("that is the proxy's own")
                .isEqualTo("CERTIFICATE_MISSING");
        assertThat(world.send(
                                server,
                                bearer(token)
                                        .with("Client-Cert", clientCert(other), clientCert(certificate))
                                        .from(PROXY))
                        .answer()
                        .status())
                .isEqualTo(401);
        assertThat(world.send(
                                server,
                                bearer(token).with("Client-Cert", ":AAAA:").from(PROXY))
                        .reason())
                .isEqualTo("CERTIFICATE_MALFORMED");
        assertThat(world.send(world.server(), forwarded.from(PROXY)).reason())
                .as("not configured")
                .isEqualTo("CERTIFICATE_MISSING");
    }

    @Test
    @Tag("M08")
    @Tag("accepts")
    @Tag("refuses")
    void aProxysOwnCertificateIsNotItsClients() {
        String token = jwt(boundTo(certificate));
        ResourceServer server = world.server("cardea.proxy.trusted", "10.0.0.0/8");
        SentRequest shown = bearer(token).showing(certificate);
        assertThat(world.send(server, shown.from(STRANGER)).reason()).isEqualTo("GRANTED");
        assertThat(world.send(server, shown.from(PROXY).with("X-Forwarded-Proto", "https"))
                        .reason())
                .isEqualTo("CERTIFICATE_MISSING");
    }

    @Test
    @Tag("M03")
    @Tag("M12")
    @Tag("accepts")
    @Tag("refuses")
    void everyProxyWritesItInItsOwnWay() throws GeneralSecurityException {
        String token = jwt(boundTo(certificate));
        String der = Base64.getEncoder().encodeToString(certificate.getEncoded());
        String pem = "-----BEGIN CERTIFICATE-----\r\n"
                + Base64.getMimeEncoder(64, new byte[] {'\r', '\n'}).encodeToString(certificate.getEncoded())
                + "\r\n-----END CERTIFICATE-----\r\n";
        String escaped = java.net.URLEncoder.encode(pem, java.nio.charset.StandardCharsets.US_ASCII)
                .replace("+", "%20");
        Map<String, String[]> formats = Map.of(
                "nginx", new String[] {"X-SSL-Client-Cert", escaped},
                "alb", new String[] {"X-Amzn-Mtls-Clientcert-Leaf", escaped},
                "haproxy", new String[] {"X-SSL-Client-DER", der},
                "envoy", new String[] {"X-Forwarded-Client-Cert", "By=spiffe://a;Cert=\"" + escaped + "\""},
                "rfc9440", new String[] {"Client-Cert", ":" + der + ":"});
        formats.forEach((format, field) -> {
            ResourceServer server = world.server(
                    "cardea.proxy.trusted", "10.0.0.0/8", "cardea.certificate-binding.header-format", format);
            SentRequest request = bearer(token).from(PROXY);
            assertThat(world.send(server, request.with(field[0], field[1])).reason())
                    .as(format)
                    .isEqualTo("GRANTED");
            assertThat(world.send(server, request.with(field[0], field[1].substring(0, field[1].length() / 2)))
                            .answer()
                            .status())
                    .as("%s, cut off", format)
                    .isEqualTo(401);
            assertThat(world.send(server, request.with("X-Other", field[1])).reason())
                    .as(format)
                    .isEqualTo("CERTIFICATE_MISSING");
        });
    }
}
