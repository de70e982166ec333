package dev.cardea.cdi;

import dev.cardea.Caller;
import dev.cardea.handover.CurrentCaller;
import jakarta.enterprise.concurrent.spi.ThreadContextProvider;
import jakarta.enterprise.concurrent.spi.ThreadContextRestorer;
import jakarta.enterprise.concurrent.spi.ThreadContextSnapshot;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Carries the caller of a request into the tasks that it hands to a managed executor, thread factory or contextual proxy
 * (Jakarta Concurrency 3.0, 3.3), and takes him out again when a task ends.
 *
 * <p>Loaded by its service file, and so only where there is Jakarta Concurrency. What is carried is information for the
 * application: it opens nothing by itself, and it is the caller as he was when the task was handed over, be his token
 * expired by now. Thread-safe.
 */
public final class CallerThreadContext implements ThreadContextProvider {
    /** The name for {@code @ContextServiceDefinition}. */
    public static final String TYPE = "Cardea";

    private static final CallerOfThread CURRENT = new CallerOfThread(
            () -> CDI.current().select(HttpServletRequest.class).get());

    @Override
    public String getThreadContextType() {
        return TYPE;
    }

    @Override
    public ThreadContextSnapshot currentContext(Map<String, String> properties) {
        Supplier<Caller> carried = current();
        return () -> begin(carried);
    }

    @Override
    public ThreadContextSnapshot clearedContext(Map<String, String> properties) {
        return () -> begin(CallerOfThread::nobody);
    }

    /** The caller himself and not the request, which ends before the task may. */
    private static Supplier<Caller> current() {
        try {
            Caller caller = CURRENT.get();
            return () -> caller;
        } catch (IllegalStateException e) {
            return CallerOfThread::nobody; // a task that belongs to no request, such as a timer's
        }
    }

    private static ThreadContextRestorer begin(Supplier<Caller> caller) {
        Supplier<Caller> before = CurrentCaller.set(caller);
        return () -> CurrentCaller.set(before);
    }
}
