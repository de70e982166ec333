package dev.cardea.introspection;

import dev.cardea.request.PresentedToken;

/**
 * Whether a token is active, and how the answer has to be: how old it may be, and by when it has to be there. All times are of
 * the monotonic clock that introspectors are given, in nanoseconds. Immutable.
 */
public final class Question {
    private final PresentedToken token;
    private final long arrivedNanos;
    private final long maxAgeNanos;
    private final long deadlineNanos;
    private final Kind kind;

    /** What is known of the token: in an emergency, those that are known go first. */
    public enum Kind {
        /** Nothing. */
        NEW,
        /** It was active when the endpoint was asked last. */
        KNOWN,
        /** As {@link #KNOWN}, and no request waits for the answer. */
        REFRESH
    }

    private Question(PresentedToken token, long arrivedNanos, long maxAgeNanos, long deadlineNanos, Kind kind) {
        this.token = token;
        this.arrivedNanos = arrivedNanos;
        this.maxAgeNanos = maxAgeNanos;
        this.deadlineNanos = deadlineNanos;
        this.kind = kind;
    }

    /**
     * A question about a token of which nothing is known yet.
     *
     * @param arrivedNanos when it arises
     * @param maxAgeNanos age of the oldest acceptable answer, counted from when the endpoint was asked: 0 for one that it is asked for
     *     after this question has arisen, {@link Long#MAX_VALUE} for what {@code cardea.introspection.cache.ttl} allows
     * @param timeoutNanos after which there has to be an answer, all waiting and retrying included
     */
    public static Question of(PresentedToken token, long arrivedNanos, long maxAgeNanos, long timeoutNanos) {
        return new Question(token, arrivedNanos, maxAgeNanos, arrivedNanos + timeoutNanos, Kind.NEW);
    }

    /** The same question, knowing more about the token. */
    public Question as(Kind newKind) {
        return newKind == kind ? this : new Question(token, arrivedNanos, maxAgeNanos, deadlineNanos, newKind);
    }

    /** The same question, with another age of the oldest acceptable answer. */
    Question withMaxAge(long nanos) {
        return new Question(token, arrivedNanos, nanos, deadlineNanos, kind);
    }

    public PresentedToken token() {
        return token;
    }

    public long arrivedNanos() {
        return arrivedNanos;
    }

    public long maxAgeNanos() {
        return maxAgeNanos;
    }

    public long deadlineNanos() {
        return deadlineNanos;
    }

    public Kind kind() {
        return kind;
    }

    @Override
    public String toString() {
        return kind + " question about " + token;
    }
}
