package dev.cardea.servlet;

import dev.cardea.AccessPolicy;
import dev.cardea.Answer;
import dev.cardea.Authentication;
import dev.cardea.Decision;
import dev.cardea.ResourceServer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One dispatch of one request on its way through the filter.
 *
 * <p>Nothing reaches a JAX-RS servlet unless the JAX-RS half was seen to be alive there. The anonymous caller gets there
 * only where a resource class proves that the request may be for an open method, since locators and the application's
 * own filters run before the JAX-RS half can refuse.
 */
final class Passage {
    /** Our own trouble, and not one that passes by itself: no {@code Retry-After}. */
    static final Answer CLOSED = new Answer(503, Map.of("Cache-Control", List.of("no-store")));

    private final Protection protection;
    private final ResourceServer server;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final FilterChain chain;
    private final Endpoint endpoint;

    Passage(
            Protection protection,
            Endpoint endpoint,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain) {
        this.protection = protection;
        this.server = protection.server();
        this.request = request;
        this.response = response;
        this.chain = chain;
        this.endpoint = endpoint;
    }

    void go() throws IOException, ServletException {
        if (isUnasked()) {
            chain.doFilter(request, response);
        } else if (request.getAttribute(Authentication.ATTRIBUTE) instanceof Authentication earlier
                && server.made(earlier)) {
            proceed(earlier);
        } else {
            begin();
        }
    }

    /**
     * A servlet that is open to everybody does not look at credentials. And where nothing is declared, the default is for
     * what clients ask for: an error page shows an error rather than a challenge, and a page below {@code /WEB-INF/} is
     * reached only by an endpoint that was asked for, and decided on, itself.
     */
    private boolean isUnasked() {
        return endpoint.kind() == Endpoint.Kind.SERVLET
                && (endpoint.policy().ignoresCredentials()
                        || (endpoint.declared() == null && (isErrorPage() || isInternalPage())));
    }

    private boolean isErrorPage() {
        return request.getDispatcherType() == DispatcherType.ERROR;
    }

    private boolean isInternalPage() {
        Object path =
                switch (request.getDispatcherType()) {
                    case FORWARD -> request.getServletPath();
                    case INCLUDE -> request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH);
                    default -> null;
                };
        return path instanceof String internal && internal.startsWith("/WEB-INF/") && !internal.contains("/../");
    }

    private void begin() throws IOException, ServletException {
        Authentication authentication = server.authenticate(new ServletRequestView(request, Endpoints.route(request)));
        request.setAttribute(Authentication.ATTRIBUTE, authentication);
        try {
            proceed(authentication);
        } finally {
            if (request.isAsyncStarted()) {
                request.getAsyncContext().addListener(new ConcludingListener(server, authentication));
            } else {
                server.conclude(authentication);
            }
        }
    }

    private void proceed(Authentication authentication) throws IOException, ServletException {
        Answer refusal = endpoint.kind() == Endpoint.Kind.JAXRS
                ? refusalBeforeJaxRs(authentication)
                : refusal(server.authorize(authentication, endpoint.policy()));
        if (refusal == null) {
            chain.doFilter(withCaller(authentication), response);
        } else {
            AnswerWriter.write(refusal, response);
        }
    }

    /** What the JAX-RS half would refuse anyway, or must not see; null passes the request on to it. */
    private @Nullable Answer refusalBeforeJaxRs(Authentication authentication) throws IOException, ServletException {
        if (!(authentication instanceof Authentication.Authenticated) && !mayBeOpen(authentication)) {
            return refusal(server.authorize(authentication, AccessPolicy.authenticated()));
        }
        return protection.jaxRsHalf().watchesOver(endpoint.servletName(), request, response) ? null : CLOSED;
    }

    private boolean mayBeOpen(Authentication authentication) {
        boolean refusedEverywhere = authentication instanceof Authentication.Rejected
                && !server.defaultPolicy().ignoresCredentials();
        return !refusedEverywhere
                && protection.openResources().mayBeOpen(request.getMethod(), JaxRsReadings.of(request));
    }

    private static @Nullable Answer refusal(Decision decision) {
        return decision.<Optional<Answer>>fold(caller -> Optional.empty(), Optional::of)
                .orElse(null);
    }

    /** An asynchronous dispatch may come back with the request that we had wrapped, or with the bare one. */
    private HttpServletRequest withCaller(Authentication authentication) {
        return request instanceof CallerRequest known && known.isOf(authentication.caller())
                ? request
                : new CallerRequest(request, authentication.caller());
    }
}
