package dev.cardea.it.environment;

import dev.cardea.testkit.TestClientCertificate;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Certificates for a Keycloak that is asked over TLS: its own, those of two clients, one of whom it is told about by name, and
 * that of a client of the servers. All are self-signed.
 */
public final class KeycloakCertificates {

    public static final String PASSWORD = TestClientCertificate.PASSWORD;

    private final Path folder;
    private final TestClientCertificate server;
    private final TestClientCertificate client;
    private final TestClientCertificate otherClient;

    private KeycloakCertificates(Path folder) {
        this.folder = folder;
        this.server = TestClientCertificate.create(folder, "localhost");
        this.client = TestClientCertificate.create(folder, "orders-api-mtls");
        this.otherClient = TestClientCertificate.create(folder, "somebody-else");
    }

    /** Takes about three seconds. */
    static KeycloakCertificates make(Path folder) {
        KeycloakCertificates made = new KeycloakCertificates(folder);
        made.trust("trust.p12", made.server.certificate());
        made.trust(
                "clients.p12",
                made.client.certificate(),
                made.otherClient.certificate(),
                TlsClients.known().first().certificate());
        return made;
    }

    /** PKCS12 file that trusts the server. */
    public Path trustStore() {
        return folder.resolve("trust.p12");
    }

    /** File with {@link #PASSWORD}. */
    public Path passwordFile() {
        try {
            return Files.writeString(folder.resolve("password"), PASSWORD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** PKCS12 file of the client whose certificate says {@code CN=orders-api-mtls}. */
    public Path client() {
        return client.keyStore();
    }

    /** Of another one, which Keycloak trusts as well. */
    public Path otherClient() {
        return otherClient.keyStore();
    }

    Path ofServer() {
        return server.keyStore();
    }

    Path knownClients() {
        return folder.resolve("clients.p12");
    }

    /** A client that trusts the server and shows no certificate. */
    HttpClient trusting() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(KeyStore.getInstance(trustStore().toFile(), PASSWORD.toCharArray()));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(context)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void trust(String file, X509Certificate... certificates) {
        try (OutputStream out = Files.newOutputStream(folder.resolve(file))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < certificates.length; i++) {
                store.setCertificateEntry("certificate-" + i, certificates[i]);
            }
            store.store(out, PASSWORD.toCharArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
