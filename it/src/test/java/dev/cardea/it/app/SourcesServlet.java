package dev.cardea.it.app;

import dev.cardea.DecisionEvent;
import dev.cardea.DecisionListener;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** For the test: says where the facts about the token of a request came from, once its decision was told. */
@WebServlet("/sources")
@PermitAll
public class SourcesServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private static final Map<String, String> BY_REQUEST = new ConcurrentHashMap<>();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(BY_REQUEST.getOrDefault(request.getParameter("id"), ""));
    }

    /** Hears every decision. */
    public static final class Listener implements DecisionListener {
        @Override
        public void decided(DecisionEvent event) {
            BY_REQUEST.put(event.correlationId(), event.reason() + " " + event.source());
        }
    }
}
