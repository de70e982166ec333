package dev.cardea.http;

import dev.cardea.config.HttpSettings;
import dev.cardea.config.ProxyAddress;
import dev.cardea.http.TransportException.Kind;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls over the JDK's client, with what that client leaves open closed: a deadline that covers the body, a bound on
 * what is read, no redirect, no cookie, no authentication of its own, and plain http only where it is allowed.
 *
 * <p>A connection may have died while it was idle, which shows only when the next call uses it: the server closes idle
 * connections much sooner than this client does, and the JDK does not send a POST again by itself. Such a call is sent
 * again on a new connection, within the same deadline. A call to a server that has not answered this client before is
 * not: its connection was made for it, and the server had its chance.
 *
 * <p>Thread-safe. {@link #close()} ends calls in flight (on Java 17 they run to their deadline).
 */
public final class JdkHttpTransport implements HttpTransport, AutoCloseable {
    /** While no new client may be made yet, a second dead connection may lie in the pool. */
    private static final int MAX_ATTEMPTS = 3;

    private final boolean allowHttp;
    private final LongSupplier nanoTime;
    private final Connections connections;

    /**
     * @param connectTimeout for making a connection, within the timeout of the call
     * @param nanoTime a monotonic time in nanoseconds, such as {@link System#nanoTime}
     * @throws IllegalArgumentException if a store is not usable; its message names the property
     */
    public JdkHttpTransport(HttpSettings settings, Duration connectTimeout, LongSupplier nanoTime) {
        this.allowHttp = settings.allowHttp();
        this.nanoTime = nanoTime;
        this.connections =
                new Connections(TlsContexts.of(settings, nanoTime), proxy(settings), connectTimeout, nanoTime);
    }

    /** For every address, that of this machine included: what is not wanted there is for the proxy to say. */
    private static @Nullable ProxySelector proxy(HttpSettings settings) {
        ProxyAddress proxy = settings.proxy();
        return proxy == null ? null : ProxySelector.of(InetSocketAddress.createUnresolved(proxy.host(), proxy.port()));
    }

    @Override
    public HttpAnswer send(HttpCall call) throws TransportException {
        requireAllowed(call);
        HttpRequest request = request(call);
        long start = nanoTime.getAsLong();
        Connections.Lease lease = connections.lease(call.uri());
        for (int attempt = 1; ; attempt++) {
            try {
                return exchange(call, request, lease, start);
            } catch (Failure failure) {
                if (connections.isClosed()) {
                    throw new TransportException(Kind.GIVEN_UP, call + ": the application is being stopped");
                }
                if (attempt == MAX_ATTEMPTS || !lease.mayBeOld() || !failure.beforeAnyAnswer()) {
                    throw failure.toTransportException(call);
                }
                lease = connections.leaseFresh(call.uri(), lease);
            }
        }
    }

    private HttpAnswer exchange(HttpCall call, HttpRequest request, Connections.Lease lease, long start)
            throws Failure {
        long left = call.timeout().toNanos() - (nanoTime.getAsLong() - start);
        BoundedBody body = new BoundedBody(call.maxBody());
        CompletableFuture<HttpResponse<byte[]>> future = lease.client().sendAsync(request, body);
        try {
            HttpResponse<byte[]> response = future.get(left, TimeUnit.NANOSECONDS);
            lease.giveBack(response);
            return Answers.of(response);
        } catch (TimeoutException e) {
            future.cancel(true);
            throw new Failure(e, body.hasBegun());
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new Failure(e, body.hasBegun());
        } catch (ExecutionException e) {
            throw new Failure(e, body.hasBegun());
        }
    }

    private void requireAllowed(HttpCall call) throws TransportException {
        String scheme = String.valueOf(call.uri().getScheme());
        if (call.uri().getHost() == null || !(scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http"))) {
            throw new TransportException(Kind.NOT_CONNECTED, call + ": not an http or https address");
        }
        if (!allowHttp && scheme.equalsIgnoreCase("http")) {
            throw new TransportException(
                    Kind.NOT_CONNECTED, call + ": plain http is not allowed (cardea.allow-http-issuer)");
        }
    }

    private static HttpRequest request(HttpCall call) {
        byte[] body = call.body();
        BodyPublisher publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
        HttpRequest.Builder builder = HttpRequest.newBuilder(call.uri()).method(call.method(), publisher);
        call.headers().forEach(builder::setHeader);
        return builder.build();
    }

    @Override
    public void close() {
        connections.close();
    }
}
