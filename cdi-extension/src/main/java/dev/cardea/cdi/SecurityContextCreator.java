package dev.cardea.cdi;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.build.compatible.spi.Parameters;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanCreator;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticComponents;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.SecurityContext;

/** Makes the bean {@code SecurityContext} of one request. Loaded only where JAX-RS is. */
public final class SecurityContextCreator implements SyntheticBeanCreator<InjectedSecurityContext> {
    private static final int OVER_EVERY_APPLICATION = 4000;

    /** An alternative, since RESTEasy makes a bean of that type too and two would be ambiguous. */
    static void addTo(SyntheticComponents components) {
        components
                .addBean(InjectedSecurityContext.class)
                .type(SecurityContext.class)
                .type(InjectedSecurityContext.class)
                .scope(RequestScoped.class)
                .alternative(true)
                .priority(OVER_EVERY_APPLICATION)
                .createWith(SecurityContextCreator.class);
    }

    @Override
    public InjectedSecurityContext create(Instance<Object> lookup, Parameters parameters) {
        return new RequestSecurityContext(
                lookup.select(HttpServletRequest.class).get());
    }
}
