package dev.cardea.introspection;

/**
 * What the memory of one introspection endpoint's answers has done since the start, and how much it holds. The numbers are read
 * one after the other while requests go on.
 *
 * @param hits questions answered from memory: active
 * @param negativeHits questions answered from memory: not active
 * @param misses questions for which the endpoint was asked, or would have been if it could
 * @param joined questions that shared the answer to somebody else's
 * @param stale answers that served beyond their time since there was no newer one to be had
 * @param refreshes answers asked for again in the background before their end
 * @param rechecks answers asked for again in the background by chance
 * @param inVain refreshes and rechecks that brought nothing
 * @param active answers held: active, those whose time is over included
 * @param inactive answers held: not active, those whose time is over included
 */
public record CacheStatistics(
        long hits,
        long negativeHits,
        long misses,
        long joined,
        long stale,
        long refreshes,
        long rechecks,
        long inVain,
        int active,
        int inactive) {}
