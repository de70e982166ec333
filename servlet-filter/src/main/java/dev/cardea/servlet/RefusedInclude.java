package dev.cardea.servlet;

import dev.cardea.Answer;
import dev.cardea.handover.Handover;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The refusal of an include, which cannot be sent from there: status and header fields that are set inside an include are
 * ignored (Servlet 6.0, 9.3), and the page around it would be a success with nothing in it. So it is kept until the dispatch
 * around it has returned, and is then the answer to the whole request.
 *
 * <p>Where that dispatch has sent something already, what was included is missing and nothing else can be done.
 */
final class RefusedInclude {
    private static final String ATTRIBUTE = "dev.cardea.refused-include";

    private RefusedInclude() {}

    static boolean isIn(HttpServletRequest request) {
        return request.getDispatcherType() == DispatcherType.INCLUDE;
    }

    /** Keeps the answer; the first one that is kept for a request stays. */
    static void keep(Answer answer, HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) == null) {
            request.setAttribute(ATTRIBUTE, answer);
        }
    }

    /** The same for an include in which the JAX-RS half has refused. */
    static void keepWhatJaxRsRefused(HttpServletRequest request) {
        if (isIn(request) && request.getAttribute(Handover.REFUSED) instanceof Answer refusal) {
            request.removeAttribute(Handover.REFUSED);
            keep(refusal, request);
        }
    }

    /** Sends what an include of this dispatch has left, if it has. */
    static void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!isIn(request) && request.getAttribute(ATTRIBUTE) instanceof Answer answer) {
            request.removeAttribute(ATTRIBUTE);
            if (!response.isCommitted()) {
                AnswerWriter.write(answer, request, response);
            }
        }
    }
}
