package dev.cardea.revocation;

import dev.cardea.request.TokenDigest;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * From when on answers about a token, a subject, a session, a client, an issuer, a tenant, or anything at all have to be: what was
 * asked for earlier is old, and the authorization server is asked again.
 *
 * <p>Nothing is looked for and removed. Whoever has an answer compares, when he wants to use it, when it was asked for with the
 * marks that concern it. So a mark also reaches the answer that is on its way while the mark is set: it was asked for earlier,
 * and is old when it comes. When {@code invalidate…} has returned, every later look sees the mark.
 *
 * <p>This refuses no token: it makes remembered answers count no more. A JWT that is verified here is not asked about, so no mark
 * has an effect on it.
 *
 * <p>At most {@value #MAX_MARKS} marks are kept; the oldest make room by becoming one for everything, which costs questions and
 * loses no mark. Those that are older than any answer in use are dropped. Times are of {@code nanoTime}. Thread-safe: looking
 * takes no lock, and if nothing was marked since the answer was asked for it reads one field.
 */
public final class NotBeforeMarks {
    static final int MAX_MARKS = 100_000;

    private final LongSupplier nanoTime;
    private final long memoryNanos;
    private final int maxMarks;
    private final Lock lock = new ReentrantLock();

    /** The same marks twice: in the order of their times, under the lock, and for whoever looks. */
    private final Map<Mark, Long> inOrder = new LinkedHashMap<>();

    private final Map<Mark, Long> marks = new ConcurrentHashMap<>();
    private volatile long newest;
    private volatile long everything;

    /**
     * @param nanoTime a monotonic time in nanoseconds
     * @param memory no answer is used for longer
     */
    public NotBeforeMarks(LongSupplier nanoTime, Duration memory) {
        this(nanoTime, memory, MAX_MARKS);
    }

    NotBeforeMarks(LongSupplier nanoTime, Duration memory, int maxMarks) {
        this.nanoTime = nanoTime;
        this.memoryNanos = memory.toNanos();
        this.maxMarks = maxMarks;
        this.newest = nanoTime.getAsLong() - 1;
        this.everything = newest;
    }

    /** Answers about one token. */
    public void invalidateToken(TokenDigest token) {
        mark(new Mark(Kind.TOKEN, token, null));
    }

    /**
     * Answers about the tokens of one subject.
     *
     * @param issuer whose subject it is: the answer's {@code iss}, or the configured issuer where it names none; null for the
     *     subject of that name of every issuer
     */
    public void invalidateSubject(@Nullable String issuer, String subject) {
        mark(new Mark(Kind.SUBJECT, subject, issuer));
    }

    /** Answers that name this session ({@code sid}). */
    public void invalidateSession(String session) {
        mark(new Mark(Kind.SESSION, session, null));
    }

    /** Answers about the tokens of one client ({@code client_id}). */
    public void invalidateClient(String clientId) {
        mark(new Mark(Kind.CLIENT, clientId, null));
    }

    /** Answers about the tokens of one issuer: their {@code iss}, or the configured issuer where they name none. */
    public void invalidateIssuer(String issuer) {
        mark(new Mark(Kind.ISSUER, issuer, null));
    }

    /**
     * What one introspection endpoint has answered.
     *
     * @param name of the further issuer in {@code cardea.issuers.<name>}, empty for {@code cardea.issuer}
     */
    public void invalidateTenant(String name) {
        mark(new Mark(Kind.TENANT, name, null));
    }

    /** All answers. */
    public void invalidateAll() {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            newest = now;
            everything = now;
            inOrder.clear();
            marks.clear();
        } finally {
            lock.unlock();
        }
    }

    /** How many marks there are, but for the one for everything. */
    public int size() {
        return marks.size();
    }

    /** Whether there is a mark, whatever it concerns, that is as young as an answer that was asked for at {@code askedNanos}. */
    public boolean isAnySince(long askedNanos) {
        return askedNanos - newest <= 0;
    }

    /** Whether an answer that was asked for at {@code askedNanos} is old, by a mark that concerns it. */
    public boolean makeOld(long askedNanos, Concerns answer) {
        return isAnySince(askedNanos)
                && (is(askedNanos, Kind.TOKEN, answer.token, null)
                        || is(askedNanos, Kind.SUBJECT, answer.subject, answer.issuer)
                        || is(askedNanos, Kind.SUBJECT, answer.subject, null)
                        || is(askedNanos, Kind.SESSION, answer.session, null)
                        || is(askedNanos, Kind.CLIENT, answer.clientId, null)
                        || is(askedNanos, Kind.ISSUER, answer.issuer, null)
                        || is(askedNanos, Kind.TENANT, answer.tenant, null)
                        // Last: a mark that is not found above because it had to make room has become this one before.
                        || askedNanos - everything <= 0);
    }

    private boolean is(long askedNanos, Kind kind, @Nullable Object value, @Nullable String issuer) {
        Long mark = value == null ? null : marks.get(new Mark(kind, value, issuer));
        return mark != null && askedNanos - mark <= 0;
    }

    /** What a remembered answer is about, as far as it says. Immutable. */
    public static final class Concerns {
        private final TokenDigest token;
        private final @Nullable String issuer;
        private final @Nullable String subject;
        private final @Nullable String session;
        private final @Nullable String clientId;
        private final String tenant;

        /**
         * @param issuer its {@code iss}, or the configured issuer
         * @param session its {@code sid}
         * @param tenant see {@link #invalidateTenant}
         */
        public Concerns(
                TokenDigest token,
                @Nullable String issuer,
                @Nullable String subject,
                @Nullable String session,
                @Nullable String clientId,
                String tenant) {
            this.token = token;
            this.issuer = issuer;
            this.subject = subject;
            this.session = session;
            this.clientId = clientId;
            this.tenant = tenant;
        }
    }

    /**
     * The time is taken under the lock, so that marks are in the order of their times. {@code newest} first: who does not see it
     * yet looks no further, so nobody sees a mark before somebody who misses it afterwards.
     */
    private void mark(Mark mark) {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            newest = now;
            marks.put(mark, now);
            inOrder.remove(mark);
            inOrder.put(mark, now);
            makeRoom(now);
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private void makeRoom(long now) {
        for (Iterator<Map.Entry<Mark, Long>> oldest = inOrder.entrySet().iterator(); oldest.hasNext(); ) {
            Map.Entry<Mark, Long> mark = oldest.next();
            boolean isForgotten = now - mark.getValue() > memoryNanos;
            if (!isForgotten && inOrder.size() <= maxMarks) {
                return;
            }
            if (!isForgotten) {
                everything = mark.getValue();
            }
            marks.remove(mark.getKey());
            oldest.remove();
        }
    }

    private enum Kind {
        TOKEN,
        SUBJECT,
        SESSION,
        CLIENT,
        ISSUER,
        TENANT
    }

    /** What is marked. Not a record: on Java 17 those that are compared keep the class loader. */
    private static final class Mark {
        private final Kind kind;
        private final Object value;
        private final @Nullable String issuer;

        Mark(Kind kind, Object value, @Nullable String issuer) {
            this.kind = kind;
            this.value = value;
            this.issuer = issuer;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Mark that
                    && kind == that.kind
                    && value.equals(that.value)
                    && Objects.equals(issuer, that.issuer);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * kind.ordinal() + value.hashCode()) + Objects.hashCode(issuer);
        }
    }
}
