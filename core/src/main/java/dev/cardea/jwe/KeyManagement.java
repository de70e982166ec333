package dev.cardea.jwe;

import dev.cardea.jose.CanonicalBase64Url;
import dev.cardea.jose.Curve;
import dev.cardea.jose.JoseHeader;
import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jwe.AesKeyWrapManagementAlgorithm;
import org.jose4j.jwe.EcdhKeyAgreementAlgorithm;
import org.jose4j.jwe.EcdhKeyAgreementWithAesKeyWrapAlgorithm;
import org.jose4j.jwe.KeyManagementAlgorithm;
import org.jose4j.jwe.RsaKeyManagementAlgorithm;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwx.Headers;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * How the content's key reaches us: with our public key, by exact name (RFC 7518 4). What is not in here (no
 * {@code RSA1_5}, whose padding gives itself away, no password, no shared secret, {@code dir} included) cannot be
 * configured into existence (RFC 8725 3.2, W04, W16). Immutable and thread-safe.
 */
final class KeyManagement {
    private static final int WRAPPING = 8;
    private static final Map<String, KeyManagement> BY_NAME = Map.of(
            "RSA-OAEP", rsa("RSA-OAEP", new RsaKeyManagementAlgorithm.RsaOaep()),
            "RSA-OAEP-256", rsa("RSA-OAEP-256", new RsaKeyManagementAlgorithm.RsaOaep256()),
            "ECDH-ES", new KeyManagement("ECDH-ES", new EcdhKeyAgreementAlgorithm(), Kind.AGREED),
            "ECDH-ES+A128KW",
                    wrapped(
                            "ECDH-ES+A128KW",
                            new EcdhKeyAgreementWithAesKeyWrapAlgorithm(
                                    "ECDH-ES+A128KW", new AesKeyWrapManagementAlgorithm.Aes128())),
            "ECDH-ES+A256KW",
                    wrapped(
                            "ECDH-ES+A256KW",
                            new EcdhKeyAgreementWithAesKeyWrapAlgorithm(
                                    "ECDH-ES+A256KW", new AesKeyWrapManagementAlgorithm.Aes256())));

    private final String name;
    private final KeyManagementAlgorithm algorithm;
    private final Kind kind;

    private enum Kind {
        /** Encrypted with our RSA key. */
        ENCRYPTED,
        /** Agreed upon with an ephemeral key. */
        AGREED,
        /** Wrapped with what was agreed upon. */
        WRAPPED
    }

    private KeyManagement(String name, KeyManagementAlgorithm algorithm, Kind kind) {
        this.name = name;
        this.algorithm = algorithm;
        this.kind = kind;
    }

    private static KeyManagement rsa(String name, KeyManagementAlgorithm algorithm) {
        return new KeyManagement(name, algorithm, Kind.ENCRYPTED);
    }

    private static KeyManagement wrapped(String name, KeyManagementAlgorithm algorithm) {
        return new KeyManagement(name, algorithm, Kind.WRAPPED);
    }

    /** The algorithm of exactly that name, or null. */
    static @Nullable KeyManagement named(String name) {
        return BY_NAME.get(name);
    }

    static Set<String> names() {
        return new TreeSet<>(BY_NAME.keySet());
    }

    String name() {
        return name;
    }

    /** Whether it is done with keys of this {@code kty}. */
    boolean isFor(String keyType) {
        return keyType.equals(kind == Kind.ENCRYPTED ? "RSA" : "EC");
    }

    /**
     * The key of the content, which may be a wrong one: where the encrypted key cannot be decrypted, it is a random one, so
     * that the tag is what fails, in any case (RFC 7516 11.5).
     *
     * @throws RejectedException if the header does not have what the algorithm needs, or the encrypted key's length is
     *     wrong: anybody can see that
     */
    byte[] contentKey(CompactJwe token, ContentEncryption encryption, DecryptionKey key) throws RejectedException {
        requireLength(token.encryptedKey().length, encryption, key);
        Headers headers = headers(token.header(), key);
        try {
            ProviderContext platform = new ProviderContext();
            byte[] found = algorithm
                    .manageForDecrypt(
                            algorithm.prepareForDecrypt(key.privateKey(), headers, platform),
                            token.encryptedKey(),
                            encryption.keyDescriptor(),
                            headers,
                            platform)
                    .getEncoded();
            if (found != null && found.length == encryption.keyLength()) {
                return found;
            }
        } catch (JoseException e) {
            // Its message may tell what was wrong with the padding. Whatever it was, the tag will not fit.
        }
        byte[] random = new byte[encryption.keyLength()];
        new SecureRandom().nextBytes(random);
        return random;
    }

    private void requireLength(int length, ContentEncryption encryption, DecryptionKey key) throws RejectedException {
        int expected =
                switch (kind) {
                    case ENCRYPTED ->
                        (((RSAPrivateKey) key.privateKey()).getModulus().bitLength() + 7) / 8;
                    case AGREED -> 0;
                    case WRAPPED -> encryption.keyLength() + WRAPPING;
                };
        if (length != expected) {
            throw new RejectedException(
                    Reason.TOKEN_DECRYPTION_FAILED, "the encrypted key has " + length + " bytes, not " + expected);
        }
    }

    /** What jose4j's algorithms read, having been checked here. */
    private Headers headers(JoseHeader header, DecryptionKey key) throws RejectedException {
        Headers headers = new Headers();
        headers.setStringHeaderValue("alg", name);
        headers.setStringHeaderValue("enc", header.required("enc"));
        Curve curve = key.curve();
        if (curve != null) {
            headers.setJwkHeaderValue("epk", new EllipticCurveJsonWebKey(ephemeralKey(header, curve)));
            for (String party : new String[] {"apu", "apv"}) {
                String info = header.string(party);
                if (info != null) {
                    decoded(info, party);
                    headers.setStringHeaderValue(party, info);
                }
            }
        }
        return headers;
    }

    /** RFC 8725 3.4 (W07): a point beside the curve makes our private key show itself, a few bits at a time. */
    private static ECPublicKey ephemeralKey(JoseHeader header, Curve curve) throws RejectedException {
        if (!(header.member("epk") instanceof Map<?, ?> jwk)
                || !"EC".equals(jwk.get("kty"))
                || !curve.word().equals(jwk.get("crv"))
                || jwk.containsKey("d")) {
            throw refused("epk is not a public key on " + curve.word());
        }
        try {
            ECPublicKey key = curve.key(coordinate(jwk, "x", curve), coordinate(jwk, "y", curve));
            if (key != null) {
                return key;
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has not the curve of our own key");
        }
        throw refused("epk is not on " + curve.word());
    }

    private static BigInteger coordinate(Map<?, ?> jwk, String name, Curve curve) throws RejectedException {
        byte[] bytes = decoded(jwk.get(name) instanceof String text ? text : "", "epk");
        if (bytes.length != curve.size()) {
            throw refused("epk has a coordinate of a wrong length");
        }
        return new BigInteger(1, bytes);
    }

    private static byte[] decoded(String text, String member) throws RejectedException {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        byte[] decoded = CanonicalBase64Url.decode(ascii, 0, ascii.length);
        if (decoded == null) {
            throw refused(member + " is not canonical base64url");
        }
        return decoded;
    }

    private static RejectedException refused(String what) {
        return new RejectedException(Reason.HEADER_NOT_ACCEPTED, what);
    }
}
