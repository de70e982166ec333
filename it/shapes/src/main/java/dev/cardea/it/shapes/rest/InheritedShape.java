package dev.cardea.it.shapes.rest;

import dev.cardea.RequiresScope;
import dev.cardea.it.shapes.Reached;
import jakarta.ws.rs.GET;

/** Declares everything but the path. */
public abstract class InheritedShape {
    @GET
    @RequiresScope("orders:read")
    public String read() {
        return Reached.by("inherited");
    }
}
