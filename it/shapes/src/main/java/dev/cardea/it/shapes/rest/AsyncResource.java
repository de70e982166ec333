package dev.cardea.it.shapes.rest;

import dev.cardea.RequiresScope;
import dev.cardea.it.shapes.Reached;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;

/** Is resumed by another thread. */
@Path("/shapes/async")
public class AsyncResource {
    @GET
    @RequiresScope("orders:read")
    public void read(@Suspended AsyncResponse response) {
        new Thread(() -> response.resume(Reached.by("async")), "shapes-async").start();
    }
}
