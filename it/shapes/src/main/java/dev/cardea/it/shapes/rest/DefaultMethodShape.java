package dev.cardea.it.shapes.rest;

import dev.cardea.RequiresScope;
import dev.cardea.it.shapes.Reached;
import jakarta.ws.rs.GET;

/** Declares everything but the path, and does it too. */
public interface DefaultMethodShape {
    @GET
    @RequiresScope("orders:read")
    default String read() {
        return Reached.by("default-method");
    }
}
