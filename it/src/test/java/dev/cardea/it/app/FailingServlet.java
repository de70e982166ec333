package dev.cardea.it.app;

import dev.cardea.RequiresScope;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Fails for whoever may read orders. */
@WebServlet("/failing")
@RequiresScope("orders:read")
public class FailingServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws ServletException {
        throw new ServletException("failing as it is meant to");
    }
}
