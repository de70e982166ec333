package dev.cardea.examples.orders;

import dev.cardea.RequiresScope;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A servlet without JAX-RS or CDI: the same annotation, and the standard request says who calls. */
@WebServlet("/plain/servlet")
@RequiresScope("orders:read")
public class PlainServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().print("hello " + request.getRemoteUser());
    }
}
