package dev.cardea.discovery;

import dev.cardea.reject.Uncertainty;
import dev.cardea.reject.UndeterminedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The last good copy of a document that somebody else publishes: fetched ahead of time in the background, one fetch at a
 * time, replaced by nothing but a good one.
 *
 * <p>A request fetches, or waits, only while there is no copy that may be used. It never waits for a newer one: that is the
 * {@link Refresher}'s business, whom a request wakes if it seems to have overslept.
 *
 * <p>After a failed fetch none is begun for five seconds, so that an outage is not made worse by everybody who notices it.
 *
 * <p>Thread-safe: {@code current} is written under the lock and read without; flight and failure are read and written under
 * it. The lock is never held during a fetch or a wait.
 */
public final class LastGood<T> implements Refreshable {
    /** Time between the end of a failed fetch and the next attempt. */
    public static final Duration RETRY_PAUSE = Duration.ofSeconds(5);

    /** What the publisher says cannot make copies be fetched more often. */
    public static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(60);

    private static final long PAUSE_NANOS = RETRY_PAUSE.toNanos();

    private final Fetch<T> fetch;
    private final Rules rules;
    private final LongSupplier nanoTime;
    private final Refresher refresher;
    private final Object lock = new Object();
    private final AtomicLong wokenAt;
    private volatile @Nullable Copy<T> current;
    private volatile boolean wanted;
    private @Nullable Flight<T> flight;
    private @Nullable Failure failure;

    /**
     * @param nanoTime a monotonic time in nanoseconds
     * @param refresher looks after this from the time on when it is first needed or {@link #want}ed
     */
    public LastGood(Fetch<T> fetch, Rules rules, LongSupplier nanoTime, Refresher refresher) {
        this.fetch = fetch;
        this.rules = rules;
        this.nanoTime = nanoTime;
        this.refresher = refresher;
        this.wokenAt = new AtomicLong(nanoTime.getAsLong() - PAUSE_NANOS);
        refresher.lookAfter(this);
    }

    /** Gets the document, within its own deadline. */
    public interface Fetch<T> {
        Fetched<T> fetch() throws UndeterminedException;
    }

    /**
     * A document as it came.
     *
     * @param freshFor how long its publisher says that it may be kept, or null if it does not say
     */
    public record Fetched<T>(T value, @Nullable Duration freshFor) {}

    /**
     * How long a copy is good.
     *
     * @param uncertainty what it is when there is none
     * @param refresh age at which it should have been replaced; less if its publisher says so, but then not under a minute
     * @param maxStale age up to which it is used while it cannot be fetched, or null for ever
     * @param patience how long a request waits for a fetch that another one has begun; at least what a fetch takes
     */
    public record Rules(
            Uncertainty uncertainty,
            Duration refresh,
            @Nullable Duration maxStale,
            Duration patience) {}

    /** A good copy, which is equal to no other: what tells it from a newer one is which object it is. */
    public static final class Copy<T> {
        private final T value;
        private final long askedAt;
        private final long renewalNanos;

        private Copy(T value, long askedAt, long renewalNanos) {
            this.value = value;
            this.askedAt = askedAt;
            this.renewalNanos = renewalNanos;
        }

        public T value() {
            return value;
        }
    }

    /** A fetch that is going on, and whether whoever holds this began it and has to do it. */
    private record Flight<T>(boolean own, long begunAt, CompletableFuture<Copy<T>> landing) {}

    private record Failure(long at, UndeterminedException exception) {}

    /** Has it fetched before the first request needs it. */
    public void want() {
        wanted = true;
        refresher.wake();
    }

    /** The present copy, of whatever age, or null. */
    public @Nullable Copy<T> peek() {
        return current;
    }

    /**
     * A copy that may be used: at once if there is one. Else fetches it, or waits for it.
     *
     * @throws UndeterminedException if there is none, or only one that is too old, and it cannot be fetched
     */
    public Copy<T> get() throws UndeterminedException {
        Copy<T> copy = current;
        if (copy == null) {
            return required();
        }
        long now = nanoTime.getAsLong();
        if (isTooOld(copy, now)) {
            return required();
        }
        if (now - copy.askedAt - copy.renewalNanos >= PAUSE_NANOS) {
            wakeRefresher(now);
        }
        return copy;
    }

    /**
     * The machine was suspended, or the refresher is held up by somebody else's document. Once per pause: in an outage,
     * every request comes here.
     */
    private void wakeRefresher(long now) {
        long last = wokenAt.get();
        if (now - last >= PAUSE_NANOS && wokenAt.compareAndSet(last, now)) {
            refresher.wake();
        }
    }

    @Override
    public long refresh() {
        Flight<T> own;
        synchronized (lock) {
            long wait = untilDue();
            if (wait > 0) {
                return wait;
            }
            if (flight != null) {
                return PAUSE_NANOS; // a request is at it
            }
            own = board();
        }
        try {
            lead(own);
        } catch (UndeterminedException e) {
            return PAUSE_NANOS; // the copy there is stays; who fetched has told the operator
        }
        synchronized (lock) {
            return untilDue();
        }
    }

