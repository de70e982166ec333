package dev.cardea.it.app;

import jakarta.annotation.security.DenyAll;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A secret for nobody. */
@WebServlet(urlPatterns = "/closed", asyncSupported = true)
@DenyAll
public class ClosedServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print("secret");
    }
}
