package dev.cardea.servlet;

import dev.cardea.AccessPolicy;
import dev.cardea.Answer;
import dev.cardea.Authentication;
import dev.cardea.Decision;
import dev.cardea.PathRule;
import dev.cardea.ResourceServer;
import dev.cardea.handover.Handover;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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
    private final Protection protection;
    private final ResourceServer server;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final FilterChain chain;
    private final Endpoint endpoint;
    private final PathRule rule;
    private final boolean preflight;

    /** @param rule the rule for this dispatch */
    Passage(
            Protection protection,
            Endpoint endpoint,
            PathRule rule,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain) {
        this.protection = protection;
        this.server = protection.server();
        this.request = request;
        this.response = response;
        this.chain = chain;
        this.endpoint = endpoint;
        this.preflight = request.getDispatcherType() == DispatcherType.REQUEST
                && server.crossOrigin().isPreflight(new ServletRequestView(request, ""));
        this.rule = preflight || isErrorPage() || isInternalPage() ? PathRule.behind() : rule;
    }

    void go() throws IOException, ServletException {
        Authentication earlier = earlier();
        if (!preflight && isUnasked()) {
            goUnasked(earlier);
        } else if (earlier == null) {
            begin();
        } else {
            proceed(earlier);
        }
    }

    /** What an earlier dispatch of this request found out, for this application. */
    private @Nullable Authentication earlier() {
        return request.getAttribute(Authentication.ATTRIBUTE) instanceof Authentication known && server.made(known)
                ? known
                : null;
    }

    /**
     * A servlet that is open to everybody does not look at credentials. And where nothing is declared, rules and the default
     * are for what clients ask for: an error page shows an error rather than a challenge, and a page below {@code /WEB-INF/} is
     * reached only by an endpoint that was asked for, and decided on, itself.
     */
    private boolean isUnasked() {
        return endpoint.kind() == Endpoint.Kind.SERVLET
                && rule.isAbsent()
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

    /** A bean that the endpoint calls may ask for credentials after all. */
    private void goUnasked(@Nullable Authentication earlier) throws IOException, ServletException {
        boolean first = !(request.getAttribute(Authentication.ATTRIBUTE) instanceof Authentication);
        // The page that shows an error may say to whom: the container gives it the request as it was before we wrapped
        // it.
        HttpServletRequest passed =
                earlier != null && isErrorPage() ? withCaller(earlier) : ScrubbedRequest.of(request, server);
        try {
            CallRefusal.answered(chain, passed, response, this::expose);
        } finally {
            if (first && request.getAttribute(Authentication.ATTRIBUTE) instanceof Authentication asked) {
                conclude(asked);
            }
        }
    }

    private void begin() throws IOException, ServletException {
        Authentication authentication =
                server.authenticate(new ServletRequestView(request, Endpoints.route(request)), rule);
        request.setAttribute(Authentication.ATTRIBUTE, authentication);
        if (preflight) {
            request.setAttribute(Handover.PREFLIGHT, Boolean.TRUE);
        }
        try {
            proceed(authentication);
        } finally {
            conclude(authentication);
        }
    }

    private void conclude(Authentication authentication) {
        if (request.isAsyncStarted()) {
            request.getAsyncContext().addListener(new ConcludingListener(server, authentication));
        } else {
            server.conclude(authentication);
        }
    }

    private void proceed(Authentication authentication) throws IOException, ServletException {
        Answer refusal = refusalHere(authentication);
        if (refusal == null) {
            passOn(authentication);
        } else {
            expose();
            AnswerWriter.write(refusal, request, response);
        }
    }

    private void expose() {
        server.crossOrigin().expose(new ServletRequestView(request, ""), new ResponseFields(response));
    }

    /** A preflight is let in as far as {@link CrossOriginFilter}, or the JAX-RS half's equivalent. */
    private @Nullable Answer refusalHere(Authentication authentication) throws IOException, ServletException {
        if (preflight) {
            return null;
        }
        return endpoint.kind() == Endpoint.Kind.JAXRS
                ? refusalBeforeJaxRs(authentication)
                : refusal(server.authorize(authentication, rule, endpoint.declared()));
    }

    /** The JAX-RS half needs the rule of this dispatch; afterwards that of the dispatch around it stands again. */
    private void passOn(Authentication authentication) throws IOException, ServletException {
        HttpServletResponse noted = noted(authentication);
        Object around = request.getAttribute(PathRule.ATTRIBUTE);
        if (around == null && rule.isAbsent() && rule.reportsNothing()) {
            CallRefusal.answered(chain, withCaller(authentication), noted, this::expose);
            return;
        }
        request.setAttribute(PathRule.ATTRIBUTE, rule);
        try {
            CallRefusal.answered(chain, withCaller(authentication), noted, this::expose);
        } finally {
            request.setAttribute(PathRule.ATTRIBUTE, around);
        }
    }

    /** Once for a request: what is dispatched further finds the response as it was handed on. */
    private HttpServletResponse noted(Authentication authentication) {
        Map<String, String> notes = authentication.answerFields();
        if (notes.isEmpty() || request.getAttribute(Handover.NOTED) != null) {
            return response;
        }
        request.setAttribute(Handover.NOTED, Boolean.TRUE);
        return new NotedResponse(response, notes);
    }

    /** What the JAX-RS half would refuse anyway, or must not see; null passes the request on to it. */
    private @Nullable Answer refusalBeforeJaxRs(Authentication authentication) throws IOException, ServletException {
        Answer byRule = rule.isAbsent() ? null : refusal(server.admit(authentication, rule));
        if (byRule != null) {
            return byRule;
        }
        Answer byDeclaration = endpoint.declared() == null
                ? null
                : refusal(server.authorize(authentication, rule, endpoint.declared())); // a WebSocket endpoint's
        if (byDeclaration != null) {
            return byDeclaration;
        }
        if (!(authentication instanceof Authentication.Authenticated) && !rule.isOpen() && !mayBeOpen(authentication)) {
            Answer withoutToken = refusal(server.authorize(authentication, rule, AccessPolicy.authenticated()));
            if (withoutToken != null) { // credentials that an open path left alone may turn out to be good
                return withoutToken;
            }
        }
        return protection.jaxRsHalf().watchesOver(endpoint.servletName(), request, response)
                ? null
                : server.closed(new ServletRequestView(request, Endpoints.route(request)));
    }

    private boolean mayBeOpen(Authentication authentication) {
        boolean refusedEverywhere = authentication instanceof Authentication.Rejected
                && !server.defaultPolicy().ignoresCredentials();
        return !refusedEverywhere
                && protection.openResources().mayBeOpen(request.getMethod(), JaxRsReadings.of(request));
    }

    static @Nullable Answer refusal(Decision decision) {
        return decision.<Optional<Answer>>fold(caller -> Optional.empty(), Optional::of)
                .orElse(null);
    }

    /** An asynchronous dispatch may come back with the request that we had wrapped, or with the bare one. */
    private HttpServletRequest withCaller(Authentication authentication) {
        return request instanceof CallerRequest known && known.isOf(authentication)
                ? request
                : new CallerRequest(ScrubbedRequest.of(request, server), authentication);
    }
}
