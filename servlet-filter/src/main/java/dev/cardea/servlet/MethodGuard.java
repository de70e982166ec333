package dev.cardea.servlet;

import dev.cardea.Answer;
import dev.cardea.Authentication;
import dev.cardea.PathRule;
import dev.cardea.ResourceServer;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The last filter of a request, in front of the servlet: a filter of the application in between may have let the client name
 * another method (by {@code X-HTTP-Method-Override}, for instance), for which another path rule holds. JAX-RS resources need
 * no second look here, since their half finds the rule by what was matched.
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
        Answer refusal = protection.server().hasRules() ? refusal(protection, request) : null;
        if (refusal == null) {
            chain.doFilter(request, response);
        } else {
            AnswerWriter.write(refusal, request, response);
        }
    }

    private static @Nullable Answer refusal(Protection protection, HttpServletRequest request) {
        ResourceServer server = protection.server();
        PathRule before = request.getAttribute(PathRule.ATTRIBUTE) instanceof PathRule rule ? rule : PathRule.none();
        PathRule now = server.rule(new ServletRequestView(request, ""));
        if (now.decidesAs(before)
                || !(request.getAttribute(Authentication.ATTRIBUTE) instanceof Authentication authentication)
                || !server.made(authentication)) {
            return null;
        }
        return Passage.refusal(server.authorize(
                authentication,
                now.and(before),
                protection.endpoints().of(request).declared()));
    }
}
