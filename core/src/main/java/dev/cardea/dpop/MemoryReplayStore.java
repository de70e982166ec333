package dev.cardea.dpop;

import dev.cardea.reject.Uncertainty;
import dev.cardea.reject.UndeterminedException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * The used proofs of this process. What is marked stays until its end to the millisecond and is never pushed out; when there is
 * no room, nobody can tell any more, and that is what is said. No client can take all of it: see {@link Room}.
 *
 * <p>A mark takes 32 bytes in a table that is two fifths to five eighths full, and no object. The memory grows with
 * the marks. Those whose time is over make room when a place is needed; there is no thread. The store is cut into many parts of
 * about {@value #MARKS_PER_PART} marks with a lock each, so that requests seldom wait for one another, and never for more than
 * one part to be cleared or to grow.
 *
 * <p>Where a mark stands depends on its digest and on a random number of this store. The digest alone would not do: whoever
 * tries a million {@code jti} at home for each that he sends can have them all begin alike, and long searches here.
 *
 * <p><b>Clocks.</b> Proofs are judged by the clock, so marks are as well: set back, it makes them live longer. A clock that is set
 * forward makes nothing forgotten before as much time has really passed. After a clock was set back by up to a minute, nobody can
 * tell whether a proof was used whose mark would have ended before; after more than that it is taken as unused. Thread-safe.
 */
public final class MemoryReplayStore implements ReplayStore {
    private static final int MARKS_PER_PART = 1024;
    private static final int LEAST_PARTS = 16;
    private static final int MOST_PARTS = 4096;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final Duration LEAST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

    private final Room room;
    private final Times times;
    private final long secret;
    private final ReplayPart[] parts;
    private final LongAdder replays = new LongAdder();
    private final LongAdder full = new LongAdder();
    private final LongAdder overQuota = new LongAdder();
    private final LongAdder doubtful = new LongAdder();

    /** With the clock for both times: enough where it is never set. */
    public MemoryReplayStore(int maxEntries, Clock clock) {
        this(maxEntries, clock, () -> Duration.ofMillis(clock.millis()).toNanos());
    }

    /**
     * @param maxEntries how many marks there can be at a time, at least 1
     * @param clock what proofs are judged by
     * @param nanoTime a monotonic time in nanoseconds, such as {@link System#nanoTime}
     */
    public MemoryReplayStore(int maxEntries, Clock clock, LongSupplier nanoTime) {
        this(maxEntries, clock, nanoTime, new SecureRandom().nextLong());
    }

    MemoryReplayStore(int maxEntries, Clock clock, LongSupplier nanoTime, long secret) {
        this.room = new Room(maxEntries);
        this.times = new Times(clock, nanoTime, nanoTime.getAsLong());
        this.secret = secret;
        int wanted = Math.min(MOST_PARTS, Math.max(LEAST_PARTS, maxEntries / MARKS_PER_PART));
        this.parts = new ReplayPart[Integer.highestOneBit(wanted)];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = new ReplayPart(room, secret);
        }
    }

    @Override
    public boolean firstUse(ReplayKey key, long untilMillis) throws UndeterminedException {
        int part = (int) (mixed(key.high(), secret) >>> Integer.SIZE) & parts.length - 1;
        int client = (int) (mixed(key.client(), ~secret) >>> Integer.SIZE);
        while (true) {
            switch (parts[part].use(key, client, untilMillis, times)) {
                case FIRST -> {
                    return true;
                }
                case REPLAY -> {
                    replays.increment();
                    return false;
                }
                case DOUBTFUL -> throw doubt();
                case NO_ROOM -> {
                    if (!makeRoom(client, part)) {
                        throw noRoom();
                    }
                }
            }
        }
    }

    /** The numbers now. */
    public ReplayStatistics statistics() {
        return new ReplayStatistics(
                room.taken(), room.max(), replays.sum(), full.sum(), overQuota.sum(), doubtful.sum());
    }

    /**
     * Looks for marks whose time is over, from the next part on, until there is room for one of {@code client}. Parts that
     * cannot have any are passed over, so that a store that is full of live marks is told at the cost of a field for each part.
     */
    private boolean makeRoom(int client, int part) {
        ReplayPart.Now now = times.now();
        for (int i = 1; i <= parts.length && !room.isLeft(client); i++) {
            ReplayPart other = parts[part + i & parts.length - 1];
            if (other.soonestEnd() <= now.millis()) {
                other.forgetOver(now);
            }
        }
        return room.isLeft(client);
    }

    private UndeterminedException noRoom() {
        boolean isFull = room.isFull();
        (isFull ? full : overQuota).increment();
        return new UndeterminedException(
                Uncertainty.REPLAY_STORE_FULL,
                isFull
                        ? "all " + room.max() + " places for used proofs are taken"
                        : "places for used proofs are scarce, and this client has more than its share",
                untilSomethingEnds());
    }

    private UndeterminedException doubt() {
        doubtful.increment();
        return new UndeterminedException(
                Uncertainty.REPLAY_STORE_FULL,
                "the clock was set back, and whether this proof was used is forgotten",
                LEAST_RETRY);
    }

    /** In whole seconds, since that is what {@code Retry-After} has. */
    private Duration untilSomethingEnds() {
        long now = times.now().millis();
        long soonest = now + LONGEST_RETRY.toMillis();
        for (ReplayPart part : parts) {
            soonest = Math.min(soonest, part.soonestEnd());
        }
        return Duration.ofSeconds(Math.max(LEAST_RETRY.toSeconds(), (soonest - now + 999) / 1_000));
    }

    /** Spreads what somebody may have chosen, in a way that he does not know. */
    static long mixed(long chosen, long secret) {
        long mixed = chosen ^ secret;
        mixed = (mixed ^ mixed >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }

    /** Two clocks. */
    static final class Times {
        private final Clock clock;
        private final LongSupplier nanoTime;
        private final long start;

        Times(Clock clock, LongSupplier nanoTime, long start) {
            this.clock = clock;
            this.nanoTime = nanoTime;
            this.start = start;
        }

        ReplayPart.Now now() {
            return new ReplayPart.Now(clock.millis(), (int) ((nanoTime.getAsLong() - start) / NANOS_PER_SECOND));
        }
    }
}
