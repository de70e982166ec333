package dev.cardea.json;

/**
 * The bytes are no acceptable JSON object. The message is made of our own words and a position, never of the input.
 * Checked, without a stack trace.
 */
public final class MalformedJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedJsonException(String message) {
        super(message, null, false, false);
    }

    /** What is wrong, in our own words. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
