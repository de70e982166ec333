package dev.cardea.cdi;

import dev.cardea.Caller;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.Synthesis;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticComponents;

/**
 * Makes {@code @Inject Caller} and {@code @Inject jakarta.ws.rs.core.SecurityContext} work.
 *
 * <p>Both are normal-scoped: what is injected into a bean that outlives the request asks the current request at every
 * call. The caller is a bean of type {@code Caller} only, since {@code @Inject Principal} belongs to the container.
 */
public final class CallerBeans implements BuildCompatibleExtension {
    private static final String SERVLET_REQUEST = "jakarta.servlet.http.HttpServletRequest";
    private static final String SECURITY_CONTEXT = "jakarta.ws.rs.core.SecurityContext";

    /** Adds what the container can hold. Signatures here stay free of Jakarta types other than CDI's. */
    @Synthesis
    public void addBeans(SyntheticComponents components) {
        if (!isPresent(SERVLET_REQUEST)) {
            return;
        }
        components
                .addBean(Caller.class)
                .type(Caller.class)
                .scope(RequestScoped.class)
                .createWith(CallerCreator.class);
        if (isPresent(SECURITY_CONTEXT)) {
            SecurityContextCreator.addTo(components);
        }
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
