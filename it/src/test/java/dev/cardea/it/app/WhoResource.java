package dev.cardea.it.app;

import dev.cardea.Caller;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;

/** Every way in which a resource can ask who calls. */
@RequestScoped
@Path("/who")
public class WhoResource {
    @Inject
    Caller caller;

    @Inject
    SecurityContext injected;

    @Inject
    WhoBean bean;

    @GET
    public String who(@Context SecurityContext context, @Context HttpServletRequest request)
            throws InterruptedException {
        return Who.is("caller", caller)
                + Who.is("injected", injected)
                + Who.is("context", context)
                + Who.is("request", request)
                + bean.tell();
    }

    @GET
    @Path("open")
    @PermitAll
    public String open(@Context SecurityContext context, @Context HttpServletRequest request)
            throws InterruptedException {
        return who(context, request);
    }
}
