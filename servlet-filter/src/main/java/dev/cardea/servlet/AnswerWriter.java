package dev.cardea.servlet;

import dev.cardea.Answer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Sends an answer instead of the resource. */
final class AnswerWriter {
    private AnswerWriter() {}

    /**
     * Writes the answer. Not by {@code sendError}: that would dispatch to an error page of the application, which may add a
     * body, headers, or a redirect to a login form.
     */
    static void write(Answer answer, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!response.isCommitted()) {
            response.resetBuffer();
        }
        response.setStatus(answer.status());
        answer.headers().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        String body = answer.body();
        if (body == null) {
            response.setContentLength(0);
        } else {
            response.setContentType(Answer.PROBLEM_JSON);
            response.setContentLength(body.length());
            if (!request.getMethod().equals("HEAD")) {
                response.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
            }
        }
    }
}
