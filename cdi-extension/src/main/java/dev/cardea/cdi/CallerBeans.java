package dev.cardea.cdi;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;

/**
 * Makes {@code @Inject Caller} and {@code @Inject jakarta.ws.rs.core.SecurityContext} work.
 *
 * <p>Both are one for the application, and ask at every call for whom the current thread works; of request scope they
 * could not be asked in a managed executor. The caller is a bean of type {@code Caller} only, since {@code @Inject Principal} belongs to the container.
 *
 * <p>A portable extension: Weld keeps the bean manager of the last application with a build compatible one in a static
 * field, and with it all that the application loaded, however long ago it was undeployed.
 */
public final class CallerBeans implements Extension {
    private static final String SERVLET_REQUEST = "jakarta.servlet.http.HttpServletRequest";
    private static final String SECURITY_CONTEXT = "jakarta.ws.rs.core.SecurityContext";

    /** Adds what the container can hold. Signatures here stay free of Jakarta types other than CDI's. */
    void addBeans(@Observes AfterBeanDiscovery event) {
        if (!hasServlets()) {
            return;
        }
        CallerBean.addTo(event);
        if (isPresent(SECURITY_CONTEXT)) {
            SecurityContextBean.addTo(event);
        }
    }

    static boolean hasServlets() {
        return isPresent(SERVLET_REQUEST);
    }

    private static boolean isPresent(String type) {
        try {
            Class.forName(type, false, CallerBeans.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