    /** Under the lock. */
    private long untilDue() {
        if (!wanted) {
            return Long.MAX_VALUE;
        }
        long now = nanoTime.getAsLong();
        Copy<T> copy = current;
        Failure last = failure;
        long untilRenewal = copy == null ? 0 : copy.renewalNanos - (now - copy.askedAt);
        long pause = last == null ? 0 : PAUSE_NANOS - (now - last.at());
        return Math.max(untilRenewal, pause);
    }

    /**
     * A copy that was asked for later than {@code seen}, if one can be had: joins a fetch in flight, or begins one if
     * {@code permit} allows; else {@code seen} itself.
     *
     * @param permit asked under the lock, right before a fetch
     * @param inVain told if that fetch has failed
     * @throws UndeterminedException if the fetch fails, or one failed a moment ago
     */
    public Copy<T> newerThan(Copy<T> seen, BooleanSupplier permit, Runnable inVain) throws UndeterminedException {
        Flight<T> boarded;
        synchronized (lock) {
            Copy<T> copy = current;
            if (copy != null && copy != seen) {
                return copy;
            }
            if (flight == null) {
                requireNoPause();
                if (!permit.getAsBoolean()) {
                    return seen;
                }
            }
            boarded = board();
        }
        try {
            return fly(boarded);
        } catch (UndeterminedException e) {
            if (boarded.own()) {
                inVain.run();
            }
            throw e;
        }
    }

    /** How long ago {@code copy} was asked for. */
    public Duration age(Copy<T> copy) {
        return Duration.ofNanos(nanoTime.getAsLong() - copy.askedAt);
    }

    /** Whether {@code copy} was asked for at {@code time} or later. */
    public boolean isSince(long time, Copy<T> copy) {
        return copy.askedAt - time >= 0;
    }

    private boolean isTooOld(Copy<T> copy, long now) {
        Duration maxStale = rules.maxStale();
        return maxStale != null && now - copy.askedAt > maxStale.toNanos();
    }

    private Copy<T> required() throws UndeterminedException {
        Flight<T> boarded;
        synchronized (lock) {
            Copy<T> copy = current;
            if (copy != null && !isTooOld(copy, nanoTime.getAsLong())) {
                return copy; // landed since the caller looked
            }
            wanted = true;
            if (flight == null) {
                requireNoPause();
            }
            boarded = board();
        }
        return fly(boarded);
    }

    /** Under the lock: the flight there is, or a new one of our own. */
    private Flight<T> board() {
        Flight<T> going = flight;
        if (going != null) {
            return going;
        }
        Flight<T> own = new Flight<>(true, nanoTime.getAsLong(), new CompletableFuture<>());
        flight = new Flight<>(false, own.begunAt(), own.landing());
        return own;
    }

    private Copy<T> fly(Flight<T> boarded) throws UndeterminedException {
        return boarded.own() ? lead(boarded) : join(boarded);
    }

    private Copy<T> lead(Flight<T> own) throws UndeterminedException {
        // What joins see if the fetch ends in something that is neither a copy nor an answer: a bug, which goes its own
        // way.
        UndeterminedException outcome = undetermined("a fetch broke off");
        try {
            Fetched<T> fetched = fetch.fetch();
            Copy<T> copy = new Copy<>(fetched.value(), own.begunAt(), renewal(fetched.freshFor()));
            land(copy, null);
            own.landing().complete(copy);
            return copy;
        } catch (UndeterminedException e) {
            outcome = e;
            throw e;
        } finally {
            if (!own.landing().isDone()) {
                // An interrupt is about our thread, not about their server: the next request may ask at once.
                land(null, Thread.currentThread().isInterrupted() ? null : outcome);
                own.landing().completeExceptionally(outcome);
            }
        }
    }

    /** Ahead of time by a fifth, so that a few failures do no harm; but a minute is a minute. */
    private long renewal(@Nullable Duration freshFor) {
        Duration interval = rules.refresh();
        if (freshFor != null && freshFor.compareTo(interval) < 0) {
            interval = freshFor;
        }
        Duration ahead = interval.multipliedBy(4).dividedBy(5);
        return (ahead.compareTo(SHORTEST_INTERVAL) < 0 ? SHORTEST_INTERVAL : ahead).toNanos();
    }

    private void land(@Nullable Copy<T> copy, @Nullable UndeterminedException exception) {
        synchronized (lock) {
            flight = null;
            failure = exception == null ? null : new Failure(nanoTime.getAsLong(), exception);
            if (copy != null) {
                current = copy;
            }
        }
    }

    private Copy<T> join(Flight<T> joined) throws UndeterminedException {
        try {
            return joined.landing().get(rules.patience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof UndeterminedException outcome ? outcome : undetermined("a fetch broke off");
        } catch (TimeoutException e) {
            throw undetermined("a fetch that another request began takes too long");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw undetermined("interrupted while another request was fetching");
        }
    }

    private void requireNoPause() throws UndeterminedException {
        Failure last = failure;
        if (last != null && nanoTime.getAsLong() - last.at() < PAUSE_NANOS) {
            throw last.exception();
        }
    }

    private UndeterminedException undetermined(String detail) {
        return new UndeterminedException(rules.uncertainty(), detail);
    }
}
