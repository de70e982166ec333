package dev.cardea.it.app;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** JAX-RS below {@code /api}, with whatever resource classes are found. */
@ApplicationPath("/api")
public class PathApplication extends Application {}
