package dev.cardea.it.shapes.rest;

import dev.cardea.RequiresScope;
import dev.cardea.it.shapes.Reached;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;

/** One annotation for all methods of HTTP. */
@Path("/shapes/class-level")
@RequiresScope("orders:read")
public class ClassLevelResource {
    @GET
    public String read() {
        return Reached.by("class-level");
    }

    @POST
    public String post() {
        return read();
    }

    @PUT
    public String put() {
        return read();
    }

    @DELETE
    public String delete() {
        return read();
    }

    @PATCH
    public String patch() {
        return read();
    }
}
