package dev.cardea;

/**
 * A bean was called on behalf of a request whose caller may not call it. Thrown by the interceptor that stands in front of
 * beans with {@link RequiresScope} or a standard role annotation; the bean's method has not run.
 *
 * <p>Let it pass: Cardea sends {@link #answer()} in place of the response, through JAX-RS and through a servlet. Who
 * catches it answers in its place, and then has to send that answer's header fields, the challenge among them (RFC 6750 3).
 *
 * <p>Has no stack trace, since it is an answer and not a fault. The message names the method and no more, so that it may
 * be shown to anybody. Immutable.
 */
public class AccessRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Answer answer;

    /**
     * A refusal.
     *
     * @param called the method that did not run, for instance {@code OrderService.cancel}
     * @param answer what to send
     */
    public AccessRefusedException(String called, Answer answer) {
        super("not allowed to call " + called + ": " + answer.status(), null, false, false);
        this.answer = answer;
    }

    /** What to send instead of the resource. */
    public Answer answer() {
        return answer;
    }
}
