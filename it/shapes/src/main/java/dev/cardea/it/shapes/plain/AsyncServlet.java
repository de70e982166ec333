package dev.cardea.it.shapes.plain;

import dev.cardea.RequiresScope;
import dev.cardea.it.shapes.Reached;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Requires a scope itself, and lets another thread write its answer. */
@WebServlet(urlPatterns = "/plain/async", asyncSupported = true)
@RequiresScope("orders:read")
public class AsyncServlet extends MarkedServlet {
    private static final long serialVersionUID = 1;

    public AsyncServlet() {
        super("plain/async");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        AsyncContext context = request.startAsync();
        context.start(() -> answer(context));
    }

    private static void answer(AsyncContext context) {
        HttpServletResponse response = (HttpServletResponse) context.getResponse();
        response.setContentType("text/plain;charset=UTF-8");
        try {
            response.getWriter().print(Reached.by("plain/async"));
        } catch (IOException e) {
            response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
        }
        context.complete();
    }
}
