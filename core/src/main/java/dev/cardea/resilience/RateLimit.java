package dev.cardea.resilience;

import dev.cardea.resilience.NotAdmittedException.Limit;
import org.jspecify.annotations.Nullable;

/**
 * So many calls a second, and as many at once after a quiet second. {@link Standing#NEW} tokens may have three quarters of
 * both, so that whoever invents tokens does not use up what known ones need (N06). Thread-safe, without locks.
 */
public final class RateLimit {
    private static final long SECOND = 1_000_000_000L;

    private final @Nullable TokenBucket all;
    private final @Nullable TokenBucket ofNew;

    /** @param perSecond 0 for no limit */
    public RateLimit(int perSecond, long now) {
        if (perSecond == 0) {
            all = null;
            ofNew = null;
        } else {
            int share = Standing.shareOfNew(perSecond);
            all = new TokenBucket(perSecond, SECOND / perSecond, now);
            ofNew = new TokenBucket(share, SECOND / share, now);
        }
    }

    void take(Standing standing, long now) throws NotAdmittedException {
        if (all == null || ofNew == null) {
            return;
        }
        if (standing == Standing.NEW && !ofNew.tryTake(now)) {
            throw new NotAdmittedException(Limit.RATE_LIMIT, 0);
        }
        if (!all.tryTake(now)) {
            if (standing == Standing.NEW) {
                ofNew.giveBack();
            }
            throw new NotAdmittedException(Limit.RATE_LIMIT, 0);
        }
    }

    /** The call is not made after all. */
    void giveBack(Standing standing) {
        if (all == null || ofNew == null) {
            return;
        }
        all.giveBack();
        if (standing == Standing.NEW) {
            ofNew.giveBack();
        }
    }
}
