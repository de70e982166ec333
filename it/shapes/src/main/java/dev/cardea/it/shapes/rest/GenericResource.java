package dev.cardea.it.shapes.rest;

import jakarta.ws.rs.Path;

/** Inherits its method from a generic class. */
@Path("/shapes/generic")
public class GenericResource extends GenericShape<String> {
    @Override
    protected String key() {
        return "generic";
    }
}
