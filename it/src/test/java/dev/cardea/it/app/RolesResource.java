package dev.cardea.it.app;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Two secrets: one for clerks, one for packers. */
@Path("/roles")
public class RolesResource {
    @GET
    @Path("clerk")
    @RolesAllowed("clerk")
    public String clerk() {
        return "secret";
    }

    @GET
    @Path("packer")
    @RolesAllowed("packer")
    public String packer() {
        return "secret";
    }
}
