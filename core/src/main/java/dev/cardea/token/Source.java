package dev.cardea.token;

/** Where the facts about a token came from in this request. */
public enum Source {
    /** Verified with local keys. */
    LOCAL,
    /** Established for an earlier request and kept: an answer of the introspection endpoint, or a JWT's signature. */
    CACHE,
    /** The introspection endpoint was asked. */
    REMOTE,
    /** The introspection endpoint cannot be asked; what it said before counts for a while where the path rule allows that. */
    STALE
}
