package dev.cardea.resilience;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The gates of all endpoints that this application calls, by the address of the endpoint, or by the issuer that names one: who
 * calls the same endpoint goes through the same gate, the settings of which are those of the first. Thread-safe.
 */
public final class Gates {
    private final Map<String, Gate> gates = new LinkedHashMap<>(); // guarded by this

    public synchronized Gate of(String endpoint, Supplier<Gate> maker) {
        return gates.computeIfAbsent(endpoint, any -> maker.get());
    }

    /** How each of them stands, in the order in which they were made. */
    public synchronized Map<String, GateReading> read() {
        Map<String, GateReading> readings = new LinkedHashMap<>();
        gates.forEach((endpoint, gate) -> readings.put(endpoint, gate.read()));
        return readings;
    }
}
