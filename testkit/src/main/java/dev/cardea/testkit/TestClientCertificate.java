package dev.cardea.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;

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
