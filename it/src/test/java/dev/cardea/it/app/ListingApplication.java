package dev.cardea.it.app;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Names its classes, so that providers which are only found are not part of it. */
@ApplicationPath("/api")
public class ListingApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(GuardedResource.class, VaultResource.class);
    }
}
