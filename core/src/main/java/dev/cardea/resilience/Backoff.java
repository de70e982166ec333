package dev.cardea.resilience;

import java.time.Duration;
import java.util.function.LongUnaryOperator;

/**
 * How long to wait before a call is tried again: by chance between nothing and a bound that doubles with every attempt ("full
 * jitter"), so that those who failed together do not come back together. Immutable.
 */
public final class Backoff {
    private final long firstNanos;
    private final long mostNanos;
    private final LongUnaryOperator random;

    /**
     * @param first bound of the first wait
     * @param most bound of any
     * @param random a random number from 0 up to, but not including, its argument; thread-safe
     */
    public Backoff(Duration first, Duration most, LongUnaryOperator random) {
        this.firstNanos = first.toNanos();
        this.mostNanos = most.toNanos();
        this.random = random;
    }

    /** @param attempt which has failed, the first being 1 */
    public Duration after(int attempt) {
        // Beyond 2^30 times any first bound every sensible most is reached, and nothing overflows.
        int doublings = Math.min(attempt - 1, 30);
        long bound = firstNanos > mostNanos >> doublings ? mostNanos : firstNanos << doublings;
        return Duration.ofNanos(random.applyAsLong(bound + 1));
    }
}
