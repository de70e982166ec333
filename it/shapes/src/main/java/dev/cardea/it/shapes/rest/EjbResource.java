package dev.cardea.it.shapes.rest;

import dev.cardea.RequiresScope;
import dev.cardea.it.shapes.Reached;
import jakarta.ejb.Stateless;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** An enterprise bean that is a resource as well. */
@Stateless
@Path("/shapes/ejb")
public class EjbResource {
    @GET
    @RequiresScope("orders:read")
    public String read() {
        return Reached.by("ejb");
    }
}
