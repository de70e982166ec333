package dev.cardea.dpop;

import dev.cardea.jose.Segments;
import dev.cardea.json.BoundedJson;
import dev.cardea.json.JsonLimits;
import dev.cardea.json.JsonObject;
import dev.cardea.json.MalformedJsonException;
import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import dev.cardea.request.TokenDigest;
import dev.cardea.request.TokenHasher;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A DPoP proof taken apart (RFC 9449 4.2): proven to be three segments of canonical base64url of which the second is a JSON object, and
 * nothing else. What is in it is what its maker chose to write. The header is read by {@link ProofKeys}, which may know it. For one request.
 */
final class CompactProof {
    private static final int DEPTH = 8;
    private static final int VALUES = 256;
    private static final int NUMBER_LENGTH = 32;

    private final byte[] ascii;
    private final int headerEnd;
    private final int payloadEnd;
    private final JsonObject claims;
    private @Nullable TokenDigest headerDigest;

    private CompactProof(byte[] ascii, int headerEnd, int payloadEnd, JsonObject claims) {
        this.ascii = ascii;
        this.headerEnd = headerEnd;
        this.payloadEnd = payloadEnd;
        this.claims = claims;
    }

    /**
     * Takes a proof apart. Parses no header and no signature yet.
     *
     * @throws RejectedException if it is no such thing (D02)
     */
    static CompactProof parse(String field) throws RejectedException {
        byte[] ascii = field.getBytes(StandardCharsets.ISO_8859_1);
        int first = indexOfDot(ascii, 0);
        int second = first < 0 ? -1 : indexOfDot(ascii, first + 1);
        if (second < 0 || indexOfDot(ascii, second + 1) >= 0) {
            throw malformed("not three segments");
        }
        return new CompactProof(ascii, first, second, object(ascii, first + 1, second, "payload"));
    }

    /** The JSON object of a segment. Depth, members and numbers are bounded: nobody vouches for whoever wrote it. */
    static JsonObject object(byte[] ascii, int start, int end, String segment) throws RejectedException {
        byte[] json;
        try {
            json = Segments.decode(ascii, start, end, segment);
        } catch (RejectedException e) {
            throw malformed(e.rejection().detail());
        }
        try {
            return BoundedJson.readObject(json, new JsonLimits(json.length, DEPTH, VALUES, json.length, NUMBER_LENGTH));
        } catch (MalformedJsonException e) {
            throw malformed("the " + segment + " is not an acceptable JSON object: " + e.detail());
        }
    }

    private static int indexOfDot(byte[] ascii, int from) {
        for (int i = from; i < ascii.length; i++) {
            if (ascii[i] == '.') {
                return i;
            }
        }
        return -1;
    }

    private static RejectedException malformed(String why) {
        return new RejectedException(Reason.PROOF_MALFORMED, "the DPoP proof is malformed: " + why);
    }

    /** The whole proof as bytes; the header is what stands before {@link #headerEnd()}. Not to be written to. */
    byte[] ascii() {
        return ascii;
    }

    int headerEnd() {
        return headerEnd;
    }

    /** SHA-256 of the header's text, made once. */
    TokenDigest headerDigest(TokenHasher hasher) {
        TokenDigest digest = headerDigest;
        if (digest == null) {
            digest = hasher.digest(ascii, 0, headerEnd);
            headerDigest = digest;
        }
        return digest;
    }

    JsonObject claims() {
        return claims;
    }

    /** What is signed: header, dot and payload. */
    byte[] signingInput() {
        return Arrays.copyOf(ascii, payloadEnd);
    }

    byte[] signature() throws RejectedException {
        try {
            return Segments.decode(ascii, payloadEnd + 1, ascii.length, "signature");
        } catch (RejectedException e) {
            throw malformed(e.rejection().detail());
        }
    }
}
