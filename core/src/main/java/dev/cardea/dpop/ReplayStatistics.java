package dev.cardea.dpop;

/**
 * What a replay store has done since the start, and how much it holds. The numbers are read one after the other while requests
 * go on.
 *
 * @param marks proofs that are remembered; among them some whose time is over and whose place nobody has needed yet
 * @param maxMarks how many can be
 * @param replays proofs refused since they had been used
 * @param full proofs about which nothing could be said since there was no room at all
 * @param overQuota proofs about which nothing could be said since their client had more than its share of what room there was
 * @param doubtful proofs about which nothing could be said since the clock had gone back
 */
public record ReplayStatistics(int marks, int maxMarks, long replays, long full, long overQuota, long doubtful) {}
