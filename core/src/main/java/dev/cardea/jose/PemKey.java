package dev.cardea.jose;

import dev.cardea.file.UnusableFileException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A private key in PEM: PKCS #8 without a password (RFC 7468 10, RFC 5958). */
public final class PemKey {
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final Pattern OTHER = Pattern.compile("-----BEGIN (RSA|EC|DSA|ENCRYPTED) PRIVATE KEY-----");
    private static final List<String> TYPES = List.of("RSA", "EC", "Ed25519", "RSASSA-PSS");

    private PemKey() {}

    static boolean isOne(byte[] file) {
        return text(file).contains("-----BEGIN ");
    }

    static SigningKey read(byte[] file) throws UnusableFileException {
        return PrivateKeySigner.signingKey(privateKey(file), null, null, null);
    }

    /**
     * The first private key of a PEM file, whatever else is in it.
     *
     * @throws UnusableFileException if there is none in PKCS #8, with what to do about it
     */
    public static PrivateKey privateKey(byte[] file) throws UnusableFileException {
        String text = text(file);
        Matcher key = PKCS8.matcher(text);
        if (!key.find()) {
            throw new UnusableFileException(
                    OTHER.matcher(text).find()
                            ? "has a private key in another form than unencrypted PKCS #8 (openssl pkcs8 -topk8 -nocrypt"
                                    + " makes one of it)"
                            : "is PEM without a private key");
        }
        byte[] encoded;
        try {
            encoded = Base64.getMimeDecoder().decode(key.group(1));
        } catch (IllegalArgumentException e) {
            throw new UnusableFileException("is PEM with a private key that is not base64");
        }
        for (String type : TYPES) {
            try {
                return KeyFactory.getInstance(type).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (GeneralSecurityException e) {
                continue; // The encoding says what it is for; the platform only tells by refusing.
            }
        }
        throw new UnusableFileException("is PEM with a private key that is neither RSA, EC nor Ed25519");
    }

    private static String text(byte[] file) {
        return new String(file, StandardCharsets.ISO_8859_1);
    }
}
