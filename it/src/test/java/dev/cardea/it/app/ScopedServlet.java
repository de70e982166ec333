package dev.cardea.it.app;

import dev.cardea.RequiresScope;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A secret for whoever may read orders. */
@WebServlet(urlPatterns = "/scoped", asyncSupported = true)
@RequiresScope("orders:read")
public class ScopedServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print("secret");
    }
}
