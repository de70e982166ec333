package dev.cardea.servlet;

import dev.cardea.ResourceServer;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/** Gives up what the resource server holds when the application is undeployed. */
final class ClosingListener implements ServletContextListener {
    private final ResourceServer server;

    ClosingListener(ResourceServer server) {
        this.server = server;
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        server.close();
    }
}
