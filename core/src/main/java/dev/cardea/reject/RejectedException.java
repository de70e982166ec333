package dev.cardea.reject;

/**
 * The client's request is refused. Checked, so that no caller forgets it; without a stack trace, since refusals are
 * cheap and frequent.
 */
public final class RejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Rejection rejection;

    /** A refusal for {@code reason}; {@code detail} as in {@link Rejection#detail()}. */
    public RejectedException(Reason reason, String detail) {
        super(detail, null, false, false);
        this.rejection = new Rejection(reason, detail);
    }

    /** What is to be answered and recorded. */
    public Rejection rejection() {
        return rejection;
    }
}
