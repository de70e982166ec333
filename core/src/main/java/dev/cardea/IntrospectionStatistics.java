package dev.cardea;

/**
 * How the introspection of one endpoint goes, at one moment; counted since the application has started. The numbers are read one
 * after the other, so they need not add up exactly while requests are served. Made by {@link Management}; immutable.
 */
public interface IntrospectionStatistics {
    /** Name of the further issuer whose endpoint it is, empty for the main one. */
    String getTenant();

    /** Address of the endpoint, or the issuer from whose metadata it is taken. */
    String getEndpoint();

    /** {@code CLOSED}, {@code OPEN} or {@code HALF_OPEN}. */
    String getCircuit();

    /** Whether the endpoint has asked for a pause (429, {@code Retry-After}) that is not over. */
    boolean isPaused();

    /** How often the circuit has opened. */
    long getTimesOpened();

    /** Calls under way. */
    int getCallsInFlight();

    /** Calls made, attempts again included. */
    long getCalls();

    /** Calls among them that ended in a transport error, a timeout or 5xx. */
    long getFailures();

    /** Calls among them that were attempts again. */
    long getRetries();

    /** Calls not made because of a pause. */
    long getTurnedAwayByPause();

    /** Calls not made because the circuit was open. */
    long getTurnedAwayByCircuit();

    /** Calls not made because there were too many in a second. */
    long getTurnedAwayByRateLimit();

    /** Calls not made because there were too many at a time. */
    long getTurnedAwayByBulkhead();

    /** Requests answered yes from memory. */
    long getHits();

    /** Requests answered no from memory. */
    long getNegativeHits();

    /** Requests that had to ask. */
    long getMisses();

    /** Requests that waited for another one's question and shared its answer. */
    long getJoined();

    /** Requests answered by what was said earlier, because of an outage. */
    long getStaleAnswers();

    /** Questions in the background, ahead of an answer's end. */
    long getRefreshes();

    /** Questions in the background, by chance ({@code cardea.introspection.cache.recheck}). */
    long getRechecks();

    /** Refreshes and rechecks that brought no answer. */
    long getInVain();

    /** Active tokens that are remembered. */
    long getEntries();

    /** Inactive tokens that are remembered. */
    long getInactiveEntries();
}
