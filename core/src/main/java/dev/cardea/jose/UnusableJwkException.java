package dev.cardea.jose;

/** A key, or a whole set, is not to be used. The message goes on from "key 1 ..." or "the answer ...", in our words. */
public final class UnusableJwkException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnusableJwkException(String message) {
        super(message, null, false, false);
    }
}
