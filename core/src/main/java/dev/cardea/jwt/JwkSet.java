package dev.cardea.jwt;

import dev.cardea.jose.CryptoProvider;
import dev.cardea.jose.JwkReader;
import dev.cardea.jose.UnusableJwkException;
import dev.cardea.jose.VerificationKey;
import dev.cardea.json.BoundedJson;
import dev.cardea.json.JsonLimits;
import dev.cardea.json.MalformedJsonException;
import dev.cardea.reject.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
    static JwkSet read(byte[] document, CryptoProvider crypto) throws UnusableJwkException {
        List<VerificationKey> keys = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        List<?> entries = entries(document);
        for (int i = 0; i < Math.min(entries.size(), MAX_KEYS); i++) {
            Object entry = entries.get(i);
            try {
                JwkReader.read(entry, crypto).ifPresent(keys::add);
            } catch (UnusableJwkException e) {
                complaints.add("key " + (i + 1) + idOf(entry) + " " + e.getMessage());
            }
        }
        if (entries.size() > MAX_KEYS) {
            complaints.add("of " + entries.size() + " keys only the first " + MAX_KEYS + " are read");
        }
        ambiguous(keys).forEach(id -> complaints.add("kid " + Quoted.of(id) + " names two keys for one algorithm"));
        return new JwkSet(keys, complaints);
    }

    /** Ids that name more than one key for an algorithm, and so none. */
    private static Set<String> ambiguous(List<VerificationKey> keys) {
        Set<String> ids = new TreeSet<>();
        for (VerificationKey one : keys) {
            for (VerificationKey other : keys) {
                String id = one.id();
                if (id != null
                        && id.equals(other.id())
                        && !one.publicKey().equals(other.publicKey())
                        && one.algorithms().stream().anyMatch(other::isFor)) {
                    ids.add(id);
                }
            }
        }
        return ids;
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
        try {
            Object entries = BoundedJson.readTolerantly(document, JsonLimits.ofBytes(MAX_SIZE))
                    .get("keys");
            if (entries instanceof List<?> list) {
                return list;
            }
        } catch (MalformedJsonException e) {
            throw new UnusableJwkException("is not an acceptable JSON object: " + e.detail());
        }
        throw new UnusableJwkException("has no array 'keys'");
    }

    private static String idOf(@Nullable Object entry) {
        Object id = entry instanceof Map<?, ?> jwk ? jwk.get("kid") : null;
        return id == null ? "" : " (kid " + Quoted.of(id) + ")";
    }
}
