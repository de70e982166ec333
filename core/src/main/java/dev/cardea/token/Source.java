package dev.cardea.token;

/** Where the facts about a token came from in this request. */
public enum Source {
    /** Verified with local keys. */
    LOCAL,
    /** An answer of the introspection endpoint that was kept. */
    CACHE,
    /** The introspection endpoint was asked. */
    REMOTE
}
