package dev.cardea.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** A client's own certificate, self-signed, and its key: in a PKCS12 file and in PEM. Made by the running JDK's keytool. */
public final class TestClientCertificate {

    public static final String PASSWORD = TestCertificate.PASSWORD;

    private final Path keyStore;
    private final KeyStore loaded;

    private TestClientCertificate(Path keyStore) throws IOException, GeneralSecurityException {
        this.keyStore = keyStore;
        this.loaded = TestCertificate.load(keyStore);
    }

    /** A new one in {@code folder}. Takes about a second. */
    public static TestClientCertificate create(Path folder, String name) {
        try {
            Path keyStore = folder.resolve(name + ".p12");
            TestCertificate.runKeytool(keyStore, "CN=" + name, "dns:" + name);
            return new TestClientCertificate(keyStore);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Another certificate for the same key, as after a renewal; in the same folder. Takes about a second. */
    public TestClientCertificate renewed(String name) {
        try {
            Path renewed = Files.copy(keyStore, keyStore.resolveSibling(name + ".p12"));
            TestCertificate.runKeytool(renewed, "-selfcert", "-dname", "CN=" + name, "-validity", "60");
            return new TestClientCertificate(renewed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One that was made before. */
    public static TestClientCertificate read(Path keyStore) {
        try {
            return new TestClientCertificate(keyStore);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a token that is bound to it has in {@code cnf} as {@code x5t#S256} (RFC 8705 section 3.1). */
    public String thumbprint() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(certificate().getEncoded());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Presents it to any server that asks for one. */
    public KeyManager[] keyManagers() {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(loaded, PASSWORD.toCharArray());
            return keys.getKeyManagers();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** PKCS12; its password is {@link #PASSWORD}. */
    public Path keyStore() {
        return keyStore;
    }

    public X509Certificate certificate() {
        try {
            return (X509Certificate) loaded.getCertificate("as");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Certificate and private key, as cert-manager writes them into one file. */
    public String pem() {
        try {
            byte[] key = loaded.getKey("as", PASSWORD.toCharArray()).getEncoded();
            return block("CERTIFICATE", certificate().getEncoded()) + block("PRIVATE KEY", key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@link #pem} in a file. */
    public Path pemFile() {
        try {
            return Files.writeString(keyStore.resolveSibling(keyStore.getFileName() + ".pem"), pem());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String block(String label, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }
}
