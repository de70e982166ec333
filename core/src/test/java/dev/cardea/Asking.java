package dev.cardea;

import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.TestAuthorizationServer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A resource server and the authorization server that it asks, over real HTTP, at a time that the test moves. */
final class Asking implements AutoCloseable {
    final TestAuthorizationServer as = TestAuthorizationServer.start(Clock.systemUTC());
    final List<DecisionEvent> events = new ArrayList<>();
    private final AtomicLong passedNanos = new AtomicLong();
    private final List<ResourceServer> servers = new ArrayList<>();

    /** Settings that name the issuer and its introspection; later ones win, an empty value takes a setting away. */
    ResourceServer server(String... more) {
        return server(Map.of(), more);
    }

    ResourceServer server(Map<String, String> many, String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "cardea.issuer",
                as.issuer(),
                "cardea.allow-http-issuer",
                "true",
                "cardea.audience",
                TestAuthorizationServer.AUDIENCE,
                "cardea.introspection.url",
                as.url(Endpoint.INTROSPECTION),
                "cardea.introspection.client-id",
                TestAuthorizationServer.CLIENT_ID,
                "cardea.introspection.client-secret",
                TestAuthorizationServer.CLIENT_SECRET,
                "cardea.introspection.timeout",
                "20s"));
        settings.putAll(many);
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        ResourceServer server = ResourceServer.builder()
                .properties(settings)
                .nanoTime(() -> System.nanoTime() + passedNanos.get())
                .listener(events::add)
                .build();
        servers.add(server);
        return server;
    }

    /** Monotonic time only; what tokens say of themselves stays as true as it is. */
    void pass(java.time.Duration time) {
        passedNanos.addAndGet(time.toNanos());
    }

    String revokedJwt() {
        String jwt = as.issueJwt("orders:read");
        as.revoke(jwt);
        return jwt;
    }

    int calls() {
        return as.count(Endpoint.INTROSPECTION);
    }

    /** How a request to that path ends: what was decided, or why not. */
    String decide(ResourceServer server, String path, String token) {
        ProtectedRequest request = new To(path, new BearerRequest(token));
        PathRule rule = server.rule(request);
        Authentication authentication = server.authenticate(request, rule);
        server.authorize(authentication, rule, null);
        server.conclude(authentication);
        return last().reason();
    }

    DecisionEvent last() {
        return events.get(events.size() - 1);
    }

    @Override
    public void close() {
        servers.forEach(ResourceServer::close);
        as.close();
    }

    /** A request for another path. */
    record To(String path, ProtectedRequest of) implements ProtectedRequest {
        @Override
        public String method() {
            return of.method();
        }

        @Override
        public List<String> headers(String name) {
            return of.headers(name);
        }

        @Override
        public @org.jspecify.annotations.Nullable String query() {
            return of.query();
        }

        @Override
        public boolean isSecure() {
            return of.isSecure();
        }

        @Override
        public @org.jspecify.annotations.Nullable String remoteAddress() {
            return of.remoteAddress();
        }

        @Override
        public String route() {
            return of.route();
        }

        @Override
        public String correlationId() {
            return of.correlationId();
        }
    }
}
