package dev.cardea.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

/**
 * Reads a JSON object that an attacker may have written (RFC 8259, RFC 8725 3.7).
 *
 * <p>jose4j's parser has no limit of depth, takes {@code 1e400} for infinity and is more lenient than the grammar, so it
 * gets to see only what {@link JsonGrammar} has passed. That names are unique in every object, however they are escaped,
 * is jose4j's own doing.
 */
public final class BoundedJson {
    private BoundedJson() {}

    /**
     * Reads one object with nothing but white space around it.
     *
     * @return the caller's own map, in the text's order: String, Long, BigInteger, Double, Boolean, List, Map, or null
     * @throws MalformedJsonException if the text is not UTF-8, not one JSON object, has a member name twice in one object,
     *     or exceeds {@code limits}
     */
    public static Map<String, Object> readObject(byte[] utf8, JsonLimits limits) throws MalformedJsonException {
        if (utf8.length > limits.bytes()) {
            throw new MalformedJsonException("more than " + limits.bytes() + " bytes");
        }
        String text = decode(utf8);
        JsonGrammar.requireObject(text, limits);
        try {
            return JsonUtil.parseJson(text);
        } catch (JoseException e) {
            // Its message quotes the input. Past the grammar, a repeated name is the only thing it refuses.
            throw new MalformedJsonException("a member name occurs twice in one object");
        }
    }

    /** A decoder reports what {@code new String} would replace: overlong forms, surrogates, cut sequences. */
    private static String decode(byte[] utf8) throws MalformedJsonException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedJsonException("not UTF-8");
        }
    }
}
