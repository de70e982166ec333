package dev.cardea;

/**
 * What has become of DPoP proofs since the start, on this node. The numbers are read one after the other while requests go on.
 */
public interface ProofStatistics {
    /** Used proofs that are remembered, some of them for a moment longer than they have to be. */
    int getMarks();

    /** How many can be: {@code cardea.dpop.replay.max-entries}; 0 where proofs are not checked. */
    int getMaxMarks();

    /** Proofs that were refused because they had been used before. */
    long getReplays();

    /** Proofs answered with 503 because there was no room for another mark, in all, for that client, or after the clock had gone back. */
    long getTurnedAway();

    /** Proofs that were accepted without a mark, where a path rule has {@code allow-unmarked-proof}. */
    long getUnmarked();

    /** Proofs that came with an unbound bearer token and were not looked at. */
    long getStray();
}
