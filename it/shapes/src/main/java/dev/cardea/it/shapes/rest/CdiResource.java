package dev.cardea.it.shapes.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Declares nothing itself; the bean that it calls does. */
@Path("/shapes/cdi")
public class CdiResource {
    @Inject
    CdiShape bean;

    @GET
    public String read() {
        return bean.read();
    }
}
