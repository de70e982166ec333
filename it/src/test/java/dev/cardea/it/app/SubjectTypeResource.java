package dev.cardea.it.app;

import dev.cardea.Caller;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Whether a user or a client calls. */
@RequestScoped
@Path("/subject-type")
public class SubjectTypeResource {
    @Inject
    Caller caller;

    @GET
    public String subjectType() {
        return caller.subjectType().name();
    }
}
