package dev.cardea.cdi;

import dev.cardea.AccessPolicy;
import dev.cardea.AccessRefusedException;
import dev.cardea.Authentication;
import dev.cardea.Decision;
import dev.cardea.ResourceServer;
import dev.cardea.handover.Handover;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.inject.Instance;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The request that the current thread handles, and whether its caller may call a bean.
 *
 * <p>Asked through the container's own request object, of which only the attributes are those that the adapters set.
 */
final class CurrentRequest {
    private CurrentRequest() {}

    /**
     * Returns if the caller may.
     *
     * @throws AccessRefusedException if not
     * @throws IllegalStateException if no request is handled, so that there is nobody to ask
     */
    static void requireAllowed(AccessPolicy policy, String called, Instance<Object> lookup) {
        HttpServletRequest request = find(lookup);
        if (request == null) {
            if (policy.isOpen()) {
                return;
            }
            throw new IllegalStateException(called + " requires " + policy + ", and no request is being handled here"
                    + " whose caller could be asked: an asynchronous call, an observer of an asynchronous event, a timer,"
                    + " the start of the application. Let code without @RequiresScope and @RolesAllowed do this work, and"
                    + " call it from the guarded method and from here.");
        }
        ResourceServer server = server(request.getServletContext());
        Decision decision = server.authorizeCall(authentication(request, server), policy);
        decision.fold(caller -> caller, answer -> {
            throw new RefusedCallException(called, answer);
        });
    }

    private static @Nullable HttpServletRequest find(Instance<Object> lookup) {
        try {
            HttpServletRequest request = lookup.select(HttpServletRequest.class).get();
            // What was injected is a proxy: only a call tells whether there is a request behind it.
            return request.getMethod() == null ? null : request;
        } catch (ContextNotActiveException | IllegalStateException e) {
            return null;
        }
    }

    private static ResourceServer server(ServletContext context) {
        if (context.getAttribute(Handover.RESOURCE_SERVER) instanceof ResourceServer server) {
            return server;
        }
        throw new IllegalStateException(Handover.NOT_STARTED);
    }

    /** An endpoint that does not look at credentials leaves it to the bean to have them looked at. */
    private static Authentication authentication(HttpServletRequest request, ResourceServer server) {
        if (request.getAttribute(Authentication.ATTRIBUTE) instanceof Authentication known && server.made(known)) {
            return known;
        }
        Authentication authentication = server.authenticate(new ServletRequestView(request));
        request.setAttribute(Authentication.ATTRIBUTE, authentication);
        return authentication;
    }
}
