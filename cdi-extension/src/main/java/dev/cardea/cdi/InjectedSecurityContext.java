package dev.cardea.cdi;

import jakarta.ws.rs.core.SecurityContext;

/**
 * The class of the {@code SecurityContext} bean, so that its proxy is defined in the application. With the JAX-RS
 * interface in its place WildFly logs a warning: it cannot define a proxy in the module of the JAX-RS API.
 */
interface InjectedSecurityContext extends SecurityContext {}
