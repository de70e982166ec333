package dev.cardea.servlet;

import dev.cardea.Answer;
import dev.cardea.Authentication;
import dev.cardea.PathRule;
import dev.cardea.ResourceServer;
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
 * The last filter of a request, in front of the servlet: a filter of the application in between may have let the client name
 * another method (by {@code X-HTTP-Method-Override}, for instance), for which another path rule holds. JAX-RS resources need
 * no second look here, since their half finds the rule by what was matched.
 *
 * <p>What was asked for by the method that was sent is met already; what holds for the other one has to be met as well, be it the
 * default. A rule that opens the one opens nothing else.
 */
final class MethodGuard implements Filter {
    private final CardeaFilter first;

    MethodGuard(CardeaFilter first) {
        this.first = first;
    }

    @Override
    public void doFilter(ServletRequest anyRequest, ServletResponse anyResponse, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) anyRequest;
        HttpServletResponse response = (HttpServletResponse) anyResponse;
        Protection protection = first.protection();
        if (!protection.server().hasRules()) {
            chain.doFilter(request, response);
            return;
        }
        ServletRequestView view = new ServletRequestView(request, Endpoints.route(request));
        PathRule rule = protection.server().rule(view);
        Endpoint endpoint = protection.endpoints().of(request);
        if (rule.decidesAs(before(request)) || isForJaxRs(request, endpoint, rule)) {
            chain.doFilter(request, response);
            return;
        }
        Authentication authentication = authentication(protection.server(), view, rule);
        Answer refusal = Passage.refusal(protection.server().authorize(authentication, rule, endpoint.declared()));
        if (refusal == null) {
            chain.doFilter(new CallerRequest(request, authentication), response);
        } else {
            AnswerWriter.write(refusal, request, response);
        }
    }

    /** A preflight is on its way to that half, which ends it; what holds without a rule, only that half knows. */
    private static boolean isForJaxRs(HttpServletRequest request, Endpoint endpoint, PathRule rule) {
        return endpoint.kind() == Endpoint.Kind.JAXRS
                && (rule.isAbsent() || request.getAttribute(Handover.PREFLIGHT) != null);
    }

    private static PathRule before(HttpServletRequest request) {
        return request.getAttribute(PathRule.ATTRIBUTE) instanceof PathRule rule ? rule : PathRule.none();
    }

    /** The first filter has not looked at credentials where the servlet is open to everybody but for the rule. */
    private static Authentication authentication(ResourceServer server, ServletRequestView view, PathRule rule) {
        if (view.request().getAttribute(Authentication.ATTRIBUTE) instanceof Authentication known
                && server.made(known)) {
            return known;
        }
        Authentication authentication = server.authenticate(view, rule);
        view.request().setAttribute(Authentication.ATTRIBUTE, authentication);
        return authentication;
    }
}
