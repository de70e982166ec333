package dev.cardea.jose;

import dev.cardea.json.BoundedJson;
import dev.cardea.json.JsonLimits;
import dev.cardea.json.JsonObject;
import dev.cardea.json.MalformedJsonException;
import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;

/** The segments of a compact token, in the one spelling that is accepted (RFC 8725 3.14, W17). */
public final class Segments {
    private Segments() {}

    /** The bytes that {@code ascii} from {@code start} to {@code end} spells; refuses none. */
    public static byte[] decode(byte[] ascii, int start, int end, String segment) throws RejectedException {
        byte[] decoded = CanonicalBase64Url.decode(ascii, start, end);
        if (decoded == null) {
            throw malformed("the " + segment + " is not canonical base64url");
        }
        return decoded;
    }

    /** The JSON object of a segment. Its size is bounded by {@code cardea.token.max-length} already. */
    public static JsonObject object(byte[] ascii, int start, int end, String segment) throws RejectedException {
        byte[] json = decode(ascii, start, end, segment);
        try {
            return BoundedJson.readObject(json, JsonLimits.ofBytes(json.length));
        } catch (MalformedJsonException e) {
            throw malformed("the " + segment + " is not an acceptable JSON object: " + e.detail());
        }
    }

    /** A refusal with {@code why}, in our own words. */
    public static RejectedException malformed(String why) {
        return new RejectedException(Reason.TOKEN_MALFORMED, "a malformed JWT: " + why);
    }
}
