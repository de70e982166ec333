package dev.cardea.it.shapes.rest;

import dev.cardea.RequiresScope;
import dev.cardea.it.shapes.Reached;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Returns a stage that another thread completes. */
@Path("/shapes/stage")
public class StageResource {
    @GET
    @RequiresScope("orders:read")
    public CompletionStage<String> read() {
        return CompletableFuture.supplyAsync(() -> Reached.by("stage"));
    }
}
