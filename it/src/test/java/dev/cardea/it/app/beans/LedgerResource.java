package dev.cardea.it.app.beans;

import dev.cardea.RequiresScope;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A resource that any caller may use, as far as the beans behind it let him. */
@Path("/ledger")
@RequestScoped
public class LedgerResource {
    @Inject
    Desk desk;

    @GET
    @Path("ask/{what}")
    public String ask(@PathParam("what") String what) throws Exception {
        return desk.ask(what);
    }

    @GET
    @Path("stage/{what}")
    public CompletionStage<String> stage(@PathParam("what") String what) {
        try {
            return CompletableFuture.completedStage(desk.ask(what));
        } catch (Exception e) {
            return CompletableFuture.failedStage(e);
        }
    }

    @GET
    @Path("guarded")
    @RequiresScope("orders:read")
    public String guarded() {
        return "secret";
    }
}
