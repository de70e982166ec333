package dev.cardea;

import dev.cardea.config.HttpSettings;
import dev.cardea.config.IntrospectionSettings;
import dev.cardea.config.TrustedIssuer;
import dev.cardea.http.AuthorizedTransport;
import dev.cardea.http.ClockWatch;
import dev.cardea.http.HttpTransport;
import dev.cardea.http.JdkHttpTransport;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The outgoing connections: a client for each issuer, since one whose name takes long to be found, or whose connections hang,
 * holds up the threads of its client. Answers tell whether our clock is right. For one thread.
 */
final class Transports {
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Consumer<AutoCloseable> closeables;
    private final Map<HttpSettings, HttpTransport> clients = new IdentityHashMap<>();

    /** @param closeables is given what has to be closed in the end */
    Transports(Clock clock, LongSupplier nanoTime, Consumer<AutoCloseable> closeables) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.closeables = closeables;
    }

    /**
     * For calls that bring their own credentials, if any: always the same client for the same object, with the connect timeout of
     * the first call.
     */
    HttpTransport of(HttpSettings settings, Duration connectTimeout) {
        return clients.computeIfAbsent(settings, any -> client(settings, connectTimeout));
    }

    private HttpTransport client(HttpSettings settings, Duration connectTimeout) {
        JdkHttpTransport client = new JdkHttpTransport(settings, connectTimeout, nanoTime);
        closeables.accept(client);
        return new ClockWatch(client, clock, nanoTime, System.getLogger("dev.cardea.clock"));
    }

    /** For an issuer's metadata and keys. */
    HttpTransport forPublications(TrustedIssuer trusted) {
        HttpTransport transport = of(trusted.http(), connectTimeout(trusted));
        Path token = trusted.http().bearerTokenFile();
        return token == null
                ? transport
                : new AuthorizedTransport(
                        transport, token, trusted.issuer().names().of("http.bearer-token-file"));
    }

    private static Duration connectTimeout(TrustedIssuer trusted) {
        IntrospectionSettings introspection = trusted.introspection();
        return introspection == null ? trusted.jwks().timeout() : introspection.connectTimeout();
    }
}
