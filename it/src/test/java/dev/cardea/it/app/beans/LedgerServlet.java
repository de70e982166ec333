package dev.cardea.it.app.beans;

import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A servlet that everybody may use, as far as the beans behind it let them. */
@WebServlet(urlPatterns = "/ledger/*", asyncSupported = true)
@PermitAll
public class LedgerServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Inject
    private transient Desk desk;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String what = request.getPathInfo().substring(1);
        String how = String.valueOf(request.getQueryString());
        boolean first = request.getDispatcherType() == DispatcherType.REQUEST;
        if (first && (how.equals("include") || how.equals("forward"))) {
            dispatch(how, "/ledger/" + what, request, response);
        } else if (first && how.equals("async")) {
            request.startAsync().dispatch("/ledger/" + what);
        } else {
            answer(what, how, response);
        }
    }

    private static void dispatch(String how, String path, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (how.equals("include")) {
            request.getRequestDispatcher(path).include(request, response);
        } else {
            request.getRequestDispatcher(path).forward(request, response);
        }
    }

    private void answer(String what, String how, HttpServletResponse response) throws ServletException, IOException {
        response.setContentType("text/plain");
        response.setHeader("X-Begun", "yes");
        response.getWriter().print("begun ");
        if (how.equals("committed")) {
            response.flushBuffer();
        }
        try {
            response.getWriter().print(desk.ask(what));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }
}
