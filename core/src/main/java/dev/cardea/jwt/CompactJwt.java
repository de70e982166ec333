package dev.cardea.jwt;

import dev.cardea.jose.JoseHeader;
import dev.cardea.jose.Segments;
import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import dev.cardea.request.PresentedToken;
import dev.cardea.token.Claims;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A signed JWT in compact form, taken apart: proven to be spelled in the only accepted way, and nothing else.
 *
 * <p>Neither signature nor claims are checked: until {@link JwtVerifier} has, everything in here is what its presenter
 * chose to write.
 *
 * <p>Immutable, provided that nobody writes into {@link #signingInput()} and {@link #signature()}.
 */
public final class CompactJwt {
    private final JoseHeader header;
    private final Claims claims;
    private final byte[] signingInput;
    private final byte[] signature;

    private CompactJwt(JoseHeader header, Claims claims, byte[] signingInput, byte[] signature) {
        this.header = header;
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
        return parse(token.text());
    }

    /**
     * Takes apart what was inside an encrypted token (RFC 7519 5.2, RFC 9068 4, T11).
     *
     * @throws RejectedException as {@link #parse}: what is not a signed JWT in the very same spelling is nothing
     */
    public static CompactJwt parseNested(byte[] content) throws RejectedException {
        try {
            return parse(new String(content, StandardCharsets.ISO_8859_1));
        } catch (RejectedException e) {
            Reason reason = e.rejection().reason();
            if (reason != Reason.TOKEN_MALFORMED && reason != Reason.TOKEN_ENCRYPTED) {
                throw e;
            }
            throw new RejectedException(
                    Reason.TOKEN_NOT_SIGNED,
                    "what the encrypted token contains is not signed: "
                            + e.rejection().detail());
        }
    }

    private static CompactJwt parse(String text) throws RejectedException {
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        if (first < 0 || second < 0) {
            throw Segments.malformed("fewer than three segments");
        }
        int third = text.indexOf('.', second + 1);
        if (third >= 0) {
            throw tooManySegments(text, third);
        }
        byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] signature = Segments.decode(ascii, second + 1, ascii.length, "signature");
        JoseHeader header = JoseHeader.read(ascii, first);
        Claims claims = Claims.of(Segments.object(ascii, first + 1, second, "payload"));
        return new CompactJwt(header, claims, Arrays.copyOf(ascii, second), signature);
    }

    /** {@code alg}, as it stands. */
    public String algorithm() {
        return header.algorithm();
    }

    /** {@code kid}, of at most 256 characters, or null. */
    public @Nullable String keyId() {
        return header.keyId();
    }

    /** {@code typ} in lower case and without {@code application/} (RFC 7515 4.1.9), or null. */
    public @Nullable String type() {
        return header.type();
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
            return new RejectedException(Reason.TOKEN_ENCRYPTED, "an encrypted token (cardea.jwt.decryption-key)");
        }
        return Segments.malformed("more than three segments");
    }

    /** Sizes only. */
    @Override
    public String toString() {
        return "JWT of " + (signingInput.length + signature.length) + " bytes";
    }
}
