package dev.cardea.handover;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A question from the servlet filter to the JAX-RS half: are you there?
 *
 * <p>The filter decides what it can see, the servlet; what a resource method asks for only the JAX-RS half can know. An
 * application may have switched that half off ({@code jakarta.ws.rs.loadServices=false}), so before the first request
 * is passed to a JAX-RS servlet, the filter sends this through it as a request attribute; only the JAX-RS half answers.
 * Thread-safe.
 */
public final class LivenessProbe {
    /** Request attribute, and JAX-RS request property, that carries the probe. */
    public static final String ATTRIBUTE = "dev.cardea.probe";

    private final AtomicBoolean answered = new AtomicBoolean();

    /** Called by the JAX-RS half, before matching. */
    public void answer() {
        answered.set(true);
    }

    public boolean isAnswered() {
        return answered.get();
    }
}
