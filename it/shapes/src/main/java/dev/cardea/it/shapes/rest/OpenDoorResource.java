package dev.cardea.it.shapes.rest;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Open to everybody, but {@link RewritingFilter} sends requests for it on to a resource that is not. */
@Path("/shapes/rewritten-open")
public class OpenDoorResource {
    @GET
    @PermitAll
    public String never() {
        return "not rewritten";
    }
}
