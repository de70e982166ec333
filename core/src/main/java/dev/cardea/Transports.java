package dev.cardea;

import dev.cardea.config.HttpSettings;
import dev.cardea.config.TrustedIssuer;
import dev.cardea.http.AuthorizedTransport;
import dev.cardea.http.ClockWatch;
import dev.cardea.http.HttpTransport;
import dev.cardea.http.JdkHttpTransport;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The outgoing connections: one client for all authorization servers that are trusted in the same way, whose answers tell
 * whether our clock is right. For one thread.
 */
final class Transports {
    private final Duration connectTimeout;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Consumer<AutoCloseable> closeables;
    private final List<Client> clients = new ArrayList<>();

    /** @param closeables is given what has to be closed in the end */
    Transports(Duration connectTimeout, Clock clock, LongSupplier nanoTime, Consumer<AutoCloseable> closeables) {
        this.connectTimeout = connectTimeout;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.closeables = closeables;
    }

    private record Client(HttpSettings settings, HttpTransport transport) {}

    /** For calls that bring their own credentials, if any. */
    HttpTransport of(HttpSettings settings) {
        for (Client client : clients) {
            if (client.settings().connectsAs(settings)) {
                return client.transport();
            }
        }
        JdkHttpTransport client = new JdkHttpTransport(settings, connectTimeout, nanoTime);
        closeables.accept(client);
        HttpTransport transport = new ClockWatch(client, clock, nanoTime, System.getLogger("dev.cardea.clock"));
        clients.add(new Client(settings, transport));
        return transport;
    }

    /** For an issuer's metadata and keys. */
    HttpTransport forPublications(TrustedIssuer trusted) {
        HttpTransport transport = of(trusted.http());
        Path token = trusted.http().bearerTokenFile();
        return token == null
                ? transport
                : new AuthorizedTransport(
                        transport, token, trusted.issuer().names().of("http.bearer-token-file"));
    }
}
