package dev.cardea.it.app;

import dev.cardea.IntrospectionStatistics;
import dev.cardea.Management;
import dev.cardea.RequiresScope;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.management.JMException;
import javax.management.ObjectName;

/** For the test: what an operator does, from inside the application. */
@Path("/manage")
@RequestScoped
@RequiresScope("orders:manage")
public class ManagedResource {
    @Inject
    private Management cardea;

    /** As a consumer of messages would do it: on a thread that handles no request. */
    @GET
    @Path("subject")
    public String invalidateSubject(@QueryParam("sub") String subject) throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<?> done = thread.submit(() -> cardea.invalidateSubject(null, subject));
            done.get();
            return "done";
        } catch (ExecutionException e) {
            return String.valueOf(e.getCause());
        } finally {
            thread.shutdownNow();
        }
    }

    @GET
    @Path("when-unavailable")
    public String whenUnavailable(@QueryParam("word") String word) {
        cardea.setWhenUnavailable(word);
        return cardea.getWhenUnavailable();
    }

    @GET
    @Path("statistics")
    public String statistics() {
        IntrospectionStatistics statistics = cardea.getIntrospection().get(0);
        return cardea.getName() + " " + statistics.getCircuit() + " hits=" + statistics.getHits();
    }

    /** What the server shows of it by JMX. */
    @GET
    @Path("jmx")
    public String jmx() throws JMException {
        Set<String> found = new TreeSet<>();
        for (ObjectName name : ManagementFactory.getPlatformMBeanServer()
                .queryNames(new ObjectName("dev.cardea:type=ResourceServer,*"), null)) {
            Object[] rows =
                    (Object[]) ManagementFactory.getPlatformMBeanServer().getAttribute(name, "Introspection");
            found.add(name.getCanonicalName() + " " + rows.length);
        }
        return found.toString();
    }
}
