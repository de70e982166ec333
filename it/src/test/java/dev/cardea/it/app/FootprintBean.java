package dev.cardea.it.app;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;

/** Lets a thread of the server do something: what stays there outlives the application. */
@ApplicationScoped
public class FootprintBean {
    @Resource
    ManagedExecutorService executor;

    String text() throws Exception {
        return executor.submit(Footprint.OF_THIS_DEPLOYMENT::text).get(10, TimeUnit.SECONDS);
    }
}
