package dev.cardea.resilience;

/** On whose account a call is made: a share of what an endpoint is asked to bear is kept for tokens that are known. */
public enum Standing {
    /** Nothing is known of the token: anybody can make one up. */
    NEW,
    /** The token was good when it was last asked about. */
    KNOWN;

    /** What {@link #NEW} may have of {@code all}: three quarters, but not nothing. */
    static int shareOfNew(int all) {
        return Math.max(1, (int) (all * 3L / 4));
    }
}
