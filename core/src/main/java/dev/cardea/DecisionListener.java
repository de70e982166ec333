package dev.cardea;

/**
 * Is told every decision, once, when its request ends. Called on the request's thread: it must be quick, thread-safe,
 * and not throw; what it throws is logged and changes nothing.
 */
@FunctionalInterface
public interface DecisionListener {
    /** Is told how a request ended; the event is immutable and may be kept. */
    void decided(DecisionEvent event);
}
