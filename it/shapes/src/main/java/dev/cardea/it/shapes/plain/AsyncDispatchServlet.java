package dev.cardea.it.shapes.plain;

import jakarta.annotation.security.PermitAll;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Open, and dispatches everybody to a servlet that is not. */
@WebServlet(urlPatterns = "/plain/async-dispatch", asyncSupported = true)
@PermitAll
public class AsyncDispatchServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        request.startAsync().dispatch("/inner/async");
    }
}
