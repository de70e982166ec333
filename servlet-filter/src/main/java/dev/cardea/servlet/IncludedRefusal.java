package dev.cardea.servlet;

import dev.cardea.Answer;
import dev.cardea.handover.Handover;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A refusal within an include. An included resource can set neither status nor header (Servlet 6.0, 9.3), so that the client
 * would see a page with a hole in it and a 200. Whoever includes what the caller may not have is refused as a whole: the
 * answer is left for the dispatch around, which sends it as long as nothing has left for the client.
 */
final class IncludedRefusal {
    private static final String LEFT = "dev.cardea.included-refusal";

    private final HttpServletRequest request;

    IncludedRefusal(HttpServletRequest request) {
        this.request = request;
    }

    /** For the dispatch around. The first refusal counts. */
    void leave(Answer refusal) {
        if (request.getAttribute(LEFT) == null) {
            request.setAttribute(LEFT, refusal);
        }
    }

    /** The same, if the JAX-RS half refused in this include. */
    void leaveWhatJaxRsRefused() {
        if (request.getAttribute(Handover.REFUSED) instanceof Answer refusal) {
            request.removeAttribute(Handover.REFUSED);
            leave(refusal);
        }
    }

    /** Sends what an include left. */
    void refuse(HttpServletResponse response) throws IOException {
        if (left() instanceof Answer refusal && !response.isCommitted()) {
            request.removeAttribute(LEFT);
            response.reset();
            AnswerWriter.write(refusal, request, response);
        }
    }

    private @Nullable Object left() {
        return request.getAttribute(LEFT);
    }
}
