package dev.cardea.cdi;

import dev.cardea.Management;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;

/** The bean {@code Management}, one for the application. Loaded only where servlets are. */
final class ManagementBeans {
    private ManagementBeans() {}

    static void addTo(AfterBeanDiscovery event, DeployedServer server) {
        event.<Management>addBean()
                .beanClass(Management.class)
                .types(Management.class, Object.class)
                .scope(ApplicationScoped.class)
                .produceWith(lookup -> new InjectedManagement(() -> server.get().management()));
    }
}
