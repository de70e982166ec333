package dev.cardea.cdi;

import dev.cardea.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.servlet.http.HttpServletRequest;

/** The bean {@code Caller}, one for the application. Loaded only where servlets are. */
final class CallerBean {
    private CallerBean() {}

    static void addTo(AfterBeanDiscovery event) {
        event.<Caller>addBean()
                .beanClass(Caller.class)
                .types(Caller.class, Object.class)
                .scope(ApplicationScoped.class)
                .produceWith(lookup -> new InjectedCaller(callerOfThread(lookup)));
    }

    /**
     * Not the request that is there now: a container that gave the request itself, and no proxy, would tie the bean to it
     * for ever. And an instance of the bean manager's, since the given one is for the time of creation.
     */
    static CallerOfThread callerOfThread(Instance<Object> lookup) {
        Instance<HttpServletRequest> requests =
                lookup.select(BeanManager.class).get().createInstance().select(HttpServletRequest.class);
        return new CallerOfThread(requests::get);
    }
}
