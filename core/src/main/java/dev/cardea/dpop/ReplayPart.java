package dev.cardea.dpop;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The marks of one part of a {@link MemoryReplayStore}: a table of open addressing with linear probing in one array, without an
 * object for each mark.
 *
 * <p>When the table has become too full, those whose time is over leave it; it grows only if too many are left. So there is no
 * thread that cleans up, and what an insertion costs is bounded by the size of one part. All fields but {@link #soonestEnd} are
 * guarded by the lock.
 */
final class ReplayPart {
    /** What came of a proof. */
    enum Use {
        FIRST,
        REPLAY,
        /** There is no mark, but there may have been one that is forgotten. */
        DOUBTFUL,
        NO_ROOM
    }

    static final long NEVER = Long.MAX_VALUE;

    /** A clock that went back further than that makes no doubt: refusing everything for so long would be an outage. */
    static final long LONGEST_DOUBT_MILLIS = 60_000;

    /** Of a slot: 64 bits of the key; the other 64, of which the last is set in each slot that is taken; end; age and client. */
    private static final int WORDS = 4;

    private static final int LOW = 1;
    private static final int UNTIL = 2;
    private static final int REST = 3;
    private static final int LEAST_SLOTS = 8;
    private static final long MILLIS_PER_SECOND = 1_000;

    private final Lock lock = new ReentrantLock();
    private final Room room;
    private final long secret;
    private long[] table = new long[0];
    private int slots;
    private int taken;
    private long forgottenUntil = Long.MIN_VALUE;

    /** No mark ends sooner: until then, looking for room here is in vain. Written under the lock. */
    private volatile long soonestEnd = NEVER;

    ReplayPart(Room room, long secret) {
        this.room = room;
        this.secret = secret;
    }

    /**
     * The store's times at one moment.
     *
     * @param millis by the clock that proofs are judged by
     * @param second since the start, monotonic
     */
    record Now(long millis, int second) {}

    /** Asks for the time itself, under the lock: of two who come with one key, the later has the later time. */
    Use use(ReplayKey key, int client, long untilMillis, MemoryReplayStore.Times times) {
        lock.lock();
        try {
            Now now = times.now();
            if (untilMillis <= now.millis) {
                return Use.REPLAY;
            }
            int slot = slots == 0 ? -1 : slotOf(key);
            if (slot >= 0 && !isFree(slot)) {
                return again(slot, untilMillis, now);
            }
            if (untilMillis <= forgottenUntil && forgottenUntil - now.millis <= LONGEST_DOUBT_MILLIS) {
                return Use.DOUBTFUL;
            }
            if (!room.take(client)) {
                return Use.NO_ROOM;
            }
            insert(key, client, untilMillis, now);
            return Use.FIRST;
        } finally {
            lock.unlock();
        }
    }

    long soonestEnd() {
        return soonestEnd;
    }

    /** Gives back the room of the marks whose time is over. */
    void forgetOver(Now now) {
        lock.lock();
        try {
            removeOver(now);
        } finally {
            lock.unlock();
        }
    }

    /** Somebody's second proof with a {@code jti} whose first is over takes its slot. */
    private Use again(int slot, long untilMillis, Now now) {
        if (table[slot * WORDS + UNTIL] > now.millis) {
            return Use.REPLAY;
        }
        end(slot, client(slot), untilMillis, now);
        return Use.FIRST;
    }

    private void insert(ReplayKey key, int client, long untilMillis, Now now) {
        if (taken + 1 > limit()) {
            removeOver(now);
            if (taken + 1 > few() || taken < slots / 8) {
                resize();
            }
        }
        int slot = slotOf(key);
        table[slot * WORDS] = key.high();
        table[slot * WORDS + LOW] = low(key);
        end(slot, client, untilMillis, now);
        taken++;
    }

    private void end(int slot, int client, long untilMillis, Now now) {
        table[slot * WORDS + UNTIL] = untilMillis;
        table[slot * WORDS + REST] =
                (long) endSecond(untilMillis, now) << Integer.SIZE | Integer.toUnsignedLong(client);
        if (untilMillis < soonestEnd) {
            soonestEnd = untilMillis;
        }
    }

    /** Rounded down, or a mark could stay a second longer than it has to; at most 68 years. */
    private static int endSecond(long untilMillis, Now now) {
        long left = untilMillis - now.millis;
        long seconds = left < 0 ? Integer.MAX_VALUE : left / MILLIS_PER_SECOND; // less than nothing is an overflow
        return (int) Math.min(Integer.MAX_VALUE, now.second + seconds);
    }

    /** Five eighths: with more, looking for what is not there would take many steps. */
    private int limit() {
        return slots * 5 / 8;
    }

    /** So many that it takes half as many again to reach the limit: clearing is not to be repeated for a handful. */
    private int few() {
        return slots * 5 / 12;
    }

    /** One pass; each mark is looked at once, or twice if it has moved. */
    private void removeOver(Now now) {
        long soonest = NEVER;
        long forgotten = forgottenUntil;
        int slot = 0;
        while (slot < slots) {
            if (isFree(slot)) {
                slot++;
            } else if (isOver(slot, now)) {
                forgotten = Math.max(forgotten, table[slot * WORDS + UNTIL]);
                room.giveBack(client(slot));
                remove(slot); // what follows may have moved here
                taken--;
            } else {
                // What only the monotonic time keeps is looked at again in a second.
                long until = table[slot * WORDS + UNTIL];
                soonest = Math.min(soonest, until > now.millis ? until : now.millis + MILLIS_PER_SECOND);
                slot++;
            }
        }
        forgottenUntil = forgotten;
        soonestEnd = soonest;
    }

    /** By both times: a clock that is set forward and back again must not have made marks forgotten in between. */
    private boolean isOver(int slot, Now now) {
        return table[slot * WORDS + UNTIL] <= now.millis
                && (int) (table[slot * WORDS + REST] >>> Integer.SIZE) <= now.second;
    }

    /** Closes the gap: moves those back that would not be found behind it. */
    private void remove(int removed) {
        int gap = removed;
        int slot = next(gap);
        while (!isFree(slot)) {
            int home = home(table[slot * WORDS]);
            // Cyclically: whether the way from its home to the slot leads over the gap.
            boolean isBehindGap = gap <= slot ? home <= gap || home > slot : home <= gap && home > slot;
            if (isBehindGap) {
                System.arraycopy(table, slot * WORDS, table, gap * WORDS, WORDS);
                gap = slot;
            }
            slot = next(slot);
        }
        table[gap * WORDS + LOW] = 0;
    }

    /** To two and a half times the marks that there are. After a rush that makes it smaller. */
    private void resize() {
        long[] old = table;
        slots = Math.max(LEAST_SLOTS, (taken + 1) * 5 / 2);
        table = new long[slots * WORDS];
        for (int i = 0; i < old.length; i += WORDS) {
            if (old[i + LOW] != 0) {
                int slot = home(old[i]);
                while (!isFree(slot)) {
                    slot = next(slot);
                }
                System.arraycopy(old, i, table, slot * WORDS, WORDS);
            }
        }
    }

    /** Where the key is, or else the free slot where it would be. */
    private int slotOf(ReplayKey key) {
        int slot = home(key.high());
        while (!isFree(slot) && (table[slot * WORDS] != key.high() || table[slot * WORDS + LOW] != low(key))) {
            slot = next(slot);
        }
        return slot;
    }

    private int home(long high) {
        long fraction = MemoryReplayStore.mixed(high, secret) & 0xffff_ffffL;
        return (int) ((fraction * slots) >>> Integer.SIZE);
    }

    private int next(int slot) {
        return slot + 1 == slots ? 0 : slot + 1;
    }

    private boolean isFree(int slot) {
        return table[slot * WORDS + LOW] == 0;
    }

    private int client(int slot) {
        return (int) table[slot * WORDS + REST];
    }

    private static long low(ReplayKey key) {
        return key.low() | 1;
    }
}
