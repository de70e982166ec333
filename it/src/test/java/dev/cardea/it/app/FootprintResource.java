package dev.cardea.it.app;

import dev.cardea.RequiresScope;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.SecurityContext;

/** Needs no class of Cardea: without the jar, the annotation is not there and everybody may enter. */
@RequestScoped
@Path("/footprint")
public class FootprintResource {
    @Inject
    FootprintBean bean;

    @Inject
    SecurityContext caller;

    @GET
    @RequiresScope("orders:read")
    public String text() throws Exception {
        caller.getUserPrincipal();
        return bean.text();
    }
}
