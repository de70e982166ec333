package dev.cardea.log;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Tells the operator that something keeps failing, without a line per request: the first failure of a cause at once,
 * then at most one a minute, with the number of those in between; and a line when it works again.
 *
 * <p>The minute is counted over recoveries too, so that something that fails every other time does not write two lines
 * for each. Thread-safe; {@link #works} is one volatile read while nothing is wrong.
 */
public final class RateLimitedLog {
    /** Least time between two lines about one cause. */
    public static final Duration INTERVAL = Duration.ofMinutes(1);

    private final System.Logger logger;
    private final LongSupplier nanoTime;
    private final Map<Enum<?>, Cause> causes = new HashMap<>(); // guarded by itself
    private volatile boolean announced;

    /** @param nanoTime a monotonic time in nanoseconds, such as {@link System#nanoTime} */
    public RateLimitedLog(System.Logger logger, LongSupplier nanoTime) {
        this.logger = logger;
        this.nanoTime = nanoTime;
    }

    /**
     * Logs {@code message}, unless a line about {@code cause} was written less than a minute ago.
     *
     * @param cause what is counted as the same trouble: an enum, so that no request can make new ones
     * @param message of our own words: no token, no secret
     */
    public void failed(Level level, Enum<?> cause, String message) {
        long suppressed;
        synchronized (causes) {
            suppressed = causes.computeIfAbsent(cause, any -> new Cause()).admit(nanoTime.getAsLong());
            announced |= suppressed >= 0;
        }
        if (suppressed > 0) {
            logger.log(level, message + " (and " + suppressed + " more of the kind since the last such line)");
        } else if (suppressed == 0) {
            logger.log(level, message);
        }
    }

    /** Logs {@code message} at INFO if the last thing that was logged here is a failure. Called at every success. */
    public void works(String message) {
        if (!announced) {
            return;
        }
        synchronized (causes) {
            if (!announced) {
                return;
            }
            announced = false;
        }
        logger.log(Level.INFO, message);
    }

    private static final class Cause {
        private boolean seen;
        private long lastLine;
        private long suppressed;

        /** The number of lines held back before this one, or -1 if this one is held back too. */
        long admit(long now) {
            if (seen && now - lastLine < INTERVAL.toNanos()) {
                suppressed++;
                return -1;
            }
            long before = suppressed;
            seen = true;
            lastLine = now;
            suppressed = 0;
            return before;
        }
    }
}
