package dev.cardea.servlet;

import dev.cardea.Authentication;
import dev.cardea.ResourceServer;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/** Ends a request that went on asynchronously; a second end does nothing. */
final class ConcludingListener implements AsyncListener {
    private final ResourceServer server;
    private final Authentication authentication;

    ConcludingListener(ResourceServer server, Authentication authentication) {
        this.server = server;
        this.authentication = authentication;
    }

    @Override
    public void onComplete(AsyncEvent event) {
        server.conclude(authentication);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        server.conclude(authentication);
    }

    @Override
    public void onError(AsyncEvent event) {
        server.conclude(authentication);
    }

    /** A listener is dropped when asynchronous processing starts anew (Servlet 6.0, 2.3.3.3): it has to come along. */
    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }
}
