package dev.cardea.jaxrs;

import dev.cardea.Authentication;
import dev.cardea.Decision;
import dev.cardea.PathRule;
import dev.cardea.ResourceServer;
import dev.cardea.handover.Handover;
import jakarta.annotation.Priority;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * After matching: what the resource method asks for against who makes the request, before any other request filter and
 * before the body is read.
 */
@Priority(Integer.MIN_VALUE)
public final class AuthorizationFilter implements ContainerRequestFilter {
    private final ResourcePolicies policies = new ResourcePolicies();

    @Context
    private @Nullable ServletContext servletContext;

    @Context
    private @Nullable ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        if (!(request.getProperty(Authentication.ATTRIBUTE) instanceof Authentication authentication)) {
            throw new IllegalStateException("a request was matched that AuthenticationFilter has not seen");
        }
        ResourceServer server = ApplicationServer.of(servletContext);
        ResourcePolicies.Policies declared =
                policies.of(matched(request), resource, server.defaultPolicy(), this::annotated);
        Decision decision = decide(request, server, authentication, declared);
        if (decision instanceof Decision.Granted granted) {
            boolean secure = request.getSecurityContext().isSecure();
            request.setSecurityContext(new CallerSecurityContext(granted.caller(), secure));
        } else {
            Refusals.ifRefused(decision, request);
        }
    }

    /**
     * By the rule of the dispatch that led here, and that of what was matched: a pre-matching filter of the application may have
     * changed method and path, and JAX-RS reads paths in its own way. A rule that opens what was sent opens nothing that no
     * rule is for.
     */
    private static Decision decide(
            ContainerRequestContext request,
            ResourceServer server,
            Authentication authentication,
            ResourcePolicies.Policies declared) {
        PathRule matched = server.rule(new JaxRsRequestView(request, null));
        PathRule both = request.getProperty(PathRule.ATTRIBUTE) instanceof PathRule dispatched
                ? dispatched.and(matched)
                : matched;
        Decision decision = server.authorize(authentication, both, declared.under(both));
        return decision instanceof Decision.Granted && matched.isAbsent() && !both.isAbsent()
                ? server.authorize(authentication, matched, declared.under(matched))
                : decision;
    }

    /** What the servlet half was shown; where that half is not there, nothing. */
    private Collection<Class<?>> annotated() {
        ServletContext context = servletContext;
        if (context == null || !(context.getAttribute(Handover.ANNOTATED) instanceof Collection<?> shown)) {
            return List.of();
        }
        List<Class<?>> types = new ArrayList<>();
        shown.forEach(type -> types.add((Class<?>) type));
        return types;
    }

    /** The matched resource objects, the one whose method runs first. */
    private static List<Object> matched(ContainerRequestContext request) {
        return request.getUriInfo().getMatchedResources();
    }
}
