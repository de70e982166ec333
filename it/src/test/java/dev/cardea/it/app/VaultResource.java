package dev.cardea.it.app;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** A locator: application code that JAX-RS runs while it still looks for the method. */
@Path("/vault")
public class VaultResource {
    @Path("{id}")
    public Vault vault(@PathParam("id") String id) {
        Runs.LOCATOR.incrementAndGet();
        return new Vault();
    }
}
