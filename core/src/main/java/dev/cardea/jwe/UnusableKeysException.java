package dev.cardea.jwe;

/** A key file is not to be used. The message goes on from "names a file that ...", in our words. */
public final class UnusableKeysException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableKeysException(String message) {
        super(message, null, false, false);
    }

    /** What is wrong, in our own words. */
    public String what() {
        return String.valueOf(getMessage());
    }
}
