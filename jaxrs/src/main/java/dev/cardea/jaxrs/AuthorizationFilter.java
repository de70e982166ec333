package dev.cardea.jaxrs;

import dev.cardea.AccessPolicy;
import dev.cardea.Authentication;
import dev.cardea.Decision;
import dev.cardea.ResourceServer;
import jakarta.annotation.Priority;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
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
        AccessPolicy policy = policies.of(matched(request), resource, server.defaultPolicy());
        Decision decision = server.authorize(authentication, policy);
        if (decision instanceof Decision.Granted granted) {
            boolean secure = request.getSecurityContext().isSecure();
            request.setSecurityContext(new CallerSecurityContext(granted.caller(), secure));
        } else {
            Refusals.ifRefused(decision, request::abortWith);
        }
    }

    /** The matched resource objects, the one whose method runs first. */
    private static List<Object> matched(ContainerRequestContext request) {
        return request.getUriInfo().getMatchedResources();
    }
}
