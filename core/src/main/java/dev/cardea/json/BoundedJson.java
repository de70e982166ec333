package dev.cardea.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads a JSON object that an attacker may have written (RFC 8259, RFC 8725 3.7).
 *
 * <p>With a parser of our own: jose4j's has no limit of depth, takes {@code 1e400} for infinity and is more lenient than the
 * grammar (docs/decisions/0014).
 */
public final class BoundedJson {
    private BoundedJson() {}

    /**
     * Reads one object with nothing but white space around it.
     *
     * @throws MalformedJsonException if the text is not UTF-8, not one JSON object, has a member name twice in one object,
     *     or exceeds {@code limits}
     */
    public static JsonObject readObject(byte[] utf8, JsonLimits limits) throws MalformedJsonException {
        return read(utf8, limits, false);
    }

    /**
     * Reads one object like {@link #readObject}, but an object inside it in which a name occurs twice does not spoil the rest:
     * {@link JsonObject#AMBIGUOUS} is in its place.
     */
    public static JsonObject readTolerantly(byte[] utf8, JsonLimits limits) throws MalformedJsonException {
        return read(utf8, limits, true);
    }

    private static JsonObject read(byte[] utf8, JsonLimits limits, boolean tolerant) throws MalformedJsonException {
        if (utf8.length > limits.bytes()) {
            throw new MalformedJsonException("more than " + limits.bytes() + " bytes");
        }
        requireUtf8(utf8);
        return JsonReader.readObject(utf8, limits, tolerant);
    }

    /** A decoder reports what {@code new String} would replace: overlong forms, surrogates, cut sequences. */
    private static void requireUtf8(byte[] utf8) throws MalformedJsonException {
        if (isAscii(utf8)) {
            return;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
        } catch (CharacterCodingException e) {
            throw new MalformedJsonException("not UTF-8");
        }
    }

    private static boolean isAscii(byte[] utf8) {
        int all = 0;
        for (byte b : utf8) {
            all |= b;
        }
        return all >= 0;
    }
}
