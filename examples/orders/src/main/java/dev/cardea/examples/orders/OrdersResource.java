package dev.cardea.examples.orders;

import dev.cardea.Caller;
import dev.cardea.RequiresScope;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonCollectors;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** Reading and placing orders: one scope for each. */
@RequestScoped
@Path("/orders")
@Produces(MediaType.APPLICATION_JSON)
public class OrdersResource {
    @Inject
    OrderStore store;

    @Inject
    Caller caller;

    @GET
    @RequiresScope("orders:read")
    public JsonArray list() {
        return store.all().stream().map(Order::toJson).collect(JsonCollectors.toJsonArray());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope("orders:write")
    public Response place(JsonObject json, @Context UriInfo uri) {
        Order.Draft draft;
        try {
            draft = Order.Draft.of(json);
        } catch (IllegalArgumentException e) {
            return Response.status(Response.Status.BAD_REQUEST)
                    .type(MediaType.TEXT_PLAIN_TYPE)
                    .entity(e.getMessage())
                    .build();
        }
        Order order = store.place(draft, caller.clientId().orElse(caller.getName()));
        return Response.created(uri.getAbsolutePathBuilder()
                        .path(Long.toString(order.id()))
                        .build())
                .entity(order.toJson())
                .build();
    }

    @GET
    @Path("{id}")
    @RequiresScope("orders:read")
    public Response one(@PathParam("id") long id) {
        return store.all().stream()
                .filter(order -> order.id() == id)
                .findFirst()
                .map(order -> Response.ok(order.toJson()))
                .orElseGet(() -> Response.status(Response.Status.NOT_FOUND))
                .build();
    }
}
