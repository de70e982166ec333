package dev.cardea.http;

/** No complete answer within the bounds. Its message is ours, safe to log: address and kind, never content. */
public final class TransportException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        /** Nobody there, name not found, TLS refused. */
        NOT_CONNECTED,
        /** The timeout passed, be it before the head or within the body. */
        TIMED_OUT,
        /** More bytes than the call allows. */
        TOO_LARGE,
        /** The connection broke or the answer was not HTTP. */
        BROKEN,
        /** We gave up ourselves: the calling thread was interrupted, or the application is being stopped. */
        GIVEN_UP
    }

    private final Kind kind;

    public TransportException(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
