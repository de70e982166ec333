package dev.cardea.config;

import dev.cardea.file.UnusableFileException;
import dev.cardea.jose.PemKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.PasswordProtection;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/**
 * A file with our own certificate and its private key: PKCS12, JKS, or PEM with both in it (as cert-manager writes its
 * {@code tls-combined.pem}), the certificate first of its chain.
 */
public final class KeyStoreFile {
    /** Bytes; more is not read. */
    public static final int MAX_SIZE = 1024 * 1024;

    private KeyStoreFile() {}

    /**
     * The one private key in the file and its certificates.
     *
     * @param password of the file and of the key in it; null for PEM
     * @throws UnusableFileException with what is wrong, without anything that the file says
     */
    public static PrivateKeyEntry read(byte[] content, @Nullable Secret password) throws UnusableFileException {
        PrivateKeyEntry entry = Pem.isOne(content) ? ofPem(content) : ofStore(content, password);
        if (!isPair(entry.getPrivateKey(), entry.getCertificate().getPublicKey())) {
            throw new UnusableFileException("has a private key that is not the one of its first certificate");
        }
        return entry;
    }

    private static PrivateKeyEntry ofPem(byte[] content) throws UnusableFileException {
        PrivateKey key = PemKey.privateKey(content);
        try {
            Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Pem.certificates(content)))
                    .toArray(new Certificate[0]);
            if (chain.length > 0) {
                return new PrivateKeyEntry(key, chain);
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new UnusableFileException("is PEM with a certificate that cannot be read or is not of that key");
        }
        throw new UnusableFileException("is PEM with a private key but without its certificate");
    }

    private static PrivateKeyEntry ofStore(byte[] content, @Nullable Secret password) throws UnusableFileException {
        char[] characters = password == null ? new char[0] : password.reveal().toCharArray();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12"); // reads JKS as well
            store.load(new ByteArrayInputStream(content), characters);
            PrivateKeyEntry only = null;
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)
                        && store.getEntry(alias, new PasswordProtection(characters)) instanceof PrivateKeyEntry entry) {
                    if (only != null) {
                        throw new UnusableFileException("is a store with several private keys: leave one in it");
                    }
                    only = entry;
                }
            }
            if (only != null) {
                return only;
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new UnusableFileException("is no PEM, PKCS12 or JKS file that its password opens");
        }
        throw new UnusableFileException("is a store without a private key");
    }

    /** A certificate that was replaced without its key, or the other way round, would fail at each call. */
    private static boolean isPair(PrivateKey key, PublicKey publicKey) {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                };
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(content(algorithm));
            byte[] signature = signer.sign();
            signer.initVerify(publicKey);
            signer.update(content(algorithm));
            return signer.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] content(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
