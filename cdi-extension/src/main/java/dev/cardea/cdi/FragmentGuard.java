package dev.cardea.cdi;

import dev.cardea.handover.Handover;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Stops a deployment whose web.xml orders the fragment out: beans in WEB-INF/lib are found all the same. Complements the
 * tag library's listener, which not every server reads.
 *
 * <p>A bean and not an observer of the extension: CDI starts before the fragment's initializer runs, and an extension
 * alone does not switch CDI on. Throwing is the one thing that works everywhere; adding the filter here does not.
 */
@ApplicationScoped
public class FragmentGuard {
    void requireFragment(@Observes @Initialized(ApplicationScoped.class) ServletContext context) {
        if (context.getAttribute(Handover.RESOURCE_SERVER) == null) {
            throw new IllegalStateException(Handover.ORDERED_OUT);
        }
    }

    /**
     * Closes what could not be stopped: to a jar in the lib folder of an EAR nobody shows the start of a web application,
     * and Open Liberty does not run its initializer either.
     */
    void requireFragment(@Observes @Initialized(RequestScoped.class) HttpServletRequest request) {
        if (request.getServletContext().getAttribute(Handover.RESOURCE_SERVER) == null) {
            throw new IllegalStateException(Handover.NOT_STARTED);
        }
    }
}
