package dev.cardea.it.app;

import jakarta.annotation.security.PermitAll;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** For the test: lets a held request go, and says which decisions about a request were told. */
@WebServlet("/control/*")
@PermitAll
public class ControlServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String id = request.getParameter("id");
        if ("/release".equals(request.getPathInfo())) {
            Held.release(id);
        } else {
            response.getWriter().print(String.join("\n", HeardDecisions.of(id)));
        }
    }
}
