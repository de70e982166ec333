package dev.cardea.testkit.contract;

import dev.cardea.testkit.AccessTokens;
import dev.cardea.testkit.DpopKey;
import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.TokenFault;
import dev.cardea.testkit.TransportFault;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tokens of a {@link TestAuthorizationServer}, which can forge and fail. */
record TestTokenSource(TestAuthorizationServer server) implements TokenSource {

    @Override
    public String issuer() {
        return server.issuer();
    }

    @Override
    public String jwt(String... scopes) {
        return server.issueJwt(scopes);
    }

    @Override
    public String opaque(String... scopes) {
        return server.issueOpaque(scopes);
    }

    @Override
    public String jwtForAnotherAudience() {
        return server.accessToken("orders:read").build(TokenFault.WRONG_AUDIENCE);
    }

    @Override
    public String opaqueForAnotherAudience() {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>(server.metadata("orders:read"));
        metadata.put("aud", "https://other.example");
        return server.issueOpaque(metadata);
    }

    @Override
    public String expiredJwt() {
        return server.accessToken("orders:read").build(TokenFault.EXPIRED);
    }

    @Override
    public String expiredOpaque() {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>(server.metadata("orders:read"));
        metadata.put("exp", 1_000_000_000L);
        return server.issueOpaque(metadata);
    }

    @Override
    public String revokedOpaque() {
        String token = server.issueOpaque("orders:read");
        server.revoke(token);
        return token;
    }

    @Override
    public Optional<AccessTokens> forge(String... scopes) {
        return Optional.of(server.accessToken(scopes));
    }

    @Override
    public String boundJwt(DpopKey key, String... scopes) {
        return server.issueBoundJwt(key, scopes);
    }

    @Override
    public String boundOpaque(DpopKey key, String... scopes) {
        return server.issueBoundOpaque(key, scopes);
    }

    @Override
    public Optional<String> introspected(Map<String, ?> changes, String... scopes) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>(server.metadata(scopes));
        metadata.putAll(changes);
        return Optional.of(server.issueOpaque(metadata));
    }

    @Override
    public boolean attackerWasAsked() {
        return server.wasLuredAway();
    }

    @Override
    public Optional<Outage> outage() {
        return Optional.of(new Outage() {
            @Override
            public void begin() {
                server.fail(Endpoint.INTROSPECTION, TransportFault.UNAVAILABLE);
            }

            @Override
            public void end() {
                server.heal(Endpoint.INTROSPECTION);
            }
        });
    }
}
