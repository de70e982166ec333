package dev.cardea.it.app;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Open to everybody. */
@Path("/open")
public class OpenResource {
    @GET
    @PermitAll
    public String open() {
        return "open";
    }
}
