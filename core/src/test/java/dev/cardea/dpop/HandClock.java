package dev.cardea.dpop;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that moves when it is told to, forward or back, and a monotonic time that only forward steps by real time move. */
final class HandClock extends Clock {
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private volatile Instant now = START;
    private volatile long nanos = -5_000_000_000L;

    /** Time passes: both move. */
    void pass(Duration time) {
        nanos += time.toNanos();
        now = now.plus(time);
    }

    /** Somebody sets the clock: the monotonic time does not move. */
    void set(Duration step) {
        now = now.plus(step);
    }

    long nanoTime() {
        return nanos;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
