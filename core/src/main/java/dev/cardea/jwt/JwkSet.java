package dev.cardea.jwt;

import dev.cardea.json.BoundedJson;
import dev.cardea.json.JsonLimits;
import dev.cardea.json.MalformedJsonException;
import dev.cardea.reject.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The usable verification keys of a JWK set (RFC 7517 5). A key that cannot be used does not hide the others.
 *
 * @param keys in the document's order
 * @param complaints what the operator should know about keys that were left out, in our words
 */
record JwkSet(List<VerificationKey> keys, List<String> complaints) {
    /** Bytes; more is not read. */
    static final int MAX_SIZE = 256 * 1024;

    private static final int MAX_KEYS = 100;

    JwkSet {
        keys = List.copyOf(keys);
        complaints = List.copyOf(complaints);
    }

    /** Reads a set document. A set without usable keys is read; whether it is good for anything is another question. */
    static JwkSet read(byte[] document) throws UnusableJwkException {
        List<VerificationKey> keys = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        List<?> entries = entries(document);
        for (int i = 0; i < entries.size(); i++) {
            Object entry = entries.get(i);
            try {
                JwkReader.read(entry).ifPresent(keys::add);
            } catch (UnusableJwkException e) {
                complaints.add("key " + (i + 1) + idOf(entry) + " " + e.getMessage());
            }
        }
        return new JwkSet(keys, complaints);
    }

    /**
     * The one key with that id, or of those with any id, for {@code algorithm}. An id that names two keys for one algorithm
     * names none: picking one would be a guess (RFC 7517 4.5 allows it for keys of different types only).
     */
    @Nullable
    VerificationKey find(@Nullable String keyId, String algorithm) {
        VerificationKey found = null;
        for (VerificationKey key : keys) {
            if ((keyId == null || keyId.equals(key.id())) && key.isFor(algorithm)) {
                if (found != null && !found.publicKey().equals(key.publicKey())) {
                    return null;
                }
                found = key;
            }
        }
        return found;
    }

    /** Whether {@code key} is one of these very objects. */
    boolean has(VerificationKey key) {
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i) == key) {
                return true;
            }
        }
        return false;
    }

    /** These keys, where {@code before} has the same one as the object that it is there. */
    JwkSet keeping(JwkSet before) {
        return new JwkSet(keys.stream().map(before::sameAs).toList(), complaints);
    }

    private VerificationKey sameAs(VerificationKey key) {
        return keys.stream().filter(key::isSameAs).findFirst().orElse(key);
    }

    /** Keys with that id, whatever they are for. */
    Stream<VerificationKey> named(String keyId) {
        return keys.stream().filter(key -> keyId.equals(key.id()));
    }

    private static List<?> entries(byte[] document) throws UnusableJwkException {
        Object entries;
        try {
            entries = BoundedJson.readObject(document, JsonLimits.ofBytes(MAX_SIZE))
                    .get("keys");
        } catch (MalformedJsonException e) {
            throw new UnusableJwkException("is not an acceptable JSON object: " + e.detail());
        }
        if (!(entries instanceof List<?> list)) {
            throw new UnusableJwkException("has no array 'keys'");
        }
        if (list.size() > MAX_KEYS) {
            throw new UnusableJwkException("has more than " + MAX_KEYS + " keys");
        }
        return list;
    }

    private static String idOf(@Nullable Object entry) {
        return Optional.ofNullable(entry instanceof Map<?, ?> jwk ? jwk.get("kid") : null)
                .map(id -> " (kid " + Quoted.of(id) + ")")
                .orElse("");
    }
}
