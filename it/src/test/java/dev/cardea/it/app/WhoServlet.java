package dev.cardea.it.app;

import dev.cardea.Caller;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;

/** Every way in which a servlet can ask who calls. */
@WebServlet("/who-servlet")
public class WhoServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Inject
    transient Caller caller;

    @Inject
    transient SecurityContext injected;

    @Inject
    transient WhoBean bean;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        try {
            response.getWriter()
                    .print(Who.is("caller", caller)
                            + Who.is("injected", injected)
                            + Who.is("request", request)
                            + bean.tell());
        } catch (InterruptedException e) {
            throw new ServletException(e);
        }
    }
}
