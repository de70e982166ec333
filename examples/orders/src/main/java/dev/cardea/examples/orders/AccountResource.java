package dev.cardea.examples.orders;

import dev.cardea.Caller;
import dev.cardea.RequiresScope;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;

/** What the application knows about who calls, on three doors of different kinds. */
@RequestScoped
@Path("/")
public class AccountResource {
    @Inject
    Caller caller;

    /** No annotation: any caller with a valid token, because that is {@code cardea.access.default}. */
    @GET
    @Path("whoami")
    @Produces(MediaType.APPLICATION_JSON)
    public JsonObject whoAmI() {
        return Json.createObjectBuilder()
                .add("sub", caller.subject().orElse(""))
                .add("client", caller.clientId().orElse(""))
                .add("scopes", sorted(caller.scopes()))
                .add("roles", sorted(caller.roles()))
                .add("issuer", caller.issuer().orElse(""))
                .build();
    }

    /** Both scopes, in one token. */
    @GET
    @Path("both")
    @Produces(MediaType.TEXT_PLAIN)
    @RequiresScope({"orders:read", "orders:write"})
    public String both() {
        return "reads and writes";
    }

    /** Open to everybody; who shows a token is known all the same. */
    @GET
    @Path("open")
    @Produces(MediaType.TEXT_PLAIN)
    @PermitAll
    public String open() {
        return "hello " + caller.getName();
    }

    private static JsonArray sorted(Set<String> texts) {
        return Json.createArrayBuilder(texts.stream().sorted().toList()).build();
    }
}
