package dev.cardea.config;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Trust stores with one of the JVM's own certificates in them. */
final class TrustStores {
    private TrustStores() {}

    static Path createPem(Path file) throws Exception {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(certificate().getEncoded());
        return Files.writeString(file, "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
    }

    static Path create(Path file, String password) throws Exception {
        X509Certificate certificate = certificate();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("as", certificate);
        try (OutputStream stream = Files.newOutputStream(file)) {
            store.store(stream, password.toCharArray());
        }
        return file;
    }

    private static X509Certificate certificate() throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return Arrays.stream(factory.getTrustManagers())
                .map(manager -> ((X509TrustManager) manager).getAcceptedIssuers()[0])
                .findFirst()
                .orElseThrow();
    }
}
