package dev.cardea.dpop;

import dev.cardea.jose.CanonicalBase64Url;
import dev.cardea.json.JsonObject;
import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import dev.cardea.token.Claims;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a proof, there and of the right JSON type (RFC 9449 4.2, 4.3 (3), D03); members beyond them are ignored. What they say is
 * not compared with anything yet.
 */
final class ProofClaims {
    private final String id;
    private final String method;
    private final String target;
    private final Instant issuedAt;
    private final @Nullable Instant expiresAt;
    private final @Nullable Instant notBefore;
    private final @Nullable String nonce;
    private final byte @Nullable [] tokenHash;

    private ProofClaims(JsonObject claims) throws RejectedException {
        this.id = required(claims, "jti");
        this.method = required(claims, "htm");
        this.target = required(claims, "htu");
        Instant issued = date(claims, "iat");
        if (issued == null) {
            throw missing("iat");
        }
        this.issuedAt = issued;
        this.expiresAt = date(claims, "exp");
        this.notBefore = date(claims, "nbf");
        this.nonce = string(claims, "nonce");
        byte[] ath = required(claims, "ath").getBytes(StandardCharsets.ISO_8859_1);
        this.tokenHash = CanonicalBase64Url.decode(ath, 0, ath.length);
    }

    static ProofClaims read(JsonObject claims) throws RejectedException {
        return new ProofClaims(claims);
    }

    private static String required(JsonObject claims, String name) throws RejectedException {
        String value = string(claims, name);
        if (value == null || value.isEmpty()) {
            throw missing(name);
        }
        return value;
    }

    /** Null only where there is none; JSON null is not a string. */
    private static @Nullable String string(JsonObject claims, String name) throws RejectedException {
        Object value = claims.get(name);
        if (value instanceof String string) {
            return string;
        }
        if (value != null || claims.containsKey(name)) {
            throw mistyped(name, "string");
        }
        return null;
    }

    /** A NumericDate between 1970 and 9999 (RFC 7519 2). */
    private static @Nullable Instant date(JsonObject claims, String name) throws RejectedException {
        Object value = claims.get(name);
        Instant date = value == null ? null : Claims.dateOf(value);
        if (date == null && claims.containsKey(name)) {
            throw mistyped(name, "date in seconds since 1970, up to the year 9999 (milliseconds?)");
        }
        return date;
    }

    private static RejectedException missing(String name) {
        return new RejectedException(Reason.PROOF_MEMBER_MISSING, "the proof has no " + name);
    }

    private static RejectedException mistyped(String name, String type) {
        return new RejectedException(Reason.PROOF_MEMBER_MISSING, "in the proof, " + name + " is no " + type);
    }

    /** {@code jti}. */
    String id() {
        return id;
    }

    /** {@code htm}. */
    String method() {
        return method;
    }

    /** {@code htu}. */
    String target() {
        return target;
    }

    /** {@code iat}. */
    Instant issuedAt() {
        return issuedAt;
    }

    /** {@code exp}, or null. */
    @Nullable
    Instant expiresAt() {
        return expiresAt;
    }

    /** {@code nbf}, or null. */
    @Nullable
    Instant notBefore() {
        return notBefore;
    }

    /** {@code nonce}, or null. */
    @Nullable
    String nonce() {
        return nonce;
    }

    /** What {@code ath} spells; null if it is not canonical base64url. */
    byte @Nullable [] tokenHash() {
        return tokenHash;
    }
}
