package dev.cardea.it.app;

import jakarta.annotation.security.PermitAll;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Tells the test what ran. */
@WebServlet("/runs")
@PermitAll
public class RunsServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print("locator=" + Runs.LOCATOR + " sub-resource=" + Runs.SUB_RESOURCE);
    }
}
