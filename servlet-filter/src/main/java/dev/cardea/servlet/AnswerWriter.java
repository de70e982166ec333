package dev.cardea.servlet;

import dev.cardea.Answer;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Sends an answer instead of the resource. */
final class AnswerWriter {
    private AnswerWriter() {}

    /**
     * Writes the answer. Not by {@code sendError}: that would dispatch to an error page of the application, which may add a
     * body, headers, or a redirect to a login form. In an include it is kept for the dispatch around it.
     */
    static void write(Answer answer, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (RefusedInclude.isIn(request)) {
            RefusedInclude.keep(answer, request);
        } else {
            send(answer, request, response);
        }
    }

    private static void send(Answer answer, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
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
                write(body, response);
            }
        }
    }

    /** A page whose include was refused may have taken the writer. */
    private static void write(String body, HttpServletResponse response) throws IOException {
        ServletOutputStream out;
        try {
            out = response.getOutputStream();
        } catch (IllegalStateException taken) {
            response.getWriter().write(body);
            return;
        }
        out.write(body.getBytes(StandardCharsets.US_ASCII));
    }
}
