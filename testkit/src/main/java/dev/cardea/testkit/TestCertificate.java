package dev.cardea.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** A self-signed certificate for 127.0.0.1 and localhost, made by the running JDK's keytool once per JVM. */
final class TestCertificate {

    static final String PASSWORD = "changeit";

    private final Path trustStore;
    private final SSLContext serverContext;
    private final SSLContext mutualContext;
    private final SSLContext clientContext;

    private TestCertificate() throws IOException, GeneralSecurityException {
        Path directory = Files.createTempDirectory("cardea-testkit");
        Path keyStore = directory.resolve("server.p12");
        trustStore = directory.resolve("trust.p12");
        for (Path path : new Path[] {directory, keyStore, trustStore}) {
            path.toFile().deleteOnExit();
        }
        runKeytool(keyStore, "CN=localhost", "ip:127.0.0.1,dns:localhost");
        KeyStore server = load(keyStore);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("as", server.getCertificate("as"));
        try (OutputStream out = Files.newOutputStream(trustStore)) {
            trusted.store(out, PASSWORD.toCharArray());
        }
        serverContext = serverContext(server, null);
        mutualContext = serverContext(server, new TrustManager[] {new AnyClient()});
        clientContext = clientContext(trusted);
    }

    /** Created by the first caller and shared. */
    static TestCertificate shared() {
        return Holder.SHARED;
    }

    /** A PKCS12 file with the certificate as its only entry. */
    Path trustStore() {
        return trustStore;
    }

    SSLContext serverContext() {
        return serverContext;
    }

    /** Takes any client's certificate: whose it is, the caller asks. */
    SSLContext mutualContext() {
        return mutualContext;
    }

    SSLContext clientContext() {
        return clientContext;
    }

    static void runKeytool(Path keyStore, String name, String alternatives) throws IOException {
        runKeytool(
                keyStore,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                name,
                "-ext",
                "san=" + alternatives,
                "-validity",
                "30",
                "-storetype",
                "PKCS12");
    }

    /** For the entry {@code as}. */
    static void runKeytool(Path keyStore, String... command) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        line.addAll(List.of(command));
        line.addAll(List.of("-alias", "as", "-keystore", keyStore.toString(), "-storepass", PASSWORD));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException("keytool: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    static KeyStore load(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static SSLContext serverContext(KeyStore server, TrustManager @Nullable [] clients)
            throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(server, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), clients, null);
        return context;
    }

    private static SSLContext clientContext(KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static final class AnyClient implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("for clients only");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static final class Holder {

        static final TestCertificate SHARED = create();

        private static TestCertificate create() {
            try {
                return new TestCertificate();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
