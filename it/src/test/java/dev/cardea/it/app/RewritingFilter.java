package dev.cardea.it.app;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;

/** As many applications have it: the client may name another method; and another path, for the sake of the test. */
@Provider
@PreMatching
public class RewritingFilter implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        String method = request.getHeaderString("X-HTTP-Method-Override");
        if (method != null) {
            request.setMethod(method);
        }
        String path = request.getHeaderString("X-Rewrite-To");
        if (path != null) {
            request.setRequestUri(request.getUriInfo().getBaseUri().resolve(path));
        }
    }
}
