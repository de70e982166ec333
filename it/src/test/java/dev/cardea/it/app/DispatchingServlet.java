package dev.cardea.it.app;

import jakarta.annotation.security.PermitAll;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Open to everybody, and passes every request on: to pages, or to the secret. */
@WebServlet(urlPatterns = "/dispatching", asyncSupported = true)
@PermitAll
public class DispatchingServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        RequestDispatcher byPath = request.getRequestDispatcher("/scoped");
        RequestDispatcher byName = getServletContext().getNamedDispatcher(ScopedServlet.class.getName());
        switch (request.getQueryString()) {
            case "page" -> request.getRequestDispatcher("/WEB-INF/page.jsp").forward(request, response);
            case "include-page" ->
                request.getRequestDispatcher("/WEB-INF/page.jsp").include(request, response);
            case "outside-page" -> request.getRequestDispatcher("/page.jsp").forward(request, response);
            case "forward" -> byPath.forward(request, response);
            case "include" -> byPath.include(request, response);
            case "async" -> request.startAsync().dispatch("/scoped");
            case "forward-by-name" -> byName.forward(request, response);
            case "forward-to-vault" ->
                getServletContext().getNamedDispatcher("vault").forward(request, response);
            case "include-by-name" -> byName.include(request, response);
            default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }
}
