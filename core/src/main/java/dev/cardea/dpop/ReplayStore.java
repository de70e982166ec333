package dev.cardea.dpop;

import dev.cardea.reject.UndeterminedException;

/**
 * Which proofs were used (RFC 9449 11.1). One question, which is an answer and a mark at once: between asking and marking nobody
 * else can ask.
 *
 * <p>It is the last check of a proof. Whoever could set marks for proofs that are not sound in all other respects could use up
 * the proofs of others. Implementations are thread-safe. One that is shared by a cluster answers the same to each node.
 */
public interface ReplayStore {

    /**
     * Marks {@code key} as used until {@code untilMillis}.
     *
     * @param untilMillis when the proof can no longer be accepted, in milliseconds since 1970; the mark is gone from then on. It
     *     follows from the proof alone, so that each copy of it comes with the same end
     * @return true for exactly one caller per key until then. False for every other, and for whoever comes when it is over
     * @throws UndeterminedException if nobody can tell, for want of room or of the store. Nothing was marked
     */
    boolean firstUse(ReplayKey key, long untilMillis) throws UndeterminedException;
}
