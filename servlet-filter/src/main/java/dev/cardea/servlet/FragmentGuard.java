package dev.cardea.servlet;

import dev.cardea.handover.Handover;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/**
 * Stops a deployment whose web.xml orders the fragment out. It is declared in a tag library descriptor, which containers
 * read from every jar in WEB-INF/lib, ordered or not.
 */
public final class FragmentGuard implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        if (context.getAttribute(Handover.RESOURCE_SERVER) == null) {
            throw new IllegalStateException(Handover.ORDERED_OUT);
        }
    }
}
