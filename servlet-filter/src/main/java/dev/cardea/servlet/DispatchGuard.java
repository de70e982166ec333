package dev.cardea.servlet;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;

/**
 * {@link CardeaFilter} in front of one servlet, for dispatches in which the request does not tell which servlet they are
 * for: to a named dispatcher no filter applies that is mapped to a URL pattern, and an include has the including servlet's
 * mapping on Undertow, attribute and all.
 */
final class DispatchGuard implements Filter {
    private final CardeaFilter filter;
    private final String servletName;

    DispatchGuard(CardeaFilter filter, String servletName) {
        this.filter = filter;
        this.servletName = servletName;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        filter.doFilter(request, response, chain, servletName);
    }
}
