package dev.cardea.discovery;

/** Fetches ahead of time, so that no request has to. Implementations are thread-safe. */
public interface Refresher {
    /** From now on has {@code document} fetched when it is due. */
    void lookAfter(Refreshable document);

    /** Something is late: look now. Cheap; may be called by any request. */
    void wake();
}
