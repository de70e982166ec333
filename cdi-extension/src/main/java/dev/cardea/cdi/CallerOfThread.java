package dev.cardea.cdi;

import dev.cardea.Authentication;
import dev.cardea.Caller;
import dev.cardea.handover.CurrentCaller;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.inject.ResolutionException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Whom the current thread works for: whoever was put into it, by the servlet filter or for a task, else the caller of the
 * request that CDI knows in it. Asked anew every time; nothing is kept, since threads are pooled.
 *
 * <p>What was put into the thread goes first: a task may be run by the thread of another user's request.
 */
final class CallerOfThread {
    private static final String NOBODY =
            "There is no request in this thread, and no caller was carried into it, so Cardea cannot"
                    + " say who calls. A managed executor carries the caller if its context service propagates \""
                    + CallerThreadContext.TYPE + "\" (on Open Liberty only with @ContextServiceDefinition(propagated ="
                    + " ContextServiceDefinition.ALL_REMAINING)). With any other thread, ask the Caller while the request is"
                    + " there and hand over what the task needs.";

    private final Supplier<HttpServletRequest> requests;

    /** @param requests CDI's request; a container may throw when there is none, or give a proxy that does */
    CallerOfThread(Supplier<HttpServletRequest> requests) {
        this.requests = requests;
    }

    /**
     * Anonymous where nobody authenticated: before the filter was reached, or at an endpoint that does not look at
     * credentials.
     *
     * @throws IllegalStateException in a thread that works for nobody we know of
     */
    Caller get() {
        Caller told = CurrentCaller.get();
        return told != null ? told : ofRequest(CallerOfThread::caller);
    }

    /**
     * Something about the request itself, which is not carried anywhere.
     *
     * @throws IllegalStateException in a thread without a request
     */
    <T> T ofRequest(Function<HttpServletRequest, T> question) {
        try {
            return question.apply(requests.get());
        } catch (ContextNotActiveException | ResolutionException | IllegalStateException e) {
            // The last: a request scope that somebody activated by hand has no request.
            throw new IllegalStateException(NOBODY, e);
        }
    }

    /** For a task that is told so: it may run in the thread of a request that it does not belong to. */
    static Caller nobody() {
        throw new IllegalStateException(NOBODY);
    }

    /**
     * The request that CDI injects is the container's own, which knows nobody; only its attributes are shared with the
     * wrapper that the filter passes on.
     */
    private static Caller caller(HttpServletRequest request) {
        return request.getAttribute(Authentication.ATTRIBUTE) instanceof Authentication authentication
                ? authentication.caller()
                : Caller.anonymous();
    }
}
