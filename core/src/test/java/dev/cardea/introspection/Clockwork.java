package dev.cardea.introspection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that moves when it is told to. */
final class Clockwork extends Clock {
    private final AtomicReference<Runnable> next = new AtomicReference<>();
    private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** Something happens right before somebody looks next. */
    void beforeTheNextLook(Runnable happening) {
        next.set(happening);
    }

    @Override
    public Instant instant() {
        Runnable happening = next.getAndSet(null);
        if (happening != null) {
            happening.run();
        }
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
