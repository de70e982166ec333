package dev.cardea.json;

/**
 * How much JSON is read.
 *
 * @param bytes size of the whole text
 * @param depth objects and arrays inside one another, the outermost one counted
 * @param values members and elements in the whole text
 * @param stringLength bytes of one string or member name, escapes counted as they are written
 * @param numberLength characters of one number
 */
public record JsonLimits(int bytes, int depth, int values, int stringLength, int numberLength) {
    private static final int DEPTH = 32;
    private static final int VALUES = 10_000;
    private static final int NUMBER_LENGTH = 32;

    /** For a text of at most {@code bytes}: depth 32, 10000 values, 32 characters per number. */
    public static JsonLimits ofBytes(int bytes) {
        return new JsonLimits(bytes, DEPTH, VALUES, bytes, NUMBER_LENGTH);
    }
}
