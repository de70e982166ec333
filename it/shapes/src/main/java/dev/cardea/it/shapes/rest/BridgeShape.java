package dev.cardea.it.shapes.rest;

import dev.cardea.RequiresScope;
import jakarta.ws.rs.GET;

/** Declares everything but the path, for a result that subclasses narrow. */
public abstract class BridgeShape<T> {
    @GET
    @RequiresScope("orders:read")
    public abstract T read();
}
