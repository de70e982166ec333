package dev.cardea.it.app;

import dev.cardea.RequiresScope;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Asks for a scope that no token can have. */
@Path("/impossible")
public class ImpossibleResource {
    @GET
    @RequiresScope("orders read")
    public String twoWords() {
        return "secret";
    }
}
