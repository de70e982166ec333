package dev.cardea.it.app;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

/** A conversation that nobody annotated. */
@ServerEndpoint("/talk")
public class TalkEndpoint {
    @OnMessage
    public String echo(String message) {
        return "secret " + message;
    }
}
