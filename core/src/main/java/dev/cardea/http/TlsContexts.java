package dev.cardea.http;

import dev.cardea.config.HttpSettings;
import dev.cardea.config.KeyStoreFile;
import dev.cardea.config.Secret;
import dev.cardea.file.UnusableFileException;
import dev.cardea.file.WatchedFile;
import dev.cardea.log.RateLimitedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS of outgoing calls: whom we believe, and the certificate that we show. A certificate that was replaced means another
 * context, because sessions of the old one would go on showing the old certificate.
 */
final class TlsContexts {
    private static final String KEY_STORE = "cardea.http.key-store";

    private TlsContexts() {}

    /**
     * Gives the same context until another is needed, or null for the platform's own.
     *
     * @throws IllegalArgumentException if a store is not usable; its message names the property
     */
    static Supplier<@Nullable SSLContext> of(HttpSettings settings, LongSupplier nanoTime) {
        TrustManager[] trusted = TrustedCertificates.of(settings);
        Path keyStore = settings.keyStore();
        if (keyStore == null) {
            SSLContext only = trusted == null ? null : context(null, trusted);
            return () -> only;
        }
        try {
            Path passwordFile = settings.keyStorePasswordFile();
            return new WatchedFile<>(
                    keyStore,
                    KEY_STORE,
                    KeyStoreFile.MAX_SIZE,
                    content -> context(new ClientIdentity(KeyStoreFile.read(content, password(passwordFile))), trusted),
                    nanoTime,
                    new RateLimitedLog(System.getLogger("dev.cardea.http"), nanoTime))::value;
        } catch (IOException | UnusableFileException e) {
            throw new IllegalArgumentException(KEY_STORE + ": " + keyStore + " cannot be used", e);
        }
    }

    /** Read with the store, since it may be replaced with it. */
    private static @Nullable Secret password(@Nullable Path file) throws UnusableFileException {
        try {
            return file == null ? null : Secret.ofFile(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UnusableFileException("has its password in a file that cannot be read ("
                    + e.getClass().getSimpleName() + ")");
        }
    }

    private static SSLContext context(@Nullable KeyManager identity, TrustManager @Nullable [] trusted) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(identity == null ? null : new KeyManager[] {identity}, trusted, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no TLS", e);
        }
    }
}
