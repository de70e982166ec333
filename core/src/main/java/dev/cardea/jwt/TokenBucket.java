package dev.cardea.jwt;

import java.util.function.LongSupplier;

/** Permits for what strangers can make us do: a few at once, then one per period. Thread-safe. */
final class TokenBucket {
    private final int capacity;
    private final long nanosPerPermit;
    private final LongSupplier nanoTime;
    private int permits; // guarded by this, like the next
    private long filledAt;

    TokenBucket(int capacity, long nanosPerPermit, LongSupplier nanoTime) {
        this.capacity = capacity;
        this.nanosPerPermit = nanosPerPermit;
        this.nanoTime = nanoTime;
        this.permits = capacity;
        this.filledAt = nanoTime.getAsLong();
    }

    /** Takes a permit if there is one. */
    synchronized boolean tryTake() {
        fill();
        if (permits == 0) {
            return false;
        }
        permits--;
        return true;
    }

    /** Gives back a permit that was taken in vain. */
    synchronized void giveBack() {
        permits = Math.min(capacity, permits + 1);
    }

    private void fill() {
        long now = nanoTime.getAsLong();
        long earned = (now - filledAt) / nanosPerPermit;
        if (permits + earned >= capacity) {
            permits = capacity;
            filledAt = now;
        } else {
            permits += (int) earned;
            filledAt += earned * nanosPerPermit;
        }
    }
}
