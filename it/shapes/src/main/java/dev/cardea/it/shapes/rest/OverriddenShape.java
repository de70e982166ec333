package dev.cardea.it.shapes.rest;

import dev.cardea.RequiresScope;
import jakarta.ws.rs.GET;

/** Declares everything but the path, for a method that does not run. */
public abstract class OverriddenShape {
    @GET
    @RequiresScope("orders:read")
    public String read() {
        return "overridden, and never said";
    }
}
