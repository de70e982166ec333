package dev.cardea.clientauth;

import dev.cardea.http.HttpAnswer;
import dev.cardea.http.HttpTransport;
import dev.cardea.http.TransportException;
import dev.cardea.reject.UndeterminedException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A token of our own, obtained by client credentials, instead of a secret at the endpoint (RFC 7662 2.1).
 *
 * <p>It is kept, and renewed when four fifths of its time are over: one caller does that while the others go on with it, and if
 * that fails, it serves to its end. Where there is none, one caller gets it and the others wait, each within its own time; a
 * failure is nobody's but the caller's who met it. A token that the endpoint refuses is replaced once, unless it is so fresh
 * that another would be refused as well.
 *
 * <p>Thread-safe.
 */
final class BearerAuthentication implements ClientAuthentication {
    /** A token younger than this was not revoked, it is not the right one: getting more of them would only make load. */
    private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();

    private static final Duration LONGEST = Duration.ofDays(1);

    private final HttpTransport transport;
    private final ClientCredentials credentials;
    private final LongSupplier nanoTime;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile @Nullable Kept kept; // written under fetching

    BearerAuthentication(HttpTransport transport, ClientCredentials credentials, LongSupplier nanoTime) {
        this.transport = transport;
        this.credentials = credentials;
        this.nanoTime = nanoTime;
    }

    @Override
    public HttpAnswer send(FormCall call) throws TransportException, NoCredentialsException, UndeterminedException {
        long deadline = nanoTime.getAsLong() + call.timeout().toNanos();
        Kept token = token(call, deadline);
        HttpAnswer answer = send(call, token, deadline);
        if (answer.status() != 401 || nanoTime.getAsLong() - token.since < FRESH_NANOS) {
            return answer;
        }
        return send(call, replaced(call, token, deadline), deadline);
    }

    private HttpAnswer send(FormCall call, Kept token, long deadline) throws TransportException {
        return transport.send(call.withTimeout(left(call, deadline))
                .withHeader("Authorization", "Bearer " + token.text)
                .toHttpCall());
    }

    private Kept token(FormCall call, long deadline)
            throws TransportException, NoCredentialsException, UndeterminedException {
        Kept now = kept;
        long time = nanoTime.getAsLong();
        if (now == null || now.isOverAt(time)) {
            return replaced(call, now, deadline);
        }
        return now.isDueAt(time) && fetching.tryLock() ? renewed(call, now, time, deadline) : now;
    }

    /** The lock is held. With half of the time that is left: there is a token, and the call that needs it comes after this. */
    private Kept renewed(FormCall call, Kept now, long time, long deadline) {
        try {
            return kept == now ? fetch(call, time + (deadline - time) / 2) : now;
        } catch (TransportException | NoCredentialsException | UndeterminedException e) {
            // It may work next time; whoever has no token then is told why not.
            kept = now.dueLaterThan(nanoTime.getAsLong());
            return now;
        } finally {
            fetching.unlock();
        }
    }

    /** Another token than {@code useless}: got by whoever is first, or by this caller. */
    private Kept replaced(FormCall call, @Nullable Kept useless, long deadline)
            throws TransportException, NoCredentialsException, UndeterminedException {
        lock(call, deadline);
        try {
            Kept now = kept;
            if (now != null && now != useless && !now.isOverAt(nanoTime.getAsLong())) {
                return now;
            }
            return fetch(call, deadline);
        } finally {
            fetching.unlock();
        }
    }

    private void lock(FormCall call, long deadline) throws TransportException {
        try {
            if (!fetching.tryLock(left(call, deadline).toNanos(), TimeUnit.NANOSECONDS)) {
                throw timedOut(call);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportException(
                    TransportException.Kind.GIVEN_UP, call + ": the calling thread was interrupted");
        }
    }

    /** Its time begins before it is asked for: nobody knows when in between it was made. */
    private Kept fetch(FormCall call, long deadline)
            throws TransportException, NoCredentialsException, UndeterminedException {
        long since = nanoTime.getAsLong();
        Kept fetched = new Kept(credentials.fetch(left(call, deadline)), since);
        kept = fetched;
        return fetched;
    }

    private Duration left(FormCall call, long deadline) throws TransportException {
        long left = deadline - nanoTime.getAsLong();
        if (left <= 0) {
            throw timedOut(call);
        }
        return Duration.ofNanos(left);
    }

    private static TransportException timedOut(FormCall call) {
        return new TransportException(
                TransportException.Kind.TIMED_OUT,
                call + ": no token of our own within " + call.timeout().toMillis() + " ms");
    }

    /** A token and its times, in nanoseconds. */
    private static final class Kept {
        private final String text;
        private final long since;
        private final long lifetime;
        private final long due;

        Kept(ClientCredentials.Token token, long since) {
            this(token.text(), since, shortened(token.lifetime()).toNanos());
        }

        private Kept(String text, long since, long lifetime) {
            this(text, since, lifetime, lifetime / 5 * 4);
        }

        private Kept(String text, long since, long lifetime, long due) {
            this.text = text;
            this.since = since;
            this.lifetime = lifetime;
            this.due = due;
        }

        private static Duration shortened(Duration stated) {
            return stated.compareTo(LONGEST) > 0 ? LONGEST : stated;
        }

        boolean isDueAt(long now) {
            return now - since >= due;
        }

        boolean isOverAt(long now) {
            return now - since >= lifetime;
        }

        /** After a failure the next attempt is a while off, so that not every caller waits for an endpoint that is down. */
        Kept dueLaterThan(long now) {
            return new Kept(text, since, lifetime, now - since + Math.max(1, (lifetime - (now - since)) / 4));
        }
    }
}
