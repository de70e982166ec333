package dev.cardea.resilience;

import dev.cardea.resilience.NotAdmittedException.Limit;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long an endpoint wants to be left alone: 429 (RFC 6585 4) and {@code Retry-After} (RFC 9110 10.2.3), of whatever call
 * it says so. Of several the one that ends last holds. Thread-safe, without locks.
 */
public final class Pause {
    private final AtomicLong until;

    public Pause(long now) {
        this.until = new AtomicLong(now);
    }

    /** No call before {@code time} has passed. */
    public void begin(long now, Duration time) {
        long end = now + time.toNanos();
        until.accumulateAndGet(end, (before, asked) -> asked - before > 0 ? asked : before);
    }

    void check(long now) throws NotAdmittedException {
        long left = until.get() - now;
        if (left > 0) {
            throw new NotAdmittedException(Limit.PAUSE, left);
        }
    }

    /** Whether it is on. */
    public boolean isOn(long now) {
        return until.get() - now > 0;
    }
}
