package dev.cardea.jaxrs;

import dev.cardea.AccessPolicy;
import dev.cardea.Authentication;
import dev.cardea.CorrelationId;
import dev.cardea.CrossOrigin;
import dev.cardea.Decision;
import dev.cardea.PathRule;
import dev.cardea.ResourceServer;
import dev.cardea.handover.Handover;
import dev.cardea.handover.LivenessProbe;
import jakarta.annotation.Priority;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * Before matching: answers the servlet filter's probe, and does that filter's work where it is not in front.
 *
 * <p>Without the servlet filter nothing proves, before a resource is matched, that a request may be anonymous, and
 * sub-resource locators run while matching. So every request needs a token then.
 */
@PreMatching
@Priority(Integer.MIN_VALUE)
public final class AuthenticationFilter implements ContainerRequestFilter, ContainerResponseFilter {
    private static final int NO_CONTENT = 204;
    private static final String SERVER = "dev.cardea.jaxrs.server";
    private static final String STANDS_ALONE = "dev.cardea.jaxrs.stands-alone";

    @Context
    private @Nullable ServletContext servletContext;

    @Context
    private @Nullable HttpServletRequest servletRequest;

    /** For JAX-RS, which injects the servlet context, and a request that is the current one at each call. */
    public AuthenticationFilter() {}

    AuthenticationFilter(ServletContext servletContext, @Nullable HttpServletRequest servletRequest) {
        this.servletContext = servletContext;
        this.servletRequest = servletRequest;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getProperty(LivenessProbe.ATTRIBUTE) instanceof LivenessProbe probe) {
            probe.answer();
            request.abortWith(Response.status(NO_CONTENT).build());
            return;
        }
        ResourceServer server = ApplicationServer.of(servletContext);
        request.setProperty(SERVER, server);
        if (!(request.getProperty(Authentication.ATTRIBUTE) instanceof Authentication authentication)
                || !server.made(authentication)) {
            standAlone(server, request);
        }
    }

    private void standAlone(ResourceServer server, ContainerRequestContext request) {
        JaxRsRequestView view = new JaxRsRequestView(request, servletRequest);
        boolean preflight = server.crossOrigin().isPreflight(view);
        PathRule rule = preflight ? PathRule.none() : server.rule(view);
        Authentication authentication = server.authenticate(view, rule);
        request.setProperty(PathRule.ATTRIBUTE, rule);
        request.setProperty(Authentication.ATTRIBUTE, authentication);
        request.setProperty(STANDS_ALONE, Boolean.TRUE);
        request.getHeaders().keySet().removeIf(server::removesHeader);
        if (preflight) {
            request.setProperty(Handover.PREFLIGHT, Boolean.TRUE);
        } else if (!(authentication instanceof Authentication.Authenticated)) {
            Decision decision = server.authorize(authentication, rule, AccessPolicy.authenticated());
            Refusals.ifRefused(decision, request);
        }
    }

    /**
     * After the application's response filters: tells browsers what nobody has told them, and where the servlet filter is not
     * in front, does what it would do at the end: names the answer and ends the request's record. May run on a thread of the
     * application (a stream's first event), where what JAX-RS injects cannot be asked.
     */
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(SERVER) instanceof ResourceServer server
                && request.getProperty(Authentication.ATTRIBUTE) instanceof Authentication authentication) {
            JaxRsRequestView view = new JaxRsRequestView(request, servletRequest);
            ResponseFields fields = new ResponseFields(response.getHeaders());
            tellBrowsers(server.crossOrigin(), view, fields);
            if (request.getProperty(Handover.NOTED) == null && request.getProperty(Handover.REFUSED) == null) {
                note(authentication, response);
            }
            if (request.getProperty(STANDS_ALONE) != null) {
                if (fields.all(CorrelationId.HEADER).isEmpty()) {
                    fields.set(CorrelationId.HEADER, view.correlationId());
                }
                server.conclude(authentication);
            }
        }
    }

    /** After the application's own filters, so that nothing of it is taken back. */
    private static void note(Authentication authentication, ContainerResponseContext response) {
        authentication.answerFields().forEach((name, value) -> {
            if (name.equals("Vary")) {
                response.getHeaders().add(name, value);
            } else {
                response.getHeaders().putSingle(name, value);
            }
        });
    }

    private static void tellBrowsers(CrossOrigin crossOrigin, JaxRsRequestView view, ResponseFields fields) {
        if (view.request().getProperty(Handover.PREFLIGHT) != null) {
            crossOrigin.answerPreflight(view, fields);
        } else if (view.request().getProperty(Handover.CROSS_ORIGIN_SETTLED) == null) {
            crossOrigin.expose(view, fields);
        }
    }
}
