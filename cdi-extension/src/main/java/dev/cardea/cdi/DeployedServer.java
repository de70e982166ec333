package dev.cardea.cdi;

import dev.cardea.ResourceServer;
import dev.cardea.handover.Handover;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Destroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Finds the application's resource server for threads that handle no request: consumers of messages, timers. Makes
 * {@code @Inject Management} work.
 *
 * <p>The modules of an EAR hear of one another's start; the server that is ours is the one whose class is.
 */
public final class DeployedServer implements Extension {
    private final List<Object> contexts = new CopyOnWriteArrayList<>();

    /** Where there are no servlets, nothing is deployed that could be managed. */
    void addBean(@Observes AfterBeanDiscovery event) {
        if (CallerBeans.hasServlets()) {
            ManagementBeans.addTo(event, this);
        }
    }

    void remember(@Observes @Initialized(ApplicationScoped.class) Object context) {
        contexts.add(context);
    }

    void forget(@Observes @Destroyed(ApplicationScoped.class) Object context) {
        contexts.remove(context);
    }

    /** @throws IllegalStateException if it has not started, or is not there */
    ResourceServer get() {
        for (Object context : contexts) {
            if (context instanceof ServletContext servletContext
                    && servletContext.getAttribute(Handover.RESOURCE_SERVER) instanceof ResourceServer server) {
                return server;
            }
        }
        throw new IllegalStateException("Cardea has not started in this application");
    }
}
