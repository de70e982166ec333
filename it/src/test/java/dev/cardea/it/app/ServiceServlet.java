package dev.cardea.it.app;

import dev.cardea.RequiresScope;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A secret for whoever may read orders, whatever the method: {@code OPTIONS} too. */
@WebServlet("/service")
@RequiresScope("orders:read")
public class ServiceServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("X-Ran", "service");
        response.getWriter().print("secret");
    }
}
