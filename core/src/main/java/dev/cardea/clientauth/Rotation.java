package dev.cardea.clientauth;

import dev.cardea.file.WatchedFile;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of a file and, for a while after it was replaced, those that were in it before: it is not known whether the
 * authorization server has been told yet.
 *
 * <p>The new ones go first, until they are refused where the old ones are taken; then the old ones, until it is the other way
 * round. So each side of a rotation costs one call more for those who were on their way, and no call fails, whichever side was
 * first. What never worked, a file seen half written for instance, does not push out what did.
 *
 * <p>Thread-safe: each call reads the state once.
 */
final class Rotation<C> {
    private final @Nullable WatchedFile<C> file;
    private final long overlapNanos;
    private final LongSupplier nanoTime;
    private volatile State<C> state; // written under this

    private Rotation(@Nullable WatchedFile<C> file, C first, Duration overlap, LongSupplier nanoTime) {
        this.file = file;
        this.overlapNanos = overlap.toNanos();
        this.nanoTime = nanoTime;
        this.state = new State<>(first, null, 0, false, false);
    }

    /** Of a file that may be replaced. */
    static <C> Rotation<C> of(WatchedFile<C> file, Duration overlap, LongSupplier nanoTime) {
        return new Rotation<>(file, file.lastRead(), overlap, nanoTime);
    }

    /** Of a setting, which stays as it is until the application starts again. */
    static <C> Rotation<C> of(C only, LongSupplier nanoTime) {
        return new Rotation<>(null, only, Duration.ZERO, nanoTime);
    }

    /** What to try first. */
    C first() {
        if (file != null) {
            take(file, file.value());
        }
        State<C> now = state;
        C previous = previous(now);
        return previous != null && now.previousFirst ? previous : now.current;
    }

    /** What else there is; null if nothing. Looks at the file: its time may have come just now. */
    @Nullable
    C untried(List<C> refused) {
        if (file != null) {
            take(file, file.look());
        }
        State<C> now = state;
        if (!refused.contains(now.current)) {
            return now.current;
        }
        C previous = previous(now);
        return previous != null && !refused.contains(previous) ? previous : null;
    }

    /**
     * {@code credentials} were taken. Those from before count as the ones in force only where the new ones were refused to the
     * same call: a call may have been on its way when the file was replaced.
     *
     * @param refused what was refused before, in the same call
     * @return whether the old ones turn out to be in force still
     */
    boolean worked(C credentials, List<C> refused) {
        State<C> now = state;
        if (credentials == now.current ? now.currentWorked && !now.previousFirst : refused.isEmpty()) {
            return false;
        }
        synchronized (this) {
            State<C> latest = state;
            if (credentials == latest.current) {
                state = new State<>(latest.current, latest.previous, latest.changedAt, true, false);
                return false;
            }
            boolean stillInForce =
                    credentials == latest.previous && refused.contains(latest.current) && !latest.previousFirst;
            if (stillInForce) {
                state = new State<>(latest.current, latest.previous, latest.changedAt, false, true);
            }
            return stillInForce;
        }
    }

    private @Nullable C previous(State<C> now) {
        return now.previous != null && nanoTime.getAsLong() - now.changedAt < overlapNanos ? now.previous : null;
    }

    /** A thread that comes late must not bring back what it read before another thread read something newer. */
    private void take(WatchedFile<C> from, C read) {
        if (read == state.current) {
            return;
        }
        synchronized (this) {
            C newest = from.lastRead();
            State<C> before = state;
            if (newest != before.current) {
                boolean keepOlder = before.previous != null && !before.currentWorked;
                state = new State<>(
                        newest, keepOlder ? before.previous : before.current, nanoTime.getAsLong(), false, false);
            }
        }
    }

    /**
     * @param previous what was in force before, whether or not its time is over
     * @param changedAt nanoseconds
     * @param currentWorked whether the authorization server has taken the current ones
     * @param previousFirst whether it took the previous ones last
     */
    private record State<C>(
            C current, @Nullable C previous, long changedAt, boolean currentWorked, boolean previousFirst) {}
}
