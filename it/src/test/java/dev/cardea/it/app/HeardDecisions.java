package dev.cardea.it.app;

import dev.cardea.DecisionEvent;
import dev.cardea.DecisionListener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every decision that was told, by the request's {@code X-Request-Id}. */
public final class HeardDecisions implements DecisionListener {
    private static final Map<String, List<String>> BY_REQUEST = new ConcurrentHashMap<>();

    @Override
    public void decided(DecisionEvent event) {
        of(event.correlationId()).add(event.outcome() + " " + event.reason());
    }

    static List<String> of(String id) {
        return BY_REQUEST.computeIfAbsent(id, any -> new CopyOnWriteArrayList<>());
    }
}
