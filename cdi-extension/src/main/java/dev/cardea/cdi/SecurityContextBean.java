package dev.cardea.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.ws.rs.core.SecurityContext;

/** The bean {@code SecurityContext}, one for the application. Loaded only where JAX-RS is. */
final class SecurityContextBean {
    private static final int OVER_EVERY_APPLICATION = 4000;

    private SecurityContextBean() {}

    /** An alternative, since RESTEasy makes a bean of that type too and two would be ambiguous. */
    static void addTo(AfterBeanDiscovery event) {
        event.<InjectedSecurityContext>addBean()
                .beanClass(InjectedSecurityContext.class)
                .types(SecurityContext.class, InjectedSecurityContext.class, Object.class)
                .scope(ApplicationScoped.class)
                .alternative(true)
                .priority(OVER_EVERY_APPLICATION)
                .produceWith(lookup -> new CallerSecurityContext(CallerBean.callerOfThread(lookup)));
    }
}
