package dev.cardea.it.shapes.rest;

import dev.cardea.RequiresScope;
import jakarta.ws.rs.GET;

/** Declares everything but the path. */
public interface InterfaceShape {
    @GET
    @RequiresScope("orders:read")
    String read();
}
