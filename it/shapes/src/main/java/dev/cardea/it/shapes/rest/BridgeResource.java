package dev.cardea.it.shapes.rest;

import dev.cardea.it.shapes.Reached;
import jakarta.ws.rs.Path;

/** Overrides by a narrower result, so the compiler adds a bridge method. */
@Path("/shapes/bridge")
public class BridgeResource extends BridgeShape<String> {
    @Override
    public String read() {
        return Reached.by("bridge");
    }
}
