package dev.cardea.cdi;

import dev.cardea.Caller;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.servlet.http.HttpServletRequest;

/** The bean {@code Caller}, made once for each request that asks. Loaded only where servlets are. */
final class CallerBean {
    private CallerBean() {}

    static void addTo(AfterBeanDiscovery event) {
        event.<Caller>addBean()
                .beanClass(Caller.class)
                .types(Caller.class, Object.class)
                .scope(RequestScoped.class)
                .produceWith(lookup -> new RequestCaller(
                        lookup.select(HttpServletRequest.class).get()));
    }
}
