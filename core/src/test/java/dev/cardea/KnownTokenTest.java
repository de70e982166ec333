package dev.cardea;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.TestAuthorizationServer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole pipeline with a JWT that was verified before: nothing but its signature is taken for granted. */
class KnownTokenTest {
    private static final AccessPolicy READ = AccessPolicy.allScopes("orders:read");
    private static final AccessPolicy WRITE = AccessPolicy.allScopes("orders:write");

    private final List<DecisionEvent> events = new ArrayList<>();
    private TestAuthorizationServer as;
    private ResourceServer server;

    @BeforeEach
    void start() {
        as = TestAuthorizationServer.start(Clock.systemUTC());
        server = server(Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
        as.close();
    }

    @Test
    @Tag("N01")
    void whatOneEndpointGrantedIsJudgedAnewAtTheNext() {
        String token = as.issueJwt("orders:read");
        assertGranted(token, READ, "LOCAL");
        assertGranted(token, READ, "CACHE");
        assertThat(decide(token, WRITE)).isInstanceOf(Decision.Denied.class);
        assertThat(last().reason()).isEqualTo("SCOPE_MISSING");
        assertThat(last().source()).isEqualTo("CACHE");
        assertGranted(as.issueJwt("orders:write"), WRITE, "LOCAL");
    }

    @Test
    @Tag("C02")
    void aBoundTokenIsRefusedHoweverOftenItComes() {
        assertGranted(as.issueJwt("orders:read"), READ, "LOCAL");
        String bound = as.accessToken("orders:read")
                .claim("cnf", Map.of("jkt", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"))
                .build();
        for (String source : List.of("LOCAL", "CACHE", "CACHE")) {
            assertThat(decide(bound, READ)).isInstanceOf(Decision.Denied.class);
            assertThat(last().reason()).isEqualTo("SENDER_CONSTRAINED");
            assertThat(last().source()).isEqualTo(source);
        }
    }

    @Test
    void theEventTellsWhenTheTokenWasVerifiedAndNamesItAlike() {
        String token = as.issueJwt("orders:read");
        assertGranted(token, READ, "LOCAL");
        DecisionEvent first = last();
        assertGranted(token, READ, "CACHE");
        assertThat(last().establishedAt()).isEqualTo(first.establishedAt());
        assertThat(last().fingerprint()).isEqualTo(first.fingerprint());
        assertThat(last().issuer()).isEqualTo(as.issuer());
        assertThat(last().tokenBytes()).isEqualTo(token.length());
        assertThat(last().resolveNanos()).isPositive();
    }

    /** A JWT that goes to introspection is never taken for one that was verified here. */
    @Test
    void whereEveryTokenIsIntrospectedNoneIsKnown() {
        try (ResourceServer asking =
                server(Map.of("cardea.token.validation", "introspect", "cardea.introspection.cache.ttl", "0s"))) {
            String token = as.issueJwt("orders:read");
            for (int i = 1; i <= 3; i++) {
                Authentication authentication = asking.authenticate(new BearerRequest(token));
                assertThat(asking.authorize(authentication, READ)).isInstanceOf(Decision.Granted.class);
                assertThat(as.count(Endpoint.INTROSPECTION)).isEqualTo(i);
            }
        }
    }

    private void assertGranted(String token, AccessPolicy policy, String source) {
        assertThat(decide(token, policy)).isInstanceOf(Decision.Granted.class);
        assertThat(last().source()).isEqualTo(source);
    }

    private Decision decide(String token, AccessPolicy policy) {
        Authentication authentication = server.authenticate(new BearerRequest(token));
        Decision decision = server.authorize(authentication, policy);
        server.conclude(authentication);
        return decision;
    }

    private DecisionEvent last() {
        return events.get(events.size() - 1);
    }

    private ResourceServer server(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "cardea.issuer", as.issuer(),
                "cardea.allow-http-issuer", "true",
                "cardea.audience", TestAuthorizationServer.AUDIENCE,
                "cardea.introspection.client-id", TestAuthorizationServer.CLIENT_ID,
                "cardea.introspection.client-secret", TestAuthorizationServer.CLIENT_SECRET));
        settings.putAll(more);
        return ResourceServer.builder()
                .properties(settings)
                .listener(events::add)
                .build();
    }
}
