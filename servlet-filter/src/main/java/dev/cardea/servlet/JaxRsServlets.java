package dev.cardea.servlet;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletRegistration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells JAX-RS servlets from others (JAX-RS 3.1, 2.3.2): by the name of an {@code Application} class, by an
 * initialisation parameter that names one, or by an implementation's package.
 */
final class JaxRsServlets {
    private static final String APPLICATION = "jakarta.ws.rs.core.Application";
    private static final List<String> IMPLEMENTATIONS =
            List.of("org.jboss.resteasy.", "org.glassfish.jersey.", "com.ibm.websphere.jaxrs.", "org.apache.cxf.");

    private JaxRsServlets() {}

    static boolean isJaxRs(ServletRegistration registration, ClassLoader loader) {
        return isApplication(registration.getName(), loader)
                || isApplication(registration.getClassName(), loader)
                || isImplementation(registration.getClassName(), loader)
                || registration.getInitParameter("jakarta.ws.rs.Application") != null;
    }

    /** Whether a filter runs JAX-RS in the place of a servlet, as RESTEasy and Jersey can. */
    static boolean isJaxRs(FilterRegistration registration, ClassLoader loader) {
        return isImplementation(registration.getClassName(), loader);
    }

    /** A container's own class may be one that the application cannot see, so its name has to do. */
    private static boolean isImplementation(@Nullable String className, ClassLoader loader) {
        if (className != null && IMPLEMENTATIONS.stream().anyMatch(className::startsWith)) {
            return true;
        }
        Class<?> servlet = ApplicationClasses.find(className, loader);
        Class<?> base = servlet == null ? null : servlet.getSuperclass();
        return base != null && isImplementation(base.getName(), loader);
    }

    private static boolean isApplication(@Nullable String name, ClassLoader loader) {
        if (APPLICATION.equals(name)) {
            return true;
        }
        for (Class<?> c = ApplicationClasses.find(name, loader); c != null; c = c.getSuperclass()) {
            if (c.getName().equals(APPLICATION)) {
                return true;
            }
        }
        return false;
    }
}
