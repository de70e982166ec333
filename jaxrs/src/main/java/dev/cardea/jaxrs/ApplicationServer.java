package dev.cardea.jaxrs;

import dev.cardea.ResourceServer;
import dev.cardea.handover.Handover;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger.Level;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The resource server of the application: the servlet half's, or one of our own where that half is not there. The latter is
 * never closed, since JAX-RS does not say when an application ends: its idle connections and the thread that watches them
 * go when the class loader goes.
 */
final class ApplicationServer {
    private static final System.Logger LOG = System.getLogger("dev.cardea.jaxrs");

    /** Not a monitor: the configuration is read under it, and before Java 24 that would hold on to a virtual thread's carrier. */
    private static final ReentrantLock BUILDING = new ReentrantLock();

    private ApplicationServer() {}

    /**
     * Finds it, or builds it once.
     *
     * @throws RuntimeException if it has to be built and the configuration is wrong
     */
    static ResourceServer of(@Nullable ServletContext context) {
        if (context == null) {
            throw new IllegalStateException("Cardea needs JAX-RS to run in a servlet container");
        }
        return context.getAttribute(Handover.RESOURCE_SERVER) instanceof ResourceServer server
                ? server
                : build(context);
    }

    /** Two requests may come first: the lock keeps the second from building another one. */
    private static ResourceServer build(ServletContext context) {
        BUILDING.lock();
        try {
            if (context.getAttribute(Handover.RESOURCE_SERVER) instanceof ResourceServer server) {
                return server;
            }
            ResourceServer server = ResourceServer.builder()
                    .application(context.getContextPath())
                    .listenersOf(context.getClassLoader())
                    .build();
            context.setAttribute(Handover.RESOURCE_SERVER, server);
            LOG.log(
                    Level.WARNING,
                    "The servlet filter of Cardea is not in front of the application \"" + context.getContextPath()
                            + "\": only its JAX-RS resources are protected, and every one of them needs a token. Put the"
                            + " jar into WEB-INF/lib, and <name>cardea</name> into an <absolute-ordering>.");
            return server;
        } finally {
            BUILDING.unlock();
        }
    }
}
