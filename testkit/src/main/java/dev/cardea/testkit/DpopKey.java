package dev.cardea.testkit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A client's key pair for DPoP proofs. Signs with the JDK alone. It has no key id: a proof brings the key itself (RFC 9449
 * section 4.2).
 */
public final class DpopKey {

    private final String algorithm;
    private final Map<String, @Nullable Object> jwk;
    private final UnaryOperator<byte[]> signer;

    private DpopKey(String algorithm, Map<String, @Nullable Object> jwk, UnaryOperator<byte[]> signer) {
        this.algorithm = algorithm;
        this.jwk = Collections.unmodifiableMap(new LinkedHashMap<>(jwk));
        this.signer = signer;
    }

    /** A new key for {@code ES256}, {@code ES384}, {@code ES512}, {@code RS256}, {@code PS256}, {@code EdDSA}, {@code Ed25519}. */
    public static DpopKey generate(String algorithm) {
        return of(TestKeys.newKey("", algorithm));
    }

    /** A new key for the algorithm that most clients use, {@code ES256}. */
    public static DpopKey generate() {
        return generate("ES256");
    }

    /** The same key pair and algorithm; the key id is left out. */
    public static DpopKey of(TestKey key) {
        return new DpopKey(key.algorithm(), Collections.unmodifiableMap(key.bareJwk()), key::sign);
    }

    /** A key that no JDK would make. */
    static DpopKey handMade(String algorithm, Map<String, ?> jwk, UnaryOperator<byte[]> signer) {
        return new DpopKey(algorithm, Collections.unmodifiableMap(jwk), signer);
    }

    /** What is published of it says something else; it signs as before. */
    DpopKey published(String member, @Nullable Object value) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(jwk);
        changed.put(member, value);
        return new DpopKey(algorithm, changed, signer);
    }

    public String algorithm() {
        return algorithm;
    }

    /** The public key, with nothing but the key's own members. */
    public Map<String, @Nullable Object> jwk() {
        return jwk;
    }

    /** RFC 7638 with SHA-256, in base64url: what a token's {@code cnf.jkt} says that is bound to this key. */
    public String thumbprint() {
        List<String> required =
                switch (String.valueOf(jwk.get("kty"))) {
                    case "EC" -> List.of("crv", "kty", "x", "y");
                    case "RSA" -> List.of("e", "kty", "n");
                    case "oct" -> List.of("k", "kty");
                    default -> List.of("crv", "kty", "x");
                };
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        required.forEach(name -> members.put(name, jwk.get(name)));
        return sha256(Json.write(members));
    }

    /** In the encoding that JWS wants. */
    public byte[] sign(byte[] input) {
        return signer.apply(input);
    }

    static String sha256(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return Base64Url.encode(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Never the private key: a failed assertion prints its arguments. */
    @Override
    public String toString() {
        return "DpopKey[" + algorithm + ", " + thumbprint() + "]";
    }
}
