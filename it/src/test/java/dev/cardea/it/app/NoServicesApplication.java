package dev.cardea.it.app;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** Asks JAX-RS not to load services (JAX-RS 3.1, 4.1.2), ours among them. */
@ApplicationPath("/api")
public class NoServicesApplication extends Application {
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jakarta.ws.rs.loadServices", false);
    }
}
