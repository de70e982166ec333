package dev.cardea.resilience;

import dev.cardea.resilience.NotAdmittedException.Limit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * Leaves an endpoint alone that keeps failing (N10). Closed, every call passes; when {@code failures} of the last
 * {@code window} calls have failed it opens, and no call passes for {@code openFor}; then it is half-open: at most
 * {@code probes} calls at a time pass, the first of them that succeeds closes it, the first that fails opens it again.
 *
 * <p>The window counts calls, not time: failures stay in it until as many other calls have been made.
 *
 * <p>A call says how it went through its {@link Permit}, and counts only in the phase in which it began: whatever was under
 * way when the breaker opened neither closes it nor counts once it is closed again. A probe that says nothing gives its place
 * up when {@code probeTime} is over, so that a thread that died does not keep the breaker half-open for ever.
 *
 * <p>Thread-safe and without locks: the phase is one immutable object, replaced by compare-and-set. While all goes well, a
 * call costs two volatile reads and no write.
 */
public final class CircuitBreaker {
    /** The outcomes of a window are the bits of a long. */
    public static final int LARGEST_WINDOW = 64;

    private static final AtomicReferenceFieldUpdater<CircuitBreaker, Phase> PHASE =
            AtomicReferenceFieldUpdater.newUpdater(CircuitBreaker.class, Phase.class, "phase");

    private final int failures;
    private final long windowMask;
    private final long openForNanos;
    private final int probes;
    private final long probeNanos;
    private volatile Phase phase = new Closed(0, 0);

    /**
     * @param failures among the last {@code window} calls that open it; at least 1
     * @param window from {@code failures} to {@value #LARGEST_WINDOW}
     * @param openFor how long no call passes
     * @param probes calls at a time while it is half-open; at least 1
     * @param probeTime longer than a call can take
     */
    public CircuitBreaker(int failures, int window, Duration openFor, int probes, Duration probeTime) {
        if (failures < 1 || window < failures || window > LARGEST_WINDOW || probes < 1) {
            throw new IllegalArgumentException(failures + " of " + window + ", " + probes + " probes");
        }
        this.failures = failures;
        this.windowMask = -1L >>> (LARGEST_WINDOW - window);
        this.openForNanos = openFor.toNanos();
        this.probes = probes;
        this.probeNanos = probeTime.toNanos();
    }

    /** What a breaker does with the next call. */
    public enum State {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    /**
     * The breaker at one moment.
     *
     * @param opened how often it went from closed to open
     */
    public record Reading(State state, long opened) {}

    /** Where the breaker stands; open also when {@code openFor} is over and nobody has called since. */
    public Reading read() {
        Phase seen = phase;
        if (seen instanceof Closed) {
            return new Reading(State.CLOSED, seen.opened());
        }
        return new Reading(seen instanceof Open ? State.OPEN : State.HALF_OPEN, seen.opened());
    }

    /** Lets one call pass, whose permit must be closed whatever becomes of the call. */
    public Permit acquire(long now) throws NotAdmittedException {
        while (true) {
            Phase seen = phase;
            if (seen instanceof Closed) {
                return new Permit(seen, now);
            }
            List<Permit> underWay = new ArrayList<>(probesUnderWay(seen, now));
            if (underWay.size() >= probes) {
                throw new NotAdmittedException(Limit.BREAKER, 0);
            }
            Permit probe = new Permit(seen, now);
            underWay.add(probe);
            if (PHASE.compareAndSet(this, seen, new HalfOpen(seen.opened(), List.copyOf(underWay)))) {
                return probe;
            }
        }
    }

    private List<Permit> probesUnderWay(Phase seen, long now) throws NotAdmittedException {
        if (seen instanceof HalfOpen halfOpen) {
            return halfOpen.probes.stream()
                    .filter(probe -> now - probe.begun < probeNanos)
                    .toList();
        }
        long left = ((Open) seen).until - now;
        if (left > 0) {
            throw new NotAdmittedException(Limit.BREAKER, left);
        }
        return List.of();
    }

    private Phase after(Phase seen, Permit permit, Outcome outcome, long now) {
        if (seen instanceof HalfOpen halfOpen && halfOpen.probes.contains(permit)) {
            return switch (outcome) {
                case SUCCESS -> new Closed(seen.opened(), 0);
                case FAILURE -> new Open(seen.opened(), now + openForNanos);
                case NONE -> halfOpen.without(permit);
            };
        }
        if (seen instanceof Closed closed && permit.beganIn(closed)) {
            return switch (outcome) {
                case SUCCESS -> closed.outcomes == 0 ? seen : afterCall(closed, 0, now);
                case FAILURE -> afterCall(closed, 1, now);
                case NONE -> seen;
            };
        }
        return seen;
    }

    private Phase afterCall(Closed closed, long failed, long now) {
        long outcomes = (closed.outcomes << 1 | failed) & windowMask;
        return Long.bitCount(outcomes) < failures
                ? new Closed(closed.opened, outcomes)
                : new Open(closed.opened + 1, now + openForNanos);
    }

    /** One call that may be made. Says once how it went; for one thread. */
    public final class Permit implements AutoCloseable {
        private final boolean probe;
        private final long opened;
        private final long begun;
        private boolean reported;

        private Permit(Phase seen, long now) {
            this.probe = !(seen instanceof Closed);
            this.opened = seen.opened();
            this.begun = now;
        }

        private boolean beganIn(Closed closed) {
            return !probe && opened == closed.opened;
        }

        /** The endpoint is alive. Whether this has closed the breaker. */
        public boolean succeeded() {
            return report(Outcome.SUCCESS, begun);
        }

        /** The endpoint has failed. Whether this has opened the breaker: not if it was but half-open. */
        public boolean failed(long now) {
            return report(Outcome.FAILURE, now);
        }

        /** If nothing has been said, nothing was learnt about the endpoint. */
        @Override
        public void close() {
            report(Outcome.NONE, begun);
        }

        private boolean report(Outcome outcome, long now) {
            if (reported) {
                return false;
            }
            reported = true;
            while (true) {
                Phase seen = phase;
                Phase next = after(seen, this, outcome, now);
                if (next == seen || PHASE.compareAndSet(CircuitBreaker.this, seen, next)) {
                    return seen instanceof Closed != next instanceof Closed;
                }
            }
        }
    }

    private enum Outcome {
        SUCCESS,
        FAILURE,
        NONE
    }

    /** Immutable. {@code opened} counts the openings, so it also tells one time of being closed from the next. */
    private sealed interface Phase {
        long opened();
    }

    /** @param outcomes of the last calls, the latest lowest, set where a call failed */
    private record Closed(long opened, long outcomes) implements Phase {}

    private record Open(long opened, long until) implements Phase {}

    private record HalfOpen(long opened, List<Permit> probes) implements Phase {
        HalfOpen without(Permit probe) {
            return new HalfOpen(
                    opened, probes.stream().filter(other -> other != probe).toList());
        }
    }
}
