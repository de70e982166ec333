package dev.cardea.it.app;

import dev.cardea.RequiresScope;
import jakarta.ws.rs.GET;

/** A sub-resource that holds a secret. */
public class Vault {
    @GET
    @RequiresScope("orders:write")
    public String open() {
        Runs.SUB_RESOURCE.incrementAndGet();
        return "secret";
    }
}
