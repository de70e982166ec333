package dev.cardea.servlet;

import dev.cardea.AccessRefusedException;
import dev.cardea.Answer;
import dev.cardea.CorrelationId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs the rest of a chain, and answers for a bean that it called and that the caller may not call.
 *
 * <p>Not from within an include, where no status can be set: what is thrown there is for the dispatch around it. Once a part
 * of the response was sent, the exception goes on to the container, which ends the connection.
 */
final class CallRefusal {
    private static final int DEEPEST_CAUSE = 20;

    private CallRefusal() {}

    /** @param exposing tells browsers of other origins what they may read of the answer */
    static void answered(FilterChain chain, HttpServletRequest request, HttpServletResponse response, Runnable exposing)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (IOException | ServletException | RuntimeException e) {
            Answer answer = answerIn(e);
            if (answer == null || response.isCommitted() || RefusedInclude.isIn(request)) {
                throw e;
            }
            forget(response);
            exposing.run();
            AnswerWriter.write(answer, request, response);
        }
    }

    /** A challenge, and nothing that the endpoint had begun to say; but whose request it was, and which pages may read it. */
    private static void forget(HttpServletResponse response) {
        Map<String, List<String>> kept = new LinkedHashMap<>();
        for (String name : response.getHeaderNames()) {
            if (isAboutTheRequest(name.toLowerCase(Locale.ROOT))) {
                kept.put(name, List.copyOf(response.getHeaders(name)));
            }
        }
        response.reset();
        kept.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
    }

    private static boolean isAboutTheRequest(String name) {
        return name.startsWith("access-control-") || name.equals("vary") || name.equalsIgnoreCase(CorrelationId.HEADER);
    }

    /** Containers and frameworks wrap: {@code ServletException}, {@code EJBException}, {@code CompletionException}. */
    private static @Nullable Answer answerIn(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof AccessRefusedException refused) {
                return refused.answer();
            }
            cause = cause.getCause();
        }
        return null;
    }
}
