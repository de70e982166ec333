package dev.cardea.it.shapes.rest;

import dev.cardea.RequiresScope;
import dev.cardea.it.shapes.Reached;
import jakarta.ws.rs.GET;

/** A sub-resource: has no path, and is no resource but through a locator. */
public class ItemResource {
    @GET
    @RequiresScope("orders:read")
    public String read() {
        return Reached.by("subresource/item");
    }
}
