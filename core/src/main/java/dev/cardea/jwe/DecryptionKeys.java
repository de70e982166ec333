package dev.cardea.jwe;

import dev.cardea.json.BoundedJson;
import dev.cardea.json.JsonLimits;
import dev.cardea.json.JsonObject;
import dev.cardea.json.MalformedJsonException;
import dev.cardea.reject.Quoted;
import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import dev.cardea.request.PresentedToken;
import java.util.ArrayList;
import java.util.List;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The private keys with which encrypted tokens are opened (RFC 7516, RFC 9068 4): several while they are rotated.
 *
 * <p>That a token could be opened proves nothing about it: whoever knows the public key can make one. Immutable and
 * thread-safe.
 */
public final class DecryptionKeys {
    /** Bytes; more is not read. */
    public static final int MAX_SIZE = 256 * 1024;

    private static final int MAX_KEYS = 20;

    private final List<DecryptionKey> keys;

    private DecryptionKeys(List<DecryptionKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Reads one private JWK, or a set of them. Each has to be usable: it is our own file.
     *
     * @throws UnusableKeysException with what is wrong, without anything that the file says
     */
    public static DecryptionKeys read(byte[] document) throws UnusableKeysException {
        List<?> entries = entries(document);
        if (entries.isEmpty() || entries.size() > MAX_KEYS) {
            throw new UnusableKeysException("has no key, or more than " + MAX_KEYS);
        }
        List<DecryptionKey> keys = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            DecryptionKey key;
            try {
                key = PrivateJwk.read(entries.get(i));
            } catch (UnusableKeysException e) {
                throw new UnusableKeysException("has a key, number " + (i + 1) + ", that " + e.what());
            }
            if (keys.stream().anyMatch(other -> isConfusable(other, key))) {
                throw new UnusableKeysException("has two keys for one kid, or for none, and one alg");
            }
            keys.add(key);
        }
        return new DecryptionKeys(keys);
    }

    private static List<?> entries(byte[] document) throws UnusableKeysException {
        JsonObject object;
        try {
            object = BoundedJson.readObject(document, JsonLimits.ofBytes(MAX_SIZE));
        } catch (MalformedJsonException e) {
            throw new UnusableKeysException("is not a JSON Web Key or a set of them");
        }
        if (!object.containsKey("keys")) {
            return List.of(object);
        }
        if (object.get("keys") instanceof List<?> list) {
            return list;
        }
        throw new UnusableKeysException("has 'keys' that are not an array");
    }

    private static boolean isConfusable(DecryptionKey one, DecryptionKey other) {
        return one.algorithm() == other.algorithm()
                && (one.id() == null ? other.id() == null : one.id().equals(other.id()));
    }

    /** Whether {@code token} is one for {@link #open}. */
    public static boolean isEncrypted(PresentedToken token) {
        return CompactJwe.isOne(token);
    }

    /**
     * For an encrypted token that is not opened here but asked about: even that has one spelling only.
     *
     * @throws RejectedException if a segment is not canonical base64url, or the header is none or asks for an extension
     */
    public static void requireOneSpelling(PresentedToken token) throws RejectedException {
        CompactJwe.parse(token);
    }

    /**
     * What is inside an encrypted token.
     *
     * <p>Up to the choice of the key, reasons tell what is wrong with the header, which anybody can read. From there on all
     * failures are one: a text that tells padding from tag, or a wrong key from a wrong text, would help to find out either
     * (RFC 7516 11.5). How long each takes is not made equal beyond what jose4j and the platform do.
     *
     * @throws RejectedException if it cannot be opened with one of the keys
     */
    public byte[] open(PresentedToken token) throws RejectedException {
        CompactJwe jwe = CompactJwe.parse(token);
        requireNested(jwe);
        String name = jwe.header().required("enc");
        ContentEncryption encryption = ContentEncryption.named(name);
        if (encryption == null) {
            throw new RejectedException(
                    Reason.ALGORITHM_NOT_ACCEPTED, "enc is " + Quoted.of(name) + ", which is not accepted");
        }
        DecryptionKey key = key(jwe.header().keyId(), jwe.header().algorithm());
        if (!encryption.fits(jwe)) {
            throw failed();
        }
        byte[] contentKey = key.algorithm().contentKey(jwe, encryption, key);
        try {
            return encryption.decrypt(jwe, contentKey);
        } catch (JoseException e) {
            throw failed();
        }
    }

    /** RFC 7519 5.2 (T11): a JWT that is encrypted without being signed has no {@code cty}. */
    private static void requireNested(CompactJwe jwe) throws RejectedException {
        String type = jwe.header().mediaType("cty");
        if (!"jwt".equals(type)) {
            throw new RejectedException(
                    Reason.TOKEN_NOT_SIGNED,
                    "cty is " + Quoted.of(type) + ", expected JWT: an encrypted token contains a signed one");
        }
    }

    /** The algorithm is the key's own; the token only agrees. */
    private DecryptionKey key(@Nullable String keyId, String algorithm) throws RejectedException {
        if (KeyManagement.named(algorithm) == null) {
            throw new RejectedException(
                    Reason.ALGORITHM_NOT_ACCEPTED,
                    "alg is " + Quoted.of(algorithm) + ", expected one of " + KeyManagement.names());
        }
        List<DecryptionKey> candidates = keys.stream()
                .filter(key -> keyId == null || keyId.equals(key.id()))
                .toList();
        List<DecryptionKey> fitting = candidates.stream()
                .filter(key -> key.algorithm().name().equals(algorithm))
                .toList();
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        if (!candidates.isEmpty() && keyId != null) {
            throw new RejectedException(
                    Reason.ALGORITHM_NOT_ACCEPTED,
                    "alg is " + Quoted.of(algorithm) + ", but the decryption key that kid names is for another");
        }
        throw new RejectedException(
                Reason.TOKEN_DECRYPTION_FAILED,
                keyId == null
                        ? "no kid, and not exactly one decryption key for " + Quoted.of(algorithm)
                                + " (cardea.jwt.decryption-key)"
                        : "no decryption key with the kid " + Quoted.of(keyId) + " (cardea.jwt.decryption-key)");
    }

    private static RejectedException failed() {
        return new RejectedException(
                Reason.TOKEN_DECRYPTION_FAILED,
                "it does not decrypt: encrypted for another key, or changed (cardea.jwt.decryption-key)");
    }

    /** The number of keys only. */
    @Override
    public String toString() {
        return keys.size() + " decryption keys";
    }
}
