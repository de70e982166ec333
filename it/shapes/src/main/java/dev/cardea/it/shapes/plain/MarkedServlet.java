package dev.cardea.it.shapes.plain;

import dev.cardea.it.shapes.Reached;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Says its marker to every method that has a handler of its own in {@link HttpServlet}. */
abstract class MarkedServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final String shape;

    MarkedServlet(String shape) {
        this.shape = shape;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // Said again because an error page starts with the status of the error.
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().print(Reached.by(shape));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        doGet(request, response);
    }

    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        doGet(request, response);
    }

    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) throws IOException {
        doGet(request, response);
    }
}
