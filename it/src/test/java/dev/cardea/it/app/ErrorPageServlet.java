package dev.cardea.it.app;

import dev.cardea.Caller;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The application's error page: declares nothing, and says to whom it is shown. */
@WebServlet("/error-page")
public class ErrorPageServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Inject
    transient Caller caller;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print("error page for " + request.getRemoteUser() + " alias " + caller.getName());
    }
}
