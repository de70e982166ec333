package dev.cardea.resilience;

import dev.cardea.resilience.NotAdmittedException.Limit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * So many calls at a time, so that a slow endpoint does not take every thread of the server (N11). {@link Standing#NEW} tokens
 * may have three quarters of them. Nobody waits. Thread-safe, without locks.
 */
public final class Bulkhead {
    private static final long ONE_NEW = 1L << 32;

    private final int mostOfAll;
    private final int mostOfNew;

    /** Calls in flight; in the upper half those for new tokens among them, so that both are compared at once. */
    private final AtomicLong inFlight = new AtomicLong();

    /** @param most at least 1 */
    public Bulkhead(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("a bulkhead for " + most);
        }
        this.mostOfAll = most;
        this.mostOfNew = Standing.shareOfNew(most);
    }

    /** Every call that enters has to {@link #leave}. */
    void enter(Standing standing) throws NotAdmittedException {
        while (true) {
            long seen = inFlight.get();
            if (all(seen) >= mostOfAll || (standing == Standing.NEW && ofNew(seen) >= mostOfNew)) {
                throw new NotAdmittedException(Limit.BULKHEAD, 0);
            }
            if (inFlight.compareAndSet(seen, seen + weight(standing))) {
                return;
            }
        }
    }

    /** Whether {@link #enter} would let pass at this moment. */
    boolean hasRoom(Standing standing) {
        long seen = inFlight.get();
        return all(seen) < mostOfAll && (standing == Standing.KNOWN || ofNew(seen) < mostOfNew);
    }

    void leave(Standing standing) {
        inFlight.addAndGet(-weight(standing));
    }

    /** Calls that have entered and not left. */
    public int inFlight() {
        return all(inFlight.get());
    }

    private static long weight(Standing standing) {
        return standing == Standing.NEW ? ONE_NEW + 1 : 1;
    }

    private static int all(long inFlight) {
        return (int) inFlight;
    }

    private static int ofNew(long inFlight) {
        return (int) (inFlight >> 32);
    }
}
