package dev.cardea.discovery;

/** A document that has to be fetched again from time to time. */
public interface Refreshable {
    /**
     * Fetches it if that is due, and says when to come again. An outage is no exception: whoever fetches has told the
     * operator, and the next time is the time to try again.
     *
     * @return nanoseconds; may be more than anybody sleeps
     */
    long refresh();
}
