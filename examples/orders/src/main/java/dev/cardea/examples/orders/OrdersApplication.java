package dev.cardea.examples.orders;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** JAX-RS below {@code /api}. Nothing of Cardea's is registered here: being in {@code WEB-INF/lib} is enough. */
@ApplicationPath("/api")
public class OrdersApplication extends Application {}
