package dev.cardea.it.shapes.rest;

import dev.cardea.RequiresScope;
import dev.cardea.it.shapes.Reached;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Is reached where {@link RewritingFilter} sends requests for other paths. */
@Path("/rewriting-target")
public class RewrittenResource {
    @GET
    @RequiresScope("orders:read")
    public String read() {
        return Reached.by("rewritten");
    }
}
