package dev.cardea.dpop;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * How many marks there may be, in all and of one client.
 *
 * <p>A client may have {@value #TIMES_THE_REST} times as many marks as there are places left. While a quarter of all places is
 * left that is no limit at all. The fuller it gets, the sooner those are held back who have most: one client alone stops at three
 * quarters, three at three tenths each, and a client with few marks comes in almost to the end. No number has to be configured.
 *
 * <p>Marks are counted in two rows of counters, a client in one of each row; the lesser of his two is at least his number, and
 * more than that only if other clients share both. Who shares is not to be chosen from outside: the store mixes a secret in.
 *
 * <p>Thread-safe. The total is exact; of one client there may be as many marks too many as threads come at the same moment.
 */
final class Room {
    static final int TIMES_THE_REST = 3;

    private static final int ROW_BITS = 14;
    private static final int ROW = 1 << ROW_BITS;

    private final int max;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicIntegerArray ofClients = new AtomicIntegerArray(2 * ROW);

    Room(int max) {
        this.max = max;
    }

    int max() {
        return max;
    }

    int taken() {
        return taken.get();
    }

    /** @return whether there was a place for one more mark of {@code client}, which is his now */
    boolean take(int client) {
        while (true) {
            int seen = taken.get();
            if (!isLeft(seen, client)) {
                return false;
            }
            if (taken.compareAndSet(seen, seen + 1)) {
                ofClients.getAndIncrement(first(client));
                ofClients.getAndIncrement(second(client));
                return true;
            }
        }
    }

    /** A mark of {@code client} is gone. */
    void giveBack(int client) {
        ofClients.getAndDecrement(first(client));
        ofClients.getAndDecrement(second(client));
        taken.getAndDecrement();
    }

    boolean isFull() {
        return taken.get() >= max;
    }

    /** Whether {@code client} would get a place now. */
    boolean isLeft(int client) {
        return isLeft(taken.get(), client);
    }

    private boolean isLeft(int seen, int client) {
        long left = (long) max - seen;
        return left > 0
                && Math.min(ofClients.get(first(client)), ofClients.get(second(client))) < TIMES_THE_REST * left;
    }

    private static int first(int client) {
        return client & ROW - 1;
    }

    private static int second(int client) {
        return ROW + (client >>> (Integer.SIZE - ROW_BITS));
    }
}
