package dev.cardea.it.environment;

import dev.cardea.testkit.TestClientCertificate;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Clients whose certificates the servers take. All have signed theirs themselves, so the servers know them by a trust store
 * that has to be there when they start: neither has a setting that takes any certificate. Made once for both.
 */
public final class TlsClients {

    private static final String TRUSTED = "clients.p12";

    private final TestClientCertificate first;
    private final TestClientCertificate renewed;
    private final TestClientCertificate second;

    private TlsClients(TestClientCertificate first, TestClientCertificate renewed, TestClientCertificate second) {
        this.first = first;
        this.renewed = renewed;
        this.second = second;
    }

    /** The trust store for servers, of the type PKCS12. Takes two seconds the first time. */
    static Path trustStore() {
        Path folder = folder();
        Path store = folder.resolve(TRUSTED);
        return Files.exists(store) ? store : make(folder, store);
    }

    static String password() {
        return TestClientCertificate.PASSWORD;
    }

    /** Those that the server under test knows. */
    public static TlsClients known() {
        Path folder = folder();
        return new TlsClients(
                TestClientCertificate.read(folder.resolve("first.p12")),
                TestClientCertificate.read(folder.resolve("renewed.p12")),
                TestClientCertificate.read(folder.resolve("second.p12")));
    }

    public TestClientCertificate first() {
        return first;
    }

    /** Another certificate of the first one's key. */
    public TestClientCertificate renewed() {
        return renewed;
    }

    public TestClientCertificate second() {
        return second;
    }

    /** A client with this certificate, or with none for null, that takes any server's. Sessions are resumed within one. */
    public static SSLContext presenting(TestClientCertificate certificate) {
        return context(certificate == null ? new KeyManager[0] : certificate.keyManagers());
    }

    /** As {@link #presenting}, and tells how often the certificate was presented. */
    public static Presentation counting(TestClientCertificate certificate) {
        CountingKeys keys =
                new CountingKeys((X509ExtendedKeyManager) certificate.keyManagers()[0]);
        return new Presentation(context(keys), keys.chosen);
    }

    /** A client, and in how many handshakes it was asked for its certificate. */
    public record Presentation(SSLContext context, AtomicInteger asked) {
        public int times() {
            return asked.get();
        }
    }

    private static SSLContext context(KeyManager... keys) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, new TrustManager[] {new TrustsEverybody()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path folder() {
        return Settings.path("it.directory").resolve("tls-clients");
    }

    private static Path make(Path folder, Path store) {
        Server.clean(folder);
        CompletableFuture<TestClientCertificate> other =
                CompletableFuture.supplyAsync(() -> TestClientCertificate.create(folder, "second"));
        TestClientCertificate first = TestClientCertificate.create(folder, "first");
        write(
                store,
                first.certificate(),
                first.renewed("renewed").certificate(),
                other.join().certificate());
        return store;
    }

    private static void write(Path file, X509Certificate... certificates) {
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < certificates.length; i++) {
                store.setCertificateEntry("client-" + i, certificates[i]);
            }
            store.store(out, password().toCharArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Counts the handshakes of sockets. */
    private static final class CountingKeys extends X509ExtendedKeyManager {
        private final X509ExtendedKeyManager keys;
        private final AtomicInteger chosen = new AtomicInteger();

        private CountingKeys(X509ExtendedKeyManager keys) {
            this.keys = keys;
        }

        @Override
        public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
            String alias = keys.chooseClientAlias(keyType, issuers, socket);
            if (alias != null) {
                chosen.incrementAndGet();
            }
            return alias;
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return keys.getClientAliases(keyType, issuers);
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return keys.getServerAliases(keyType, issuers);
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return keys.chooseServerAlias(keyType, issuers, socket);
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return keys.getCertificateChain(alias);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return keys.getPrivateKey(alias);
        }
    }

    /** The server made its certificate when it started. */
    private static final class TrustsEverybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
