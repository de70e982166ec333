package dev.cardea.it.app;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ContextServiceDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers from a managed executor, after the dispatch has ended, and from the executor once more. */
@WebServlet(value = "/tasks/*", asyncSupported = true)
@ContextServiceDefinition(name = TaskServlet.CONTEXT, propagated = ContextServiceDefinition.ALL_REMAINING)
@ManagedExecutorDefinition(name = TaskServlet.EXECUTOR, context = TaskServlet.CONTEXT)
public class TaskServlet extends HttpServlet {
    static final String CONTEXT = "java:app/concurrent/context-of-tasks";
    static final String EXECUTOR = "java:app/concurrent/tasks";

    private static final long serialVersionUID = 1;

    @Resource(lookup = EXECUTOR)
    transient ManagedExecutorService carrying;

    @Resource
    transient ManagedExecutorService standard;

    @Inject
    transient WhoBean bean;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        ManagedExecutorService executor = "/standard".equals(request.getPathInfo()) ? standard : carrying;
        AsyncContext async = request.startAsync();
        executor.execute(() -> {
            String here = bean.tellFromTask();
            // Handed over and not waited for: a pool whose threads all wait for the pool stands still.
            executor.execute(() -> answer(async, here + bean.tellFromTask()));
        });
    }

    private static void answer(AsyncContext async, String text) {
        try {
            async.getResponse().getWriter().print(text);
        } catch (IOException e) {
            async.getRequest().getServletContext().log("task", e);
        } finally {
            async.complete();
        }
    }
}
