package dev.cardea;

import dev.cardea.resilience.GateReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the numbers of every introspection endpoint together. Thread-safe once everything is built. */
final class IntrospectionReadings {
    private final Memories memories;
    private final Resilience resilience;

    IntrospectionReadings(Memories memories, Resilience resilience) {
        this.memories = memories;
        this.resilience = resilience;
    }

    List<IntrospectionStatistics> all() {
        Map<String, GateReading> gates = resilience.read();
        List<IntrospectionStatistics> all = new ArrayList<>();
        memories.byTenant().forEach((tenant, memory) -> {
            GateReading gate = gates.get(memory.endpoint());
            if (gate != null) {
                all.add(new ReadStatistics(
                        tenant, memory.endpoint(), gate, memory.answers().statistics()));
            }
        });
        return List.copyOf(all);
    }
}
