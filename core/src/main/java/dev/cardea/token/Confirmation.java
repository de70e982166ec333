package dev.cardea.token;

import dev.cardea.jose.CanonicalBase64Url;
import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * To whom a token is bound: its {@code cnf} (RFC 7800 3.1), as far as there is a way to check it.
 *
 * <p>Of the members there are two can be checked: {@code jkt} (RFC 9449 6.1) and {@code x5t#S256} (RFC 8705 3.1); where both are
 * there, both count. Further members beside one of these do not disturb. Anything else that is called {@code cnf} is a binding that
 * nobody can meet. Immutable.
 */
public final class Confirmation {
    /** Bound to nobody: a bearer token. */
    public static final Confirmation NONE = new Confirmation(null, null, false);

    /** Bound to somebody who cannot be told. */
    public static final Confirmation UNUSABLE = new Confirmation(null, null, true);

    private static final String CNF = "cnf";
    private static final String KEY = "jkt";
    private static final String CERTIFICATE = "x5t#S256";
    private static final int SHA256_SIZE = 32;

    private final byte @Nullable [] keyThumbprint;
    private final byte @Nullable [] certificateThumbprint;
    private final boolean unusable;

    private Confirmation(byte @Nullable [] keyThumbprint, byte @Nullable [] certificateThumbprint, boolean unusable) {
        this.keyThumbprint = keyThumbprint;
        this.certificateThumbprint = certificateThumbprint;
        this.unusable = unusable;
    }

    /** What claims say, whoever vouches for them. */
    static Confirmation of(Claims claims, ValidationMethod method) {
        Confirmation bound = ofMember(claims.asMap());
        return method == ValidationMethod.INTROSPECTION && contradictsType(claims, bound) ? UNUSABLE : bound;
    }

    private static Confirmation ofMember(Map<String, Object> claims) {
        if (!claims.containsKey(CNF)) {
            return NONE;
        }
        if (!(claims.get(CNF) instanceof Map<?, ?> members)) {
            return UNUSABLE;
        }
        byte[] key = thumbprint(members.get(KEY));
        byte[] certificate = thumbprint(members.get(CERTIFICATE));
        boolean unreadable = (key == null && members.containsKey(KEY))
                || (certificate == null && members.containsKey(CERTIFICATE))
                || (key == null && certificate == null);
        return unreadable ? UNUSABLE : new Confirmation(key, certificate, false);
    }

    /** RFC 9449 6.2 (D38): {@code token_type}, where an answer has it, is {@code DPoP} exactly for what is bound to a key. */
    private static boolean contradictsType(Claims answer, Confirmation bound) {
        boolean dpop = StatedUse.isProven(answer);
        return dpop ? bound.keyThumbprint == null : bound.keyThumbprint != null && answer.has("token_type");
    }

    private static byte @Nullable [] thumbprint(@Nullable Object value) {
        if (!(value instanceof String text)) {
            return null;
        }
        byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] thumbprint = CanonicalBase64Url.decode(ascii, 0, ascii.length);
        return thumbprint == null || thumbprint.length != SHA256_SIZE ? null : thumbprint;
    }

    /**
     * The {@code cnf} of a token of which two speak: a JWT, and the introspection answer about it. What either says stays.
     *
     * @return a new {@code cnf}, or null if neither has one
     * @throws RejectedException if they name different keys or certificates, or one names nobody
     */
    public static @Nullable Object together(Map<String, Object> jwt, Map<String, Object> answer)
            throws RejectedException {
        if (!jwt.containsKey(CNF) || !answer.containsKey(CNF)) {
            Map<String, Object> only = jwt.containsKey(CNF) ? jwt : answer;
            return only.containsKey(CNF) ? known(only.get(CNF)) : null;
        }
        if (ofMember(jwt).unusable || ofMember(answer).unusable) {
            throw unknown(
                    "of the JWT and the introspection answer about it one names nobody, or in no way that can be checked (cnf)");
        }
        Map<String, Object> both = new LinkedHashMap<>();
        known(jwt.get(CNF)).forEach((name, value) -> both.put((String) name, value));
        for (Map.Entry<?, ?> member : known(answer.get(CNF)).entrySet()) {
            Object before = both.put((String) member.getKey(), member.getValue());
            if (before != null && !before.equals(member.getValue()) && isChecked(member.getKey())) {
                throw unknown("the JWT and the introspection answer about it are bound differently (cnf)");
            }
        }
        return both;
    }

    private static boolean isChecked(Object member) {
        return member.equals(KEY) || member.equals(CERTIFICATE);
    }

    private static Map<?, ?> known(@Nullable Object cnf) throws RejectedException {
        if (cnf instanceof Map<?, ?> members) {
            return members;
        }
        throw unknown("cnf is not an object");
    }

    private static RejectedException unknown(String why) {
        return new RejectedException(Reason.CONFIRMATION_UNKNOWN, why);
    }

    /** Whether the token is a bearer token. */
    public boolean isNone() {
        return this == NONE;
    }

    /** Whether the token is bound in no way that can be checked. */
    public boolean isUnusable() {
        return unusable;
    }

    /** Whether the token is bound to a key ({@code jkt}). */
    public boolean isToKey() {
        return keyThumbprint != null;
    }

    /** Whether the token is bound to a certificate ({@code x5t#S256}). */
    public boolean isToCertificate() {
        return certificateThumbprint != null;
    }

    /** {@code jkt}: 32 bytes, not to be written to; null if the token is bound to no key. */
    public byte @Nullable [] keyThumbprint() {
        return keyThumbprint;
    }

    /** {@code x5t#S256}: 32 bytes, not to be written to; null if the token is bound to no certificate. */
    public byte @Nullable [] certificateThumbprint() {
        return certificateThumbprint;
    }

    /** In words for an operator. */
    @Override
    public String toString() {
        if (isNone() || unusable) {
            return unusable ? "bound in a way that cannot be checked" : "unbound";
        }
        return "bound to a " + (isToKey() ? isToCertificate() ? "key and a certificate" : "key" : "certificate");
    }
}
