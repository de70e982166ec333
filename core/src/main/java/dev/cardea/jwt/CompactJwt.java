package dev.cardea.jwt;

import dev.cardea.json.BoundedJson;
import dev.cardea.json.JsonLimits;
import dev.cardea.json.MalformedJsonException;
import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import dev.cardea.request.PresentedToken;
import dev.cardea.token.Claims;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A signed JWT in compact form, taken apart: proven to be spelled in the only accepted way, and nothing else.
 *
 * <p>Neither signature nor claims are checked: until {@link JwtVerifier} has, everything in here is what its presenter
 * chose to write. The header members {@code jku}, {@code x5u}, {@code x5c} and {@code jwk} are never read: some products
 * put them into every token, and keys come from the configured issuer only (RFC 8725 3.10).
 *
 * <p>Immutable, provided that nobody writes into {@link #signingInput()} and {@link #signature()}.
 */
public final class CompactJwt {
    private static final int MAX_KID = 256;
    private static final String MEDIA_TREE = "application/";

    private final String algorithm;
    private final @Nullable String keyId;
    private final @Nullable String type;
    private final Claims claims;
    private final byte[] signingInput;
    private final byte[] signature;

    private CompactJwt(Map<String, Object> header, Claims claims, byte[] signingInput, byte[] signature)
            throws RejectedException {
        requireNoExtension(header);
        this.algorithm = required(string(header, "alg"));
        this.keyId = shortEnough(string(header, "kid"));
        this.type = normalised(string(header, "typ"));
        this.claims = claims;
        this.signingInput = signingInput;
        this.signature = signature;
    }

    /**
     * Whether {@code token} means to be a JWT: its first segment decodes to a JSON object with {@code alg}. Counting dots
     * would not tell, opaque tokens have them too.
     *
     * <p>Forgives every misspelling of base64url and JSON, so that a badly spelled JWT is refused as what it is instead of
     * being sent to the introspection endpoint as an opaque token.
     */
    public static boolean isJwt(PresentedToken token) {
        return HeaderSniffer.findsAlgorithm(token.text());
    }

    /**
     * Takes {@code token} apart.
     *
     * @throws RejectedException if it is not three segments of canonical base64url, the first two of them JSON objects, or
     *     its header asks for an extension
     */
    public static CompactJwt parse(PresentedToken token) throws RejectedException {
        String text = token.text();
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        if (first < 0 || second < 0) {
            throw malformed("fewer than three segments");
        }
        int third = text.indexOf('.', second + 1);
        if (third >= 0) {
            throw tooManySegments(text, third);
        }
        byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] signature = decode(ascii, second + 1, ascii.length, "signature");
        Map<String, Object> header = object(decode(ascii, 0, first, "header"), "header");
        Map<String, Object> payload = object(decode(ascii, first + 1, second, "payload"), "payload");
        return new CompactJwt(header, Claims.of(payload), Arrays.copyOf(ascii, second), signature);
    }

    /** {@code alg}, as it stands. */
    public String algorithm() {
        return algorithm;
    }

    /** {@code kid}, of at most 256 characters, or null. */
    public @Nullable String keyId() {
        return keyId;
    }

    /** {@code typ} in lower case and without {@code application/} (RFC 7515 4.1.9), or null. */
    public @Nullable String type() {
        return type;
    }

    /** {@code iss} if it is a string, else null: for telling issuers apart before anything is verified. */
    public @Nullable String unverifiedIssuer() {
        return claims.asMap().get("iss") instanceof String issuer ? issuer : null;
    }

    /** The payload, which nobody vouches for yet. */
    public Claims unverifiedClaims() {
        return claims;
    }

    /** The ASCII of header, dot and payload; not to be written to. */
    byte[] signingInput() {
        return signingInput;
    }

    /** Not to be written to. */
    byte[] signature() {
        return signature;
    }

    /** Five segments are a JWE; more are not counted, however many an attacker sends (RFC 8725 3.3, W06). */
    private static RejectedException tooManySegments(String text, int third) {
        int fourth = text.indexOf('.', third + 1);
        if (fourth >= 0 && text.indexOf('.', fourth + 1) < 0) {
            return new RejectedException(Reason.TOKEN_ENCRYPTED, "an encrypted token (five segments)");
        }
        return malformed("more than three segments");
    }

    /** RFC 8725 3.14 (W17): only one spelling of a token is accepted, see {@link CanonicalBase64Url}. */
    private static byte[] decode(byte[] ascii, int start, int end, String segment) throws RejectedException {
        byte[] decoded = CanonicalBase64Url.decode(ascii, start, end);
        if (decoded == null) {
            throw malformed("the " + segment + " is not canonical base64url");
        }
        return decoded;
    }

    /** Its size is bounded by {@code cardea.token.max-length} already. */
    private static Map<String, Object> object(byte[] json, String segment) throws RejectedException {
        try {
            return BoundedJson.readObject(json, JsonLimits.ofBytes(json.length));
        } catch (MalformedJsonException e) {
            throw malformed("the " + segment + " is not an acceptable JSON object: " + e.detail());
        }
    }

    /** RFC 7515 4.1.11, RFC 7797 (W20). {@code zip} means something in a JWE only. */
    private static void requireNoExtension(Map<String, Object> header) throws RejectedException {
        for (String name : new String[] {"crit", "b64", "zip"}) {
            if (header.containsKey(name)) {
                throw new RejectedException(Reason.HEADER_NOT_ACCEPTED, "header member '" + name + "'");
            }
        }
    }

    private static @Nullable String string(Map<String, Object> header, String name) throws RejectedException {
        Object value = header.get(name);
        if (value == null && !header.containsKey(name)) {
            return null;
        }
        if (value instanceof String string) {
            return string;
        }
        throw new RejectedException(Reason.HEADER_NOT_ACCEPTED, "header member '" + name + "' is not a string");
    }

    private static String required(@Nullable String algorithm) throws RejectedException {
        if (algorithm == null) {
            throw new RejectedException(Reason.HEADER_NOT_ACCEPTED, "no header member 'alg'");
        }
        return algorithm;
    }

    /** RFC 8725 3.10 (W12): {@code kid} is only ever compared, but there is no reason to carry a novel around. */
    private static @Nullable String shortEnough(@Nullable String keyId) throws RejectedException {
        if (keyId != null && keyId.length() > MAX_KID) {
            throw new RejectedException(Reason.HEADER_NOT_ACCEPTED, "a kid of more than " + MAX_KID + " characters");
        }
        return keyId;
    }

    /** RFC 7515 4.1.9, RFC 8725 3.11 (W14): without another slash, the media type tree may stand or be missing. */
    private static @Nullable String normalised(@Nullable String type) {
        if (type == null || !type.chars().allMatch(c -> c < 0x80)) {
            return type; // Folding the case of a Kelvin sign would make a k of it.
        }
        String lower = type.toLowerCase(Locale.ROOT);
        boolean inTree = lower.startsWith(MEDIA_TREE) && lower.indexOf('/', MEDIA_TREE.length()) < 0;
        return inTree ? lower.substring(MEDIA_TREE.length()) : lower;
    }

    private static RejectedException malformed(String why) {
        return new RejectedException(Reason.TOKEN_MALFORMED, "a malformed JWT: " + why);
    }

    /** Sizes only. */
    @Override
    public String toString() {
        return "JWT of " + (signingInput.length + signature.length) + " bytes";
    }
}
