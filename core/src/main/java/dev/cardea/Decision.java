package dev.cardea;

import java.util.function.Function;

/** The outcome for one endpoint: run it, or send an {@link Answer} instead. */
public sealed interface Decision {

    /** The endpoint may run for this caller, which is anonymous where the endpoint is open. */
    record Granted(Caller caller) implements Decision {}

    /** The client is at fault: 400, 401 or 403 with a challenge. {@code reason} is for the operator's eyes. */
    record Denied(Answer answer, String reason) implements Decision {}

    /** We cannot tell: 503 with {@code Retry-After}. {@code reason} is for the operator's eyes. */
    record Unavailable(Answer answer, String reason) implements Decision {}

    /** Handles both endings: {@code granted} for the first, {@code refused} for the other two. */
    default <R> R fold(Function<Caller, R> granted, Function<Answer, R> refused) {
        if (this instanceof Granted yes) {
            return granted.apply(yes.caller());
        }
        return refused.apply(this instanceof Denied no ? no.answer() : ((Unavailable) this).answer());
    }
}
