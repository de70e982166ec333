package dev.cardea.resilience;

/**
 * How an endpoint's gate stands, and what has happened there since the start.
 *
 * @param state of the breaker
 * @param opened how often the breaker opened
 * @param paused whether the endpoint has asked for a pause that is not over
 * @param inFlight calls under way
 * @param calls that passed, attempts again included
 * @param failures calls among them that say that the endpoint is not there: transport errors, timeouts, 5xx
 * @param retries attempts that were made, or would have been if they had passed, because one before them failed
 * @param turnedAwayByPause calls not made because of the pause
 * @param turnedAwayByBreaker calls not made because the breaker was open, or half-open with its probes under way
 * @param turnedAwayByRateLimit calls not made because there were too many before
 * @param turnedAwayByBulkhead calls not made because there were too many at a time
 */
public record GateReading(
        CircuitBreaker.State state,
        long opened,
        boolean paused,
        int inFlight,
        long calls,
        long failures,
        long retries,
        long turnedAwayByPause,
        long turnedAwayByBreaker,
        long turnedAwayByRateLimit,
        long turnedAwayByBulkhead) {}
