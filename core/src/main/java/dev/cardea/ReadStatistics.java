package dev.cardea;

import dev.cardea.introspection.CacheStatistics;
import dev.cardea.resilience.GateReading;

/** The numbers of one endpoint, from its gate and from what is remembered of its answers. */
final class ReadStatistics implements IntrospectionStatistics {
    private final String tenant;
    private final String endpoint;
    private final GateReading gate;
    private final CacheStatistics memory;

    ReadStatistics(String tenant, String endpoint, GateReading gate, CacheStatistics memory) {
        this.tenant = tenant;
        this.endpoint = endpoint;
        this.gate = gate;
        this.memory = memory;
    }

    @Override
    public String getTenant() {
        return tenant;
    }

    @Override
    public String getEndpoint() {
        return endpoint;
    }

    @Override
    public String getCircuit() {
        return gate.state().name();
    }

    @Override
    public boolean isPaused() {
        return gate.paused();
    }

    @Override
    public long getTimesOpened() {
        return gate.opened();
    }

    @Override
    public int getCallsInFlight() {
        return gate.inFlight();
    }

    @Override
    public long getCalls() {
        return gate.calls();
    }

    @Override
    public long getFailures() {
        return gate.failures();
    }

    @Override
    public long getRetries() {
        return gate.retries();
    }

    @Override
    public long getTurnedAwayByPause() {
        return gate.turnedAwayByPause();
    }

    @Override
    public long getTurnedAwayByCircuit() {
        return gate.turnedAwayByBreaker();
    }

    @Override
    public long getTurnedAwayByRateLimit() {
        return gate.turnedAwayByRateLimit();
    }

    @Override
    public long getTurnedAwayByBulkhead() {
        return gate.turnedAwayByBulkhead();
    }

    @Override
    public long getHits() {
        return memory.hits();
    }

    @Override
    public long getNegativeHits() {
        return memory.negativeHits();
    }

    @Override
    public long getMisses() {
        return memory.misses();
    }

    @Override
    public long getJoined() {
        return memory.joined();
    }

    @Override
    public long getStaleAnswers() {
        return memory.stale();
    }

    @Override
    public long getRefreshes() {
        return memory.refreshes();
    }

    @Override
    public long getRechecks() {
        return memory.rechecks();
    }

    @Override
    public long getInVain() {
        return memory.inVain();
    }

    @Override
    public long getEntries() {
        return memory.active();
    }

    @Override
    public long getInactiveEntries() {
        return memory.inactive();
    }
}
