package dev.cardea.servlet;

import dev.cardea.Answer;
import dev.cardea.Authentication;
import dev.cardea.Caller;
import dev.cardea.CorrelationId;
import dev.cardea.PathRule;
import dev.cardea.handover.CurrentCaller;
import dev.cardea.handover.LivenessProbe;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The first filter of every dispatch: authenticates a request once, decides for servlets, and passes on to JAX-RS what
 * the JAX-RS half is to decide. {@link Passage} says how.
 */
final class CardeaFilter implements Filter {
    /** Our own trouble, and not one that passes by itself: no {@code Retry-After}. */
    private static final Answer CLOSED = new Answer(503, Map.of("Cache-Control", List.of("no-store")));

    private volatile @Nullable Protection protection;

    /** From here on requests are answered; until then every one of them is 503. */
    void open(Protection newProtection) {
        protection = newProtection;
    }

    /** @throws IllegalStateException if the filter is closed, and so nothing gets past it */
    Protection protection() {
        Protection current = protection;
        if (current == null) {
            throw new IllegalStateException("a request came past the closed filter");
        }
        return current;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        doFilter(request, response, chain, null);
    }

    /** @param servletName what the dispatch is for, or null for what the request says */
    void doFilter(
            ServletRequest anyRequest, ServletResponse anyResponse, FilterChain chain, @Nullable String servletName)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) anyRequest;
        HttpServletResponse response = (HttpServletResponse) anyResponse;
        Protection current = protection;
        nameRequest(request, response);
        if (current == null) {
            AnswerWriter.write(CLOSED, request, response);
        } else if (isOwnProbe(request)) {
            chain.doFilter(request, response);
        } else {
            current.lateServlets().tellOnce();
            Endpoint endpoint = servletName == null
                    ? current.webSockets().with(current.endpoints().of(request), request)
                    : current.endpoints().named(servletName);
            PathRule rule = rule(current, endpoint, request, servletName);
            pass(new Passage(current, endpoint, rule, request, response, chain), request);
            RefusedInclude.keepWhatJaxRsRefused(request);
            RefusedInclude.answer(request, response);
        }
    }

    private static PathRule rule(
            Protection protection, Endpoint endpoint, HttpServletRequest request, @Nullable String servletName) {
        ServletRequestView view = new ServletRequestView(request, endpoint.servletName());
        return servletName == null || (isByPath(request) && endpoint.isMappedTo(view.matchedPath()))
                ? protection.server().rule(view)
                : protection.server().ruleOfAll(request.getMethod(), endpoint.paths());
    }

    /** A dispatch by name sets none of these attributes (Servlet 6.0, 9.3.1 and 9.4.2). */
    private static boolean isByPath(HttpServletRequest request) {
        return request.getAttribute(
                        request.getDispatcherType() == DispatcherType.INCLUDE
                                ? RequestDispatcher.INCLUDE_REQUEST_URI
                                : RequestDispatcher.FORWARD_REQUEST_URI)
                != null;
    }

    /** Before the chain, so that the application may give the answer a name of its own. */
    private static void nameRequest(HttpServletRequest request, HttpServletResponse response) {
        if (!response.containsHeader(CorrelationId.HEADER)) {
            response.setHeader(CorrelationId.HEADER, new ServletRequestView(request, "").correlationId());
        }
    }

    /** For the time of the dispatch the thread works for the caller, so that tasks it hands over can be told who he is. */
    private static void pass(Passage passage, HttpServletRequest request) throws IOException, ServletException {
        Supplier<Caller> before = CurrentCaller.set(() -> callerOf(request));
        try {
            passage.go();
        } finally {
            CurrentCaller.set(before);
        }
    }

    private static Caller callerOf(HttpServletRequest request) {
        return request.getAttribute(Authentication.ATTRIBUTE) instanceof Authentication authentication
                ? authentication.caller()
                : Caller.anonymous();
    }

    private static boolean isOwnProbe(HttpServletRequest request) {
        return request.getAttribute(LivenessProbe.ATTRIBUTE) instanceof LivenessProbe;
    }
}
