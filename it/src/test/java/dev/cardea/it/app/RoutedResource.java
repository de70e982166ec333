package dev.cardea.it.app;

import dev.cardea.RequiresScope;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;

/** Path rules protect and open it; one method has an annotation of its own. */
@Path("/")
public class RoutedResource {
    @GET
    @Path("secret/{id}")
    public String secret(@PathParam("id") String id) {
        return "secret";
    }

    @GET
    @Path("items")
    public String items() {
        return "items";
    }

    @GET
    @Path("items/headers")
    public String headers(@Context HttpHeaders headers) {
        return headers.getRequestHeaders() + headers.getHeaderString("X-Remote-User");
    }

    @POST
    @Path("items")
    public String add() {
        return "added";
    }

    @DELETE
    @Path("items")
    public String clear() {
        return "secret";
    }

    @GET
    @Path("readable")
    public String readable() {
        return "agreed";
    }

    @DELETE
    @Path("readable")
    public String unreadable() {
        return "secret";
    }

    @GET
    @Path("unruled")
    public String unruled() {
        return "secret";
    }

    @GET
    @Path("items/annotated")
    @RequiresScope("orders:read")
    public String annotated() {
        return "secret";
    }
}
