package dev.cardea.it.app;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.concurrent.CompletionStage;

/** Answers from a managed executor, after the resource method has ended. */
@ApplicationScoped
@Path("/tasks")
public class TaskResource {
    @Resource(lookup = TaskServlet.EXECUTOR)
    ManagedExecutorService carrying;

    @Inject
    WhoBean bean;

    @GET
    public CompletionStage<String> carried() {
        return carrying.supplyAsync(bean::tellFromTask).thenApplyAsync(before -> before + bean.tellFromTask());
    }

    @GET
    @Path("open")
    @PermitAll
    public CompletionStage<String> open() {
        return carried();
    }
}
