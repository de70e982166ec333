package dev.cardea.resilience;

import dev.cardea.resilience.NotAdmittedException.Limit;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All that stands in front of one endpoint, for everybody here who calls it: the pause that it asked for, the circuit breaker,
 * the rate limit, the bulkhead; asked in this order, which is from cheap to dear and gives nothing away in vain. Nobody waits
 * here: a call passes or is turned away at once.
 *
 * <p>Thread-safe, without locks.
 */
public final class Gate {
    private final Pause pause;
    private final CircuitBreaker breaker;
    private final RateLimit rateLimit;
    private final Bulkhead bulkhead;
    private final LongSupplier nanoTime;
    private final LongAdder[] turnedAway = new LongAdder[Limit.values().length];
    private final LongAdder calls = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder retries = new LongAdder();

    /**
     * @param perSecond calls a second, 0 for no limit
     * @param nanoTime a monotonic time in nanoseconds, such as {@link System#nanoTime}
     */
    public Gate(CircuitBreaker breaker, int perSecond, Bulkhead bulkhead, LongSupplier nanoTime) {
        long now = nanoTime.getAsLong();
        this.pause = new Pause(now);
        this.breaker = breaker;
        this.rateLimit = new RateLimit(perSecond, now);
        this.bulkhead = bulkhead;
        this.nanoTime = nanoTime;
        Arrays.setAll(turnedAway, limit -> new LongAdder());
    }

    /** Lets one call pass, whose pass must be closed whatever becomes of the call. */
    public Pass enter(Standing standing) throws NotAdmittedException {
        try {
            Pass pass = admit(standing, nanoTime.getAsLong());
            calls.increment();
            return pass;
        } catch (NotAdmittedException e) {
            turnedAway[e.limit().ordinal()].increment();
            throw e;
        }
    }

    /** As {@link #enter}, but null where only the bulkhead is full, which may be over in a moment; that is not counted. */
    public @Nullable Pass enterIfThereIsRoom(Standing standing) throws NotAdmittedException {
        try {
            long now = nanoTime.getAsLong();
            pause.check(now);
            // Whoever looks often takes nothing from the rate, as long as there is no room.
            if (!bulkhead.hasRoom(standing) && breaker.read().state() != CircuitBreaker.State.OPEN) {
                return null;
            }
            Pass pass = admit(standing, now);
            calls.increment();
            return pass;
        } catch (NotAdmittedException e) {
            if (e.limit() == Limit.BULKHEAD) {
                return null;
            }
            turnedAway[e.limit().ordinal()].increment();
            throw e;
        }
    }

    private Pass admit(Standing standing, long now) throws NotAdmittedException {
        pause.check(now);
        CircuitBreaker.Permit permit = breaker.acquire(now);
        try {
            rateLimit.take(standing, now);
            try {
                bulkhead.enter(standing);
            } catch (NotAdmittedException e) {
                rateLimit.giveBack(standing);
                throw e;
            }
        } catch (NotAdmittedException e) {
            permit.close();
            throw e;
        }
        return new Pass(permit, standing);
    }

    /** The endpoint is not to be called before {@code time} has passed, whatever its breaker says. */
    public void pauseFor(Duration time) {
        pause.begin(nanoTime.getAsLong(), time);
    }

    /** The next call is made because one before it failed. */
    public void countRetry() {
        retries.increment();
    }

    /** What has happened here since the start, and how it stands; the numbers need not be of one moment. */
    public GateReading read() {
        CircuitBreaker.Reading state = breaker.read();
        return new GateReading(
                state.state(),
                state.opened(),
                pause.isOn(nanoTime.getAsLong()),
                bulkhead.inFlight(),
                calls.sum(),
                failures.sum(),
                retries.sum(),
                turnedAway(Limit.PAUSE),
                turnedAway(Limit.BREAKER),
                turnedAway(Limit.RATE_LIMIT),
                turnedAway(Limit.BULKHEAD));
    }

    private long turnedAway(Limit limit) {
        return turnedAway[limit.ordinal()].sum();
    }

    /** One call that may be made. Says once how it went; for one thread. */
    public final class Pass implements AutoCloseable {
        private final CircuitBreaker.Permit permit;
        private final Standing standing;
        private boolean closed;

        private Pass(CircuitBreaker.Permit permit, Standing standing) {
            this.permit = permit;
            this.standing = standing;
        }

        /** The endpoint is alive, whatever it answered. Whether this has closed the breaker. */
        public boolean succeeded() {
            return permit.succeeded();
        }

        /** The endpoint was not reached, was too slow or failed. Whether this has opened the breaker. */
        public boolean failed() {
            failures.increment();
            return permit.failed(nanoTime.getAsLong());
        }

        /** If nothing has been said, nothing was learnt about the endpoint. */
        @Override
        public void close() {
            if (!closed) {
                closed = true;
                permit.close();
                bulkhead.leave(standing);
            }
        }
    }
}
