package dev.cardea.http;

import java.lang.reflect.InvocationTargetException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's client and what can be known about the connections that it keeps.
 *
 * <p>The client does not say whether a call goes out on a kept connection. One whose origin has not answered this client
 * yet cannot; any other may. (Counting connections does not help: a connection goes back to the pool some time after its
 * answer has been read, so that a call in between makes a new one, and then there are two.) So a call may be sent once too
 * often, never too seldom.
 *
 * <p>Nor can the client be told to make a new connection, so a new client is made: its predecessor's other connections,
 * as old as the one that died, are not worth trying either. At most one a second, because on Java 17 a client's thread
 * goes only when the garbage collector finds it; in between, the current client has to do.
 */
final class Connections implements AutoCloseable {
    private static final long RENEWAL_INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

    private final Supplier<@Nullable SSLContext> tls;
    private final @Nullable ProxySelector proxy;
    private final Duration connectTimeout;
    private final LongSupplier nanoTime;
    private final ExecutorService executor = TransportThreads.newExecutor();
    private volatile @Nullable Generation current; // written under this

    /**
     * @param tls gives the platform's own, or another object when new connections are needed for what has changed
     * @param proxy or null for the platform's choice
     */
    Connections(
            Supplier<@Nullable SSLContext> tls,
            @Nullable ProxySelector proxy,
            Duration connectTimeout,
            LongSupplier nanoTime) {
        this.tls = tls;
        this.proxy = proxy;
        this.connectTimeout = connectTimeout;
        this.nanoTime = nanoTime;
        this.current = newGeneration(nanoTime.getAsLong() - RENEWAL_INTERVAL_NANOS);
    }

    /** A client for one call to {@code uri}. */
    Lease lease(URI uri) throws TransportException {
        return current().lease(uri);
    }

    /** A client without the connections among which {@code failed} met a dead one. */
    Lease leaseFresh(URI uri, Lease failed) throws TransportException {
        synchronized (this) {
            Generation generation = running();
            long now = nanoTime.getAsLong();
            if (failed.isOf(generation) && now - generation.since >= RENEWAL_INTERVAL_NANOS) {
                current = newGeneration(now);
                end(generation, "shutdown");
            }
        }
        return current().lease(uri);
    }

    boolean isClosed() {
        return current == null;
    }

    private Generation current() throws TransportException {
        SSLContext wanted = tls.get();
        Generation generation = running();
        return generation.tls == wanted ? generation : renewed();
    }

    private Generation running() throws TransportException {
        Generation generation = current;
        if (generation == null) {
            throw new TransportException(TransportException.Kind.GIVEN_UP, "the application is being stopped");
        }
        return generation;
    }

    /**
     * With another certificate. The client before is left to the garbage collector and not shut down: somebody may hold it who
     * has not begun his call yet.
     */
    private synchronized Generation renewed() throws TransportException {
        Generation generation = running();
        if (generation.tls == tls.get()) {
            return generation;
        }
        Generation next = newGeneration(nanoTime.getAsLong());
        current = next;
        return next;
    }

    private Generation newGeneration(long now) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .executor(executor)
                .connectTimeout(connectTimeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                // Over http: the default asks for h2c with every call; over https: HTTP/2 gives nothing to calls of one
                // round trip, but the JDK fails those that meet a GOAWAY.
                .version(HttpClient.Version.HTTP_1_1);
        SSLContext context = tls.get();
        if (context != null) {
            builder.sslContext(context);
        }
        if (proxy != null) {
            builder.proxy(proxy);
        }
        return new Generation(TransportThreads.withoutContextClassLoader(builder::build), context, now);
    }

    @Override
    public void close() {
        Generation last;
        synchronized (this) {
            last = current;
            current = null;
        }
        if (last != null) {
            end(last, "shutdownNow");
            executor.shutdown();
        }
    }

    /** From Java 21 on a client can be ended; before, dropping it is all there is. */
    private static void end(Generation generation, String method) {
        try {
            HttpClient.class.getMethod(method).invoke(generation.client);
        } catch (NoSuchMethodException e) {
            return;
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("HttpClient." + method + " cannot be called", e);
        }
    }

    /** One client. */
    private static final class Generation {
        private final HttpClient client;
        private final @Nullable SSLContext tls;
        private final long since;
        private final Set<String> answered = ConcurrentHashMap.newKeySet(); // at most one per endpoint's origin

        Generation(HttpClient client, @Nullable SSLContext tls, long since) {
            this.client = client;
            this.tls = tls;
            this.since = since;
        }

        Lease lease(URI uri) {
            String origin = uri.getScheme() + "://" + uri.getRawAuthority();
            return new Lease(this, origin, answered.contains(origin));
        }
    }

    /** The right to make one call. */
    static final class Lease {
        private final Generation generation;
        private final String origin;
        private final boolean mayBeOld;

        private Lease(Generation generation, String origin, boolean mayBeOld) {
            this.generation = generation;
            this.origin = origin;
            this.mayBeOld = mayBeOld;
        }

        HttpClient client() {
            return generation.client;
        }

        /** Whether the call may travel on a connection that was used before. */
        boolean mayBeOld() {
            return mayBeOld;
        }

        boolean isOf(Generation other) {
            return generation == other;
        }

        /** The answer is complete, so the connection can be used again unless the server says otherwise. */
        void giveBack(HttpResponse<?> response) {
            boolean closes = response.headers().allValues("connection").stream().anyMatch("close"::equalsIgnoreCase);
            if (!closes) {
                generation.answered.add(origin);
            }
        }
    }
}
