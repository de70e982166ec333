package dev.cardea.it.shapes.rest;

import dev.cardea.it.shapes.Reached;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Overrides a method and says again only that it answers GET. */
@Path("/shapes/overridden")
public class OverriddenResource extends OverriddenShape {
    @Override
    @GET
    public String read() {
        return Reached.by("overridden");
    }
}
