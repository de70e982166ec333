package dev.cardea.it.app;

import dev.cardea.RequiresScope;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;

/** A conversation for whoever may read orders. */
@ServerEndpoint("/echo/{room}")
@RequiresScope("orders:read")
public class EchoEndpoint {
    @OnMessage
    public String echo(@PathParam("room") String room, String message) {
        return "secret " + room + " " + message;
    }
}
