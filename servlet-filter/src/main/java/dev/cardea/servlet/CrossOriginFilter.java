package dev.cardea.servlet;

import dev.cardea.CrossOrigin;
import dev.cardea.handover.Handover;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The last filter before the servlet, of requests as clients send them: ends preflights, which {@link CardeaFilter} lets in
 * without credentials so that the application's own CORS filter may answer, and tells browsers what nobody has told them yet.
 *
 * <p>A filter that comes later all the same (mapped to a servlet's name, or registered later) sees no preflight.
 */
final class CrossOriginFilter implements Filter {
    private static final int NO_CONTENT = 204;

    private final CardeaFilter first;

    CrossOriginFilter(CardeaFilter first) {
        this.first = first;
    }

    @Override
    public void doFilter(ServletRequest anyRequest, ServletResponse anyResponse, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) anyRequest;
        HttpServletResponse response = (HttpServletResponse) anyResponse;
        Protection protection = first.protection();
        CrossOrigin crossOrigin = protection.server().crossOrigin();
        ServletRequestView view = new ServletRequestView(request, "");
        ResponseFields fields = new ResponseFields(response);
        boolean preflight = request.getAttribute(Handover.PREFLIGHT) != null;
        if (!crossOrigin.isOff() || preflight) {
            Endpoint endpoint = protection.endpoints().of(request);
            boolean here = endpoint.kind() == Endpoint.Kind.SERVLET || crossOrigin.isDecided(fields);
            if (preflight && (here || !protection.jaxRsHalf().watchesOver(endpoint.servletName(), request, response))) {
                crossOrigin.answerPreflight(view, fields);
                response.setStatus(NO_CONTENT);
                return;
            }
            if (here) {
                crossOrigin.expose(view, fields);
                request.setAttribute(Handover.CROSS_ORIGIN_SETTLED, Boolean.TRUE);
            }
        }
        chain.doFilter(request, response);
    }
}
