package dev.cardea.it.shapes.rest;

import dev.cardea.it.shapes.Reached;
import jakarta.ws.rs.Path;

/** Implements what an interface declares. */
@Path("/shapes/interface")
public class InterfaceResource implements InterfaceShape {
    @Override
    public String read() {
        return Reached.by("interface");
    }
}
