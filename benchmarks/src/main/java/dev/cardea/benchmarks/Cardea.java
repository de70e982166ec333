package dev.cardea.benchmarks;

import dev.cardea.AccessPolicy;
import dev.cardea.Authentication;
import dev.cardea.Decision;
import dev.cardea.ResourceServer;
import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.TestKeys;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** A resource server as a deployment has it, and the authorization server on loopback that publishes its keys. */
final class Cardea implements AutoCloseable {
    private static final AccessPolicy READ = AccessPolicy.allScopes(Tokens.SCOPE);

    private final AutoCloseable asToClose;
    private final String issuer;
    private final ResourceServer server;

    private Cardea(Map<String, String> settings) {
        TestAuthorizationServer as = TestAuthorizationServer.start(Clock.systemUTC());
        as.publish(TestKeys.rsa(), TestKeys.ec(), TestKeys.ed25519());
        this.asToClose = as;
        this.issuer = as.issuer();
        this.server = server(as, settings);
    }

    private Cardea(TestAuthorizationServer as, Map<String, String> settings) {
        this.asToClose = () -> {};
        this.issuer = as.issuer();
        this.server = server(as, settings);
    }

    private static ResourceServer server(TestAuthorizationServer as, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "cardea.issuer",
                as.issuer(),
                "cardea.allow-http-issuer",
                "true",
                "cardea.audience",
                Tokens.AUDIENCE,
                // The class path has others, which are not what is measured unless it says so.
                "cardea.crypto.provider",
                "jdk"));
        all.putAll(settings);
        return ResourceServer.builder().properties(all).build();
    }

    /** Asks {@code as} about opaque tokens; leaves it open when it is closed. */
    static Cardea introspecting(TestAuthorizationServer as, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "cardea.audience", TestAuthorizationServer.AUDIENCE,
                "cardea.introspection.url", as.url(Endpoint.INTROSPECTION),
                "cardea.introspection.client-id", TestAuthorizationServer.CLIENT_ID,
                "cardea.introspection.client-secret", TestAuthorizationServer.CLIENT_SECRET));
        all.putAll(settings);
        return new Cardea(as, all);
    }

    static Cardea start() {
        return new Cardea(Map.of());
    }

    /** Verifies each token each time. */
    static Cardea startWithoutCache() {
        return new Cardea(Map.of("cardea.jwt.cache.max-entries", "0"));
    }

    /** @param provider who verifies, as {@code cardea.crypto.provider} calls it */
    static Cardea startWith(String provider) {
        return new Cardea(Map.of("cardea.crypto.provider", provider));
    }

    String issuer() {
        return issuer;
    }

    /** Everything that a request costs: its rule, who makes it, whether he may, and its one event. */
    Decision decide(String authorization) {
        return decide(new GetRequest(authorization));
    }

    private Decision decide(GetRequest request) {
        Authentication authentication = server.authenticate(request, server.rule(request));
        Decision decision = server.authorize(authentication, server.rule(request), READ);
        server.conclude(authentication);
        return decision;
    }

    /** As {@link #decide}, of what has to be granted: a benchmark of refusals by mistake would be a fast one. */
    Decision granted(String authorization) {
        return granted(new GetRequest(authorization));
    }

    /** The same with a proof of possession. */
    Decision granted(String authorization, String proof) {
        return granted(new GetRequest(authorization, proof));
    }

    private Decision granted(GetRequest request) {
        Decision decision = decide(request);
        if (decision instanceof Decision.Granted) {
            return decision;
        }
        throw new IllegalStateException("not granted: " + decision);
    }

    /** As {@link #decide}, of what has to be refused because of the client. */
    Decision denied(String authorization) {
        Decision decision = decide(authorization);
        if (decision instanceof Decision.Denied) {
            return decision;
        }
        throw new IllegalStateException("not denied: " + decision);
    }

    @Override
    public void close() {
        server.close();
        try {
            asToClose.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
