package dev.cardea.it.app;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

/** The same by the means of JAX-RS. */
@Provider
@PreMatching
public class OwnCorsProvider implements ContainerRequestFilter, ContainerResponseFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getMethod().equals("OPTIONS") && request.getHeaderString("X-Pass-On") == null) {
            request.abortWith(Response.ok().build());
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        response.getHeaders().add("Access-Control-Allow-Origin", request.getHeaderString("Origin"));
        response.getHeaders().add("Access-Control-Allow-Headers", "x-own");
        response.getHeaders().add("Access-Control-Expose-Headers", "X-Own");
    }
}
