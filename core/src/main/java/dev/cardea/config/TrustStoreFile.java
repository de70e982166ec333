package dev.cardea.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/**
 * A file with certificates to trust: PEM ({@code -----BEGIN CERTIFICATE-----}, any number of them, as Kubernetes mounts its
 * {@code ca.crt}), PKCS12 or JKS.
 */
public final class TrustStoreFile {
    private static final int MAX_SIZE = 4 * 1024 * 1024;

    private TrustStoreFile() {}

    /** The certificates as a store; PEM needs no password. */
    public static KeyStore load(Path file, @Nullable Secret password) throws IOException, GeneralSecurityException {
        if (Files.size(file) <= MAX_SIZE) {
            byte[] content = Files.readAllBytes(file);
            if (Pem.isOne(content)) {
                return ofPem(content);
            }
        }
        char[] characters = password == null ? null : password.reveal().toCharArray();
        return KeyStore.getInstance(file.toFile(), characters);
    }

    /** Whether {@code store} trusts anybody: a PKCS12 file made by openssl, for instance, does not. */
    public static boolean hasCertificate(KeyStore store) throws GeneralSecurityException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.isCertificateEntry(alias)) {
                return true;
            }
        }
        return false;
    }

    static boolean hasCertificate(Path file, @Nullable Secret password) throws IOException, GeneralSecurityException {
        return hasCertificate(load(file, password));
    }

    private static KeyStore ofPem(byte[] content) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int number = 0;
        for (Certificate certificate :
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content))) {
            store.setCertificateEntry("certificate-" + number++, certificate);
        }
        return store;
    }
}
