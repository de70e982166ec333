package dev.cardea.it.app;

import dev.cardea.route.PathReadings;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;

/** Opened by a path rule. Passes requests on to what another rule protects, or says how the server reads its path. */
@WebServlet(name = "routed-public", urlPatterns = "/public/*", asyncSupported = true)
public class RoutedPublicServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        RequestDispatcher byPath = request.getRequestDispatcher("/secret/x");
        RequestDispatcher byName = getServletContext().getNamedDispatcher("routed");
        switch (String.valueOf(request.getQueryString())) {
            case "forward" -> byPath.forward(request, response);
            case "include" -> byPath.include(request, response);
            case "async" -> request.startAsync().dispatch("/secret/x");
            case "forward-by-name" -> byName.forward(request, response);
            case "include-by-name" -> byName.include(request, response);
            case "forward-to-resource" ->
                request.getRequestDispatcher("/api/secret/1").forward(request, response);
            case "include-resource" ->
                request.getRequestDispatcher("/api/secret/1").include(request, response);
            case "headers" -> {
                for (String name : Collections.list(request.getHeaderNames())) {
                    response.getWriter().println(name + ": " + Collections.list(request.getHeaders(name)));
                }
                response.getWriter().println(request.getHeader("X-Remote-User"));
            }
            default -> response.getWriter().print(view(request));
        }
    }

    /** Whether the path as this server decoded it is one of the ways in which Cardea reads what was sent. */
    private static String view(HttpServletRequest request) {
        String info = request.getPathInfo() == null ? "" : request.getPathInfo();
        String matched = request.getContextPath() + request.getServletPath() + info;
        Set<String> readings = PathReadings.of(request.getRequestURI());
        return readings.contains(matched) ? "agreed" : "the server reads " + matched + ", Cardea " + readings;
    }
}
