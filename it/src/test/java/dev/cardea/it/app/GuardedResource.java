package dev.cardea.it.app;

import dev.cardea.RequiresScope;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Two secrets: one for whoever may read orders, one for any caller. */
@Path("/guarded")
public class GuardedResource {
    @GET
    @RequiresScope("orders:read")
    public String scoped() {
        return "secret";
    }

    @GET
    @Path("unannotated")
    public String unannotated() {
        return "secret";
    }
}
