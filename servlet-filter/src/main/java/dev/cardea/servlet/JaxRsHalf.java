package dev.cardea.servlet;

import dev.cardea.handover.Handover;
import dev.cardea.handover.LivenessProbe;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether the JAX-RS half of Cardea watches over a JAX-RS servlet. It says so when the servlet starts; a servlet that has
 * not started yet is asked by a probe before the first request goes there. A servlet without it is closed: nothing would
 * check what its resource methods ask for.
 *
 * <p>Thread-safe. Two first requests may ask twice, which does no harm.
 */
final class JaxRsHalf {
    private static final System.Logger LOG = System.getLogger("dev.cardea.servlet");

    private final ServletContext context;
    private final Set<String> watched = ConcurrentHashMap.newKeySet();
    private final Set<String> closed = ConcurrentHashMap.newKeySet();

    JaxRsHalf(ServletContext context) {
        this.context = context;
    }

    /** Whether requests may go to the servlet; false closes it, with an ERROR that says why. */
    boolean watchesOver(String servletName, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (watched.contains(servletName)) {
            return true;
        }
        if (closed.contains(servletName)) {
            return false;
        }
        if (isAlive(servletName, request, response)) {
            watched.add(servletName);
            return true;
        }
        if (closed.add(servletName)) {
            LOG.log(
                    Level.ERROR,
                    "The JAX-RS half of Cardea is not active in the servlet \"" + servletName + "\" of "
                            + context.getContextPath() + ", so nothing checks what its resource methods require: it is"
                            + " closed and answers 503. Let JAX-RS load its services, or register"
                            + " dev.cardea.jaxrs.CardeaFeature there, and deploy again.");
        }
        return false;
    }

    private boolean isAlive(String servletName, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        return saidSo(servletName) || answersProbe(servletName, request, response) || saidSo(servletName);
    }

    private boolean saidSo(String servletName) {
        return context.getAttribute(Handover.watched(servletName)) != null;
    }

    /** The JAX-RS half answers before matching, so that no code of the application runs. */
    private boolean answersProbe(String servletName, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        RequestDispatcher dispatcher = context.getNamedDispatcher(servletName);
        if (dispatcher == null) {
            return false;
        }
        LivenessProbe probe = new LivenessProbe();
        dispatcher.include(new ProbeRequest(request, probe), new ProbeResponse(response));
        return probe.isAnswered();
    }
}
