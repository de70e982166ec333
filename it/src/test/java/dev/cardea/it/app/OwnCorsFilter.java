package dev.cardea.it.app;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** An application's own CORS filter, of the usual kind. */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class OwnCorsFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.addHeader("Access-Control-Allow-Origin", request.getHeader("Origin"));
        response.addHeader("Access-Control-Allow-Headers", "x-own");
        response.addHeader("Access-Control-Expose-Headers", "X-Own");
        if (request.getMethod().equals("OPTIONS") && request.getHeader("X-Pass-On") == null) {
            response.setStatus(200);
        } else {
            chain.doFilter(request, response);
        }
    }
}
