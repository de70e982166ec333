package dev.cardea.it.app;

import dev.cardea.RequiresScope;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;

/** Answers after its dispatch has ended, in every way in which the Servlet API lets it. */
@WebServlet(urlPatterns = "/held/*", asyncSupported = true)
@RequiresScope("orders:read")
public class HeldServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final long TIMEOUT_MILLIS = 60_000;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        String id = request.getHeader("X-Request-Id");
        AsyncContext async = request.startAsync();
        async.setTimeout(TIMEOUT_MILLIS);
        switch (request.getPathInfo()) {
            case "/stream" -> {
                response.setContentType("text/event-stream");
                Held.later(() -> stream(async, id));
            }
            case "/dispatch" ->
                Held.later(() -> {
                    Held.await(id);
                    async.dispatch("/scoped");
                });
            case "/dispatch-at-once" -> async.dispatch("/closed");
            case "/complete-at-once" -> Held.later(async::complete);
            default -> async.complete();
        }
    }

    /** Not the one of {@code HttpServlet}, which may repeat what it was sent. */
    @Override
    protected void doTrace(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print("traced");
    }

    private static void stream(AsyncContext async, String id) {
        try {
            PrintWriter writer = async.getResponse().getWriter();
            writer.print("data: first\n\n");
            writer.flush();
            Held.await(id);
            writer.print("data: last\n\n");
        } catch (IOException e) {
            async.getRequest().getServletContext().log("stream", e);
        } finally {
            async.complete();
        }
    }
}
