package dev.cardea.reject;

/** Why we cannot tell whether a token is good: our own outage or misconfiguration, never the client's fault. */
public enum Uncertainty {
    /** The issuer's metadata could not be fetched or does not belong to the issuer. */
    DISCOVERY_FAILED(Clause.T18),
    /** No usable signing keys, or keys too old to say that a {@code kid} is unknown. */
    KEYS_UNAVAILABLE(Clause.T18),
    /** The introspection endpoint could not be reached, was too slow, or answered 5xx or 429. */
    INTROSPECTION_UNAVAILABLE(Clause.I09),
    /**
     * The introspection endpoint was not asked, because our own limits let no more calls pass. Says nothing about the endpoint:
     * whoever invents enough tokens brings it about.
     */
    INTROSPECTION_LIMITED(Clause.I09),
    /** The introspection endpoint refused our call, or would: credentials, address, method or token kind. */
    INTROSPECTION_REFUSED(Clause.I07),
    /** The introspection endpoint answered something that is neither yes nor no. */
    INTROSPECTION_UNREADABLE(Clause.I09),
    /** Nobody can tell whether a DPoP proof was used before: there is no room for one more mark, in all or for this client. */
    REPLAY_STORE_FULL(Clause.D35);

    private final Clause clause;

    Uncertainty(Clause clause) {
        this.clause = clause;
    }

    /** The requirement under which nothing is decided. */
    public Clause clause() {
        return clause;
    }
}
