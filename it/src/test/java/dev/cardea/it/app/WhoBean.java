package dev.cardea.it.app;

import dev.cardea.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.SecurityContext;

/** Lives as long as the application, and must all the same know the caller of each request. */
@ApplicationScoped
public class WhoBean {
    @Inject
    Caller caller;

    @Inject
    SecurityContext securityContext;

    /** As {@link #tell}, where nobody may be known. */
    String tellFromTask() {
        try {
            return tell();
        } catch (IllegalStateException e) {
            return "task=" + e.getMessage() + "\n";
        } catch (InterruptedException e) {
            return "task=" + e + "\n";
        }
    }

    /** Before and after a pause in which other requests get their turn. */
    String tell() throws InterruptedException {
        String before = Who.is("bean-caller", caller) + Who.is("bean-security", securityContext);
        Thread.sleep(20);
        return before + Who.is("bean-caller-later", caller) + Who.is("bean-security-later", securityContext);
    }
}
