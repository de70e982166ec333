package dev.cardea.jwt;

/** A key, or a whole set, is not to be used. The message goes on from "key 1 ..." or "the answer ...", in our words. */
final class UnusableJwkException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableJwkException(String message) {
        super(message, null, false, false);
    }
}
