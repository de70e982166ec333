package dev.cardea.it.shapes.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;

/** The application's own: it sends two paths on to a third, before anything is matched. */
@Provider
@PreMatching
public class RewritingFilter implements ContainerRequestFilter {
    private static final Set<String> FROM = Set.of("shapes/rewritten", "shapes/rewritten-open");

    @Override
    public void filter(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath().replaceFirst("^/", "");
        if (FROM.contains(path)) {
            request.setRequestUri(request.getUriInfo()
                    .getBaseUriBuilder()
                    .path("rewriting-target")
                    .build());
        }
    }
}
