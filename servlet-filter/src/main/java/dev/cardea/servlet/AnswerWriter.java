package dev.cardea.servlet;

import dev.cardea.Answer;
import jakarta.servlet.http.HttpServletResponse;

/** Sends an answer instead of the resource. */
final class AnswerWriter {
    private AnswerWriter() {}

    /**
     * Writes status and header fields, and no body. Not by {@code sendError}: that would dispatch to an error page of the
     * application, which may add a body, headers, or a redirect to a login form.
     */
    static void write(Answer answer, HttpServletResponse response) {
        if (!response.isCommitted()) {
            response.resetBuffer();
        }
        response.setStatus(answer.status());
        answer.headers().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        response.setContentLength(0);
    }
}
