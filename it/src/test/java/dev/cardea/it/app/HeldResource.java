package dev.cardea.it.app;

import dev.cardea.RequiresScope;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;

/** Answers after its method has ended, in every way in which JAX-RS lets it. */
@Path("/held")
@RequiresScope("orders:read")
public class HeldResource {
    @GET
    @Path("stream")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void stream(@Context SseEventSink sink, @Context Sse sse, @HeaderParam("X-Request-Id") String id) {
        Held.later(() -> {
            try (sink) {
                sink.send(sse.newEvent("first"));
                Held.await(id);
                sink.send(sse.newEvent("last"));
            }
        });
    }

    @GET
    @Path("suspended")
    public void suspended(@Suspended AsyncResponse response, @HeaderParam("X-Request-Id") String id) {
        Held.later(() -> {
            Held.await(id);
            response.resume("data: last\n");
        });
    }
}
