package dev.cardea.jose;

import dev.cardea.file.UnusableFileException;
import dev.cardea.json.BoundedJson;
import dev.cardea.json.JsonLimits;
import dev.cardea.json.JsonObject;
import dev.cardea.json.MalformedJsonException;
import java.security.PrivateKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Makes a signing key of a private JWK (RFC 7517, RFC 7518 6, RFC 8037 2): our own file, so whatever is wrong is said. */
final class SigningJwk {
    private SigningJwk() {}

    /** The one key, or the first of a set that is for signing. */
    static SigningKey readFirst(byte[] file) throws UnusableFileException {
        JsonObject object;
        try {
            object = BoundedJson.readObject(file, JsonLimits.ofBytes(SigningKey.MAX_SIZE));
        } catch (MalformedJsonException e) {
            throw new UnusableFileException("is neither a JSON Web Key or a set of them nor PEM");
        }
        if (!object.containsKey("keys")) {
            return read(object);
        }
        if (!(object.get("keys") instanceof List<?> keys)) {
            throw new UnusableFileException("has 'keys' that are not an array");
        }
        for (Object each : keys) {
            if (each instanceof JsonObject jwk && isForSigning(jwk)) {
                return read(jwk);
            }
        }
        throw new UnusableFileException("has no key that is for signing");
    }

    private static SigningKey read(JsonObject jwk) throws UnusableFileException {
        if (!isForSigning(jwk)) {
            throw new UnusableFileException("has a key that is not for signing, by its 'use' or its 'key_ops'");
        }
        if ("oct".equals(jwk.get("kty"))) {
            throw new UnusableFileException("has a symmetric key (for a shared secret there is client_secret_jwt)");
        }
        PublicJsonWebKey key = parse(jwk);
        PrivateKey secret = key.getPrivateKey();
        if (secret == null) {
            throw new UnusableFileException("has a public key: 'd' is missing");
        }
        return PrivateKeySigner.signingKey(secret, key.getPublicKey(), string(jwk, "alg"), string(jwk, "kid"));
    }

    /** Its messages may repeat what the file says, so they are not shown. */
    private static PublicJsonWebKey parse(JsonObject jwk) throws UnusableFileException {
        // Without what is checked here and what is nobody's business: only the key itself.
        Map<String, Object> bare = new LinkedHashMap<>();
        for (String member : List.of("kty", "crv", "x", "y", "n", "e", "d", "p", "q", "dp", "dq", "qi")) {
            String value = string(jwk, member);
            if (value != null) {
                bare.put(member, value);
            }
        }
        try {
            return PublicJsonWebKey.Factory.newPublicJwk(bare);
        } catch (JoseException | RuntimeException e) {
            throw new UnusableFileException("has a key that cannot be read: a member is missing or wrong");
        }
    }

    /** RFC 7517 4.2 and 4.3: a key that decrypts elsewhere does not sign here. */
    private static boolean isForSigning(JsonObject jwk) {
        boolean use = !jwk.containsKey("use") || "sig".equals(jwk.get("use"));
        boolean operations =
                !jwk.containsKey("key_ops") || (jwk.get("key_ops") instanceof List<?> list && list.contains("sign"));
        return use && operations;
    }

    private static @Nullable String string(JsonObject jwk, String member) throws UnusableFileException {
        Object value = jwk.get(member);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new UnusableFileException("has a key with a member '" + member + "' that is not a string");
    }
}
