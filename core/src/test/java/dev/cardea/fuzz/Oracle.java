package dev.cardea.fuzz;

import dev.cardea.reject.RejectedException;

/** What a fuzz target says when something is wrong: an error, which no code under test catches. */
public final class Oracle {
    private Oracle() {}

    public static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("does not hold: " + what);
        }
    }

    /** A refusal has a reason, and the operator's part of it does not hold the token. */
    public static void requireClean(RejectedException e, String token) {
        require(e.rejection().reason() != null, "a reason");
        require(token.length() < 20 || !e.rejection().detail().contains(token), "nothing of the token in the log");
    }
}
