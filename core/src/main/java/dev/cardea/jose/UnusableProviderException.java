package dev.cardea.jose;

/** A provider is there, and is not to be used. The message says which and why, for the operator. */
final class UnusableProviderException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableProviderException(String message) {
        super(message, null, false, false);
    }
}
