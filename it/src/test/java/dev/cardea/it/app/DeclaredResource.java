package dev.cardea.it.app;

import jakarta.ws.rs.Path;

/** Has the path only. */
@Path("/declared")
public class DeclaredResource implements Declared {
    @Override
    public String secret() {
        return "secret";
    }
}
