package dev.cardea.jaxrs;

import dev.cardea.handover.Handover;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Response;

/**
 * The last before matching: ends CORS preflights, which come this far without credentials so that the application's own
 * filters may answer. {@link AuthenticationFilter} adds what the answer says.
 */
@PreMatching
@Priority(Integer.MAX_VALUE)
public final class PreflightFilter implements ContainerRequestFilter {
    private static final int NO_CONTENT = 204;

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getProperty(Handover.PREFLIGHT) != null) {
            request.abortWith(Response.status(NO_CONTENT).build());
        }
    }
}
