package dev.cardea.introspection;

import dev.cardea.reject.Uncertainty;
import dev.cardea.reject.UndeterminedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One flight at a time for each key: who comes while one is in the air waits for it, and gets what it brings.
 *
 * <p>Whether a caller may have what a flight brings depends on when it left: for a caller who accepts what is {@code maxAge} old,
 * it must have left less than that before he arrived; for one who accepts nothing old, after he arrived. Callers whom the flight
 * in the air left too early for wait for the next one, together: however many there are, they make one call per round trip.
 *
 * <p>Values are shared, failures are not. If a flight brings none, whatever the reason, or its leader's deadline passes, one of
 * those who wait takes over, with his own deadline; the others wait on, each until his own. A flight that was given up may still
 * land: its leader gets what it brings, nobody else does.
 *
 * <p>Thread-safe. The lock guards every field below that is not final; it is held for a few steps, never during a flight or a
 * wait. There are never more entries than there are callers inside.
 *
 * @param <K> with {@code equals}
 */
public final class SingleFlight<K, V> {
    private final LongSupplier nanoTime;
    private final Lock lock = new ReentrantLock();
    private final Map<K, Lane<V>> lanes = new HashMap<>();
    private final LongAdder joined = new LongAdder();

    /** @param nanoTime a monotonic time in nanoseconds */
    public SingleFlight(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** What a caller would do if he were alone. */
    public interface Trip<V> {
        /**
         * What makes the flight needless, or null: asked by whoever is about to lead one, since the flight before it may have
         * landed between his last look and his coming here. Is shared with nobody, who may accept less.
         */
        default @Nullable V known() {
            return null;
        }

        /** Leaves now. Ends by the leader's deadline, or is given up. */
        V fly() throws UndeterminedException;
    }

    /**
     * What a caller accepts, in nanoseconds.
     *
     * @param arrived when he came
     * @param maxAge how long before that the flight may have left; 0 asks for one that leaves after it
     * @param deadline when he will no longer wait
     */
    public record Terms(long arrived, long maxAge, long deadline) {
        /** Whether something that was begun at {@code nanos} is young enough. */
        boolean accept(long nanos) {
            return arrived - nanos < maxAge;
        }

        boolean areOverAt(long nanos) {
            return nanos - deadline >= 0;
        }
    }

    /**
     * What a flight brings that {@code terms} accept: one that is in the air, the next one, or {@code trip}.
     *
     * @throws UndeterminedException if that is what the caller's own trip ends in, his deadline passes, or his thread is
     *     interrupted, which stays visible in its flag
     */
    public V get(K key, Terms terms, Trip<V> trip) throws UndeterminedException {
        Seat<V> seat = new Seat<>(terms);
        Lane<V> lane = enter(key, seat);
        V value = await(lane, seat);
        if (value != null) {
            joined.increment();
            return value;
        }
        return lead(lane, seat, trip);
    }

    /** How many callers got what somebody else's flight brought. */
    public long joined() {
        return joined.sum();
    }

    /** How many callers wait for what the flight of {@code key} brings. */
    int waitingFor(K key) {
        lock.lock();
        try {
            Lane<V> lane = lanes.get(key);
            return lane == null ? 0 : lane.waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Keys that somebody asks for at this moment. */
    int lanes() {
        lock.lock();
        try {
            return lanes.size();
        } finally {
            lock.unlock();
        }
    }

    private Lane<V> enter(K key, Seat<V> seat) {
        lock.lock();
        try {
            Lane<V> lane = lanes.get(key);
            if (lane == null) {
                lane = new Lane<>(() -> lanes.remove(key));
                lanes.put(key, lane);
                lane.appoint(seat);
            } else {
                seat.lastTakeoff = lane.takeoffs;
                lane.waiting.add(seat);
            }
            return lane;
        } finally {
            lock.unlock();
        }
    }

    /** The value, or null if the seat has become the leader's. */
    private @Nullable V await(Lane<V> lane, Seat<V> seat) throws UndeterminedException {
        while (seat.state == State.WAITING) {
            long now = nanoTime.getAsLong();
            if (seat.terms.areOverAt(now) || Thread.currentThread().isInterrupted()) {
                leave(lane, seat);
            } else if (lane.isOverdueAt(now)) {
                takeOver(lane, seat, now);
            } else {
                LockSupport.parkNanos(lane, Math.min(seat.terms.deadline() - now, lane.deadline - now));
            }
        }
        return seat.value;
    }

    /** Unless the value, or the lead, has come at the last moment. */
    private void leave(Lane<V> lane, Seat<V> seat) throws UndeterminedException {
        lock.lock();
        try {
            if (seat.state != State.WAITING) {
                return;
            }
            lane.waiting.remove(seat);
        } finally {
            lock.unlock();
        }
        throw undetermined(
                Thread.currentThread().isInterrupted()
                        ? "interrupted while another request with the same token was asking"
                        : "another request with the same token asks, and takes too long");
    }

    private void takeOver(Lane<V> lane, Seat<V> seat, long now) {
        lock.lock();
        try {
            if (seat.state == State.WAITING && lane.isOverdueAt(now)) {
                lane.waiting.remove(seat);
                lane.appoint(seat);
            }
        } finally {
            lock.unlock();
        }
    }

    private V lead(Lane<V> lane, Seat<V> seat, Trip<V> trip) throws UndeterminedException {
        V landed = null;
        try {
            if (seat.terms.areOverAt(nanoTime.getAsLong()) && seat.hasWaited) {
                throw undetermined("another request with the same token asked in vain, for too long");
            }
            V known = trip.known();
            if (known != null) {
                return known;
            }
            takeOff(lane, seat);
            landed = Objects.requireNonNull(trip.fly());
            return landed;
        } finally {
            land(lane, seat, landed);
        }
    }

    private void takeOff(Lane<V> lane, Seat<V> seat) {
        lock.lock();
        try {
            if (lane.leader == seat) {
                lane.takeoffs++;
                lane.leftAt = nanoTime.getAsLong();
            }
        } finally {
            lock.unlock();
        }
    }

    /** @param value null if there is none */
    private void land(Lane<V> lane, Seat<V> seat, @Nullable V value) {
        List<Seat<V>> called;
        lock.lock();
        try {
            called = lane.leader == seat ? lane.landed(value) : List.of();
        } finally {
            lock.unlock();
        }
        for (Seat<V> each : called) {
            LockSupport.unpark(each.thread);
        }
    }

    private static UndeterminedException undetermined(String detail) {
        return new UndeterminedException(Uncertainty.INTROSPECTION_UNAVAILABLE, detail);
    }

    private enum State {
        WAITING,
        LEADING,
        SERVED
    }

    /** One caller. Written under the lock; state and value are read by their own thread without it, the state first. */
    private static final class Seat<V> {
        private final Terms terms;
        private final Thread thread = Thread.currentThread();
        private long lastTakeoff;
        private boolean hasWaited;
        private @Nullable V value;
        private volatile State state = State.WAITING;

        Seat(Terms terms) {
            this.terms = terms;
        }
    }

    /** The flights of one key, one after the other. Everything under the lock, but for the deadline, which may be read without. */
    private static final class Lane<V> {
        private final Runnable closing;
        private final Deque<Seat<V>> waiting = new ArrayDeque<>();
        private @Nullable Seat<V> leader;
        private long takeoffs;
        private long leftAt;
        private volatile long deadline;

        Lane(Runnable closing) {
            this.closing = closing;
        }

        boolean isOverdueAt(long nanos) {
            return nanos - deadline >= 0;
        }

        void appoint(Seat<V> seat) {
            leader = seat;
            deadline = seat.terms.deadline();
            seat.state = State.LEADING;
        }

        /** Whom to wake: who is served, and who leads next. Who came last has the most time left. */
        List<Seat<V>> landed(@Nullable V value) {
            List<Seat<V>> called = value == null ? new ArrayList<>(1) : serve(value);
            Seat<V> next = waiting.pollLast();
            if (next == null) {
                leader = null;
                closing.run();
            } else {
                next.hasWaited = true;
                appoint(next);
                called.add(next);
            }
            return called;
        }

        private List<Seat<V>> serve(V value) {
            List<Seat<V>> served = new ArrayList<>(waiting.size() + 1);
            for (Iterator<Seat<V>> seats = waiting.iterator(); seats.hasNext(); ) {
                Seat<V> seat = seats.next();
                // Who was here at takeoff arrived before it, however coarse the clock is.
                if (seat.lastTakeoff < takeoffs || seat.terms.accept(leftAt)) {
                    seats.remove();
                    seat.value = value;
                    seat.state = State.SERVED;
                    served.add(seat);
                }
            }
            return served;
        }
    }
}
