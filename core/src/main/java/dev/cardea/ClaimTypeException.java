package dev.cardea;

import dev.cardea.reject.Quoted;

/**
 * A claim is there, but not of the JSON type that the application asked for: the authorization server and the application
 * do not agree. Names the claim and the type, never the value, so that it may be logged.
 *
 * <p>Unchecked: left alone it becomes a 500, like any other disagreement that no client can settle.
 */
public final class ClaimTypeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String claim;

    ClaimTypeException(String claim, String expected) {
        super("claim " + Quoted.of(claim) + " is not " + expected);
        this.claim = claim;
    }

    /** The name or path that was asked for. */
    public String claim() {
        return claim;
    }
}
