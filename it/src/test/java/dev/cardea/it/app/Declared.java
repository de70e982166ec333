package dev.cardea.it.app;

import dev.cardea.RequiresScope;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Everything about the resource stands here; some servers show the filter only the class, some only this. */
public interface Declared {
    @GET
    @Path("secret")
    @RequiresScope("orders:read")
    String secret();
}
