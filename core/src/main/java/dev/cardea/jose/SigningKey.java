package dev.cardea.jose;

import dev.cardea.file.UnusableFileException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jspecify.annotations.Nullable;

/**
 * A key of ours with the one algorithm that it signs by, for JWTs that we make (RFC 7515, RFC 7519). Thread-safe; shows
 * neither itself nor its key.
 */
public final class SigningKey {
    /** Bytes of a file; more is not read. */
    public static final int MAX_SIZE = 256 * 1024;

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final String algorithm;
    private final @Nullable String id;
    private final Signer signer;

    SigningKey(String algorithm, @Nullable String id, Signer signer) {
        this.algorithm = algorithm;
        this.id = id;
        this.signer = signer;
    }

    /** Signs bytes in the encoding that JWS wants. */
    interface Signer {
        byte[] sign(byte[] input) throws GeneralSecurityException;
    }

    /**
     * The private key in a file: a JWK, the first of a JWK set that may sign, or PEM ({@code BEGIN PRIVATE KEY}, PKCS #8).
     *
     * <p>A JWK signs by its {@code alg}: RS256 to PS512, ES256 to ES512, EdDSA or Ed25519. Where it names none, and in PEM, an
     * RSA key signs by RS256, an elliptic curve by the algorithm of its curve, Ed25519 by EdDSA. An RSA key has 2048 bits or
     * more. It has signed something before this returns, and its public half, where the file has one, has verified it.
     *
     * @throws UnusableFileException with what is wrong, without anything that the file says
     */
    public static SigningKey read(byte[] file) throws UnusableFileException {
        return PemKey.isOne(file) ? PemKey.read(file) : SigningJwk.readFirst(file);
    }

    /**
     * HS256 with a secret that both sides know (RFC 7518 3.2).
     *
     * @throws UnusableFileException if the secret has fewer than 256 bits
     */
    public static SigningKey ofSecret(byte[] secret) throws UnusableFileException {
        if (secret.length < HmacSigner.LEAST_BYTES) {
            throw new UnusableFileException("has a secret of fewer than 256 bits, which cannot sign (RFC 7518 3.2)");
        }
        return new SigningKey("HS256", null, new HmacSigner(secret));
    }

    /** {@code alg}. */
    public String algorithm() {
        return algorithm;
    }

    /** {@code kid}, or null. */
    public @Nullable String id() {
        return id;
    }

    /**
     * A signed JWT in compact form.
     *
     * @param claims values that JSON has: strings, numbers
     */
    public String sign(Map<String, ?> claims) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", algorithm);
        header.put("typ", "JWT");
        if (id != null) {
            header.put("kid", id);
        }
        String input = encoded(header) + "." + encoded(claims);
        try {
            return input + "." + BASE64.encodeToString(signer.sign(input.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that has signed before does not sign by " + algorithm, e);
        }
    }

    private static String encoded(Map<String, ?> members) {
        return BASE64.encodeToString(JsonUtil.toJson(members).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "key for " + algorithm;
    }
}
