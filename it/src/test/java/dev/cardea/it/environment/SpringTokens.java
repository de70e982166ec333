package dev.cardea.it.environment;

import dev.cardea.testkit.DpopKey;
import dev.cardea.testkit.DpopProof;
import dev.cardea.testkit.contract.TokenSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Tokens of the real authorization server. It keeps its signing key to itself, so it forges none. It can be taken away where
 * the application asks it through a relay.
 */
public final class SpringTokens implements TokenSource {

    /** What the server's clients may ask for. */
    private static final Set<String> KNOWN = Set.of("orders:read", "orders:write", "profile:read");

    private static final long LIFETIME_AND_A_SECOND_MILLIS = 4_000;

    private final SpringAuthorizationServer server;
    private final Relay relay;
    private final String expiringJwt;
    private final String expiringOpaque;
    private final long issuedNanos;

    private SpringTokens(SpringAuthorizationServer server, Relay relay) throws Exception {
        this.server = server;
        this.relay = relay;
        this.expiringJwt = server.token("short-lived", "orders:read");
        this.expiringOpaque = server.token("short-lived-opaque", "orders:read");
        this.issuedNanos = System.nanoTime();
    }

    /** @param relay between the application and the introspection endpoint */
    public static SpringTokens through(Relay relay) {
        try {
            return new SpringTokens(SpringAuthorizationServer.shared(), relay);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String issuer() {
        return server.issuer();
    }

    @Override
    public String jwt(String... scopes) throws Exception {
        return server.token("orders-client", known(scopes));
    }

    @Override
    public String opaque(String... scopes) throws Exception {
        return server.token("orders-client-opaque", known(scopes));
    }

    @Override
    public String jwtForAnotherAudience() throws Exception {
        return server.token("other-audience", "orders:read");
    }

    @Override
    public String opaqueForAnotherAudience() throws Exception {
        return server.token("other-audience-opaque", "orders:read");
    }

    @Override
    public String expiredJwt() throws Exception {
        awaitTheirEnd();
        return expiringJwt;
    }

    @Override
    public String expiredOpaque() throws Exception {
        awaitTheirEnd();
        return expiringOpaque;
    }

    @Override
    public String revokedOpaque() throws Exception {
        String token = opaque("orders:read");
        server.revoke("orders-client-opaque", token);
        return token;
    }

    @Override
    public String boundJwt(DpopKey key, String... scopes) throws Exception {
        return server.boundToken("orders-client", proof(key), known(scopes));
    }

    @Override
    public String boundOpaque(DpopKey key, String... scopes) throws Exception {
        return server.boundToken("orders-client-opaque", proof(key), known(scopes));
    }

    private String proof(DpopKey key) {
        return DpopProof.of(key, "POST", server.tokenEndpoint().toString()).build();
    }

    @Override
    public Optional<Outage> outage() {
        return Optional.of(new Outage() {
            @Override
            public void begin() {
                relay.unplug();
            }

            @Override
            public void end() {
                relay.plug();
            }
        });
    }

    /** Three seconds are the shortest that the server gives; only the first test that asks waits for them. */
    private void awaitTheirEnd() throws InterruptedException {
        long left = LIFETIME_AND_A_SECOND_MILLIS - (System.nanoTime() - issuedNanos) / 1_000_000;
        if (left > 0) {
            Thread.sleep(left);
        }
    }

    /** A real server refuses to issue scopes that nobody registered; any scope that opens nothing serves as well. */
    private static String[] known(String... scopes) {
        return Arrays.stream(scopes)
                .map(scope -> KNOWN.contains(scope) ? scope : "profile:read")
                .distinct()
                .toArray(String[]::new);
    }
}
