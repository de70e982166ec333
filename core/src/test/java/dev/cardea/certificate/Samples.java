package dev.cardea.certificate;

import dev.cardea.reject.RejectedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A client's certificate and its issuer's, made with OpenSSL, and the fields that nginx 1.22 and HAProxy 2.6 really sent when
 * the client came to them with it; those of Envoy and of AWS are put together as their manuals and Envoy's source say.
 */
final class Samples {
    static final String CLIENT_PEM = read("client.pem");
    static final String ISSUER_PEM = read("issuer.pem");
    static final String NGINX_ESCAPED = read("nginx-escaped.txt");
    static final String NGINX_TABS = read("nginx-tabs.txt");
    static final String HAPROXY = read("haproxy.txt");
    static final String RFC9440 = read("rfc9440.txt");

    /** As {@code openssl dgst -sha256} prints it of the certificate in DER. */
    static final String HASH = "b0399f2debf83405bd30ce6403881c121dc7c211a5b2bd54dba81b0b30fc0603";

    static final byte[] THUMBPRINT = HexFormat.of().parseHex(HASH);

    private Samples() {}

    static X509Certificate client() {
        return certificate(CLIENT_PEM);
    }

    static X509Certificate issuer() {
        return certificate(ISSUER_PEM);
    }

    /** AWS: {@code + = /} stay as they are. */
    static String alb(String pem) {
        return URLEncoder.encode(pem, StandardCharsets.US_ASCII)
                .replace("+", "%20")
                .replace("%2B", "+")
                .replace("%2F", "/")
                .replace("%3D", "=");
    }

    /** Envoy encodes these and nothing else. */
    static String envoyCert(String pem) {
        return pem.replace("\n", "%0A")
                .replace(" ", "%20")
                .replace("+", "%2B")
                .replace("/", "%2F")
                .replace("=", "%3D");
    }

    /** The setting {@code set_current_client_cert_details} with everything but the chain. */
    static String envoy() {
        return "By=spiffe://example.test/gateway;Hash=" + HASH + ";Cert=\"" + envoyCert(CLIENT_PEM)
                + "\";Subject=\"CN=orders \\\"client\\\",O=Orders\\, Inc.\";URI=";
    }

    static String hash(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] der(String pem) {
        try {
            return certificate(pem).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String base64(byte[] der) {
        return Base64.getEncoder().encodeToString(der);
    }

    /** What a trusted proxy's field of that value leads to. */
    static byte[] thumbprint(HeaderFormat format, String value) throws RejectedException {
        StubRequest request = new StubRequest().from(StubRequest.PROXY).with(format.field(), value);
        ClientCertificate certificate = StubRequest.behindProxy(format).of(request);
        return Objects.requireNonNull(certificate).thumbprint();
    }

    private static X509Certificate certificate(String pem) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(String name) {
        try (InputStream in = Objects.requireNonNull(Samples.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
