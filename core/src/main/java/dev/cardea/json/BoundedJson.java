package dev.cardea.json;

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
        return JsonReader.readObject(utf8, limits, tolerant);
    }
}
