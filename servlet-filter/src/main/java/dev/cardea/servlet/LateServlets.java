package dev.cardea.servlet;

import jakarta.servlet.ServletContext;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Servlets with annotations of ours that a listener registered after Cardea had started. Requests to their paths are guarded as any others; but for
 * dispatches to them by name, and on WildFly for includes, there is no guard, and none can be added any more. Told once, as
 * an error, at the first request: earlier nobody may ask. Thread-safe.
 */
final class LateServlets {
    private static final System.Logger LOG = System.getLogger("dev.cardea.servlet");

    private final ServletContext context;
    private final Endpoints endpoints;
    private final Set<String> guarded;
    private final AtomicBoolean asked = new AtomicBoolean();

    /** @param guarded the names of the servlets that have a guard */
    LateServlets(ServletContext context, Endpoints endpoints, Set<String> guarded) {
        this.context = context;
        this.endpoints = endpoints;
        this.guarded = Set.copyOf(guarded);
    }

    void tellOnce() {
        if (asked.get() || !asked.compareAndSet(false, true)) {
            return;
        }
        Set<String> late = new TreeSet<>(context.getServletRegistrations().keySet());
        late.removeAll(guarded);
        late.removeIf(name -> endpoints.named(name).declared() == null); // the container's own come late as well
        if (!late.isEmpty()) {
            LOG.log(
                    Level.ERROR,
                    "The servlets " + late + " of " + context.getContextPath() + " were registered after Cardea had"
                            + " started: whoever dispatches to one by its name (getNamedDispatcher) or includes it is not"
                            + " asked for what it requires. Declare them by @WebServlet or in web.xml, or register them in"
                            + " a ServletContainerInitializer that comes earlier.");
        }
    }
}
