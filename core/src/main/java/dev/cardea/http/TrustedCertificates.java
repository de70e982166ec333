package dev.cardea.http;

import dev.cardea.config.HttpSettings;
import dev.cardea.config.Secret;
import dev.cardea.config.TrustStoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whom to believe to be an authorization server: the certificates of {@code cardea.http.trust-store}, instead of the
 * platform's. That a certificate is for the host that is called is checked by the JDK's client in any case.
 */
final class TrustedCertificates {
    private TrustedCertificates() {}

    /** Null where the platform's are meant. */
    static TrustManager @Nullable [] of(HttpSettings settings) {
        Path file = settings.trustStore();
        if (file == null) {
            return null;
        }
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(load(file, settings.trustStorePassword()));
            return trust.getTrustManagers();
        } catch (IOException | GeneralSecurityException e) {
            // Their messages say no more than that the file or the password is wrong.
            throw new IllegalArgumentException(
                    "cardea.http.trust-store: " + file + " is no PEM, PKCS12 or JKS file that the password in"
                            + " cardea.http.trust-store-password-file opens",
                    e);
        }
    }

    private static KeyStore load(Path file, @Nullable Secret password) throws IOException, GeneralSecurityException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        KeyStore store = TrustStoreFile.load(file, password);
        if (TrustStoreFile.hasCertificate(store)) {
            return store;
        }
        throw new IllegalArgumentException("cardea.http.trust-store: " + file + " has no trusted certificate"
                + " (a PKCS12 file made by openssl marks none as trusted: import it with keytool)");
    }
}
