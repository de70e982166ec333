package dev.cardea.it.shapes.rest;

import jakarta.ws.rs.Path;

/** Has a sub-resource and nothing else. */
@Path("/shapes/subresource")
public class SubresourceResource {
    @Path("item")
    public ItemResource item() {
        return new ItemResource();
    }
}
