package dev.cardea.resilience;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Permits at a rate: a few at once, then one per period. In any time, no more than its capacity and one for every period of
 * it. Thread-safe, without locks.
 *
 * <p>One number is all its state: the time at which it would be full again, which each permit puts off by a period.
 */
public final class TokenBucket {
    private final long capacityNanos;
    private final long nanosPerPermit;
    private final AtomicLong fullAt;

    /** Full at {@code now}. */
    public TokenBucket(int capacity, long nanosPerPermit, long now) {
        this.capacityNanos = Math.multiplyExact(capacity, nanosPerPermit);
        this.nanosPerPermit = nanosPerPermit;
        this.fullAt = new AtomicLong(now);
    }

    /** Takes a permit if there is one. */
    public boolean tryTake(long now) {
        while (true) {
            long seen = fullAt.get();
            // Full earns nothing: what was not taken is lost.
            long next = (seen - now > 0 ? seen : now) + nanosPerPermit;
            if (next - now > capacityNanos) {
                return false;
            }
            if (fullAt.compareAndSet(seen, next)) {
                return true;
            }
        }
    }

    /** Gives back a permit that was taken in vain. */
    public void giveBack() {
        fullAt.addAndGet(-nanosPerPermit);
    }
}
