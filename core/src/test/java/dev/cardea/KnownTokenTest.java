package dev.cardea;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.TestEncryptionKey;
import dev.cardea.testkit.TestKeys;
import dev.cardea.testkit.TokenEncryption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    /** Whoever has one token can encrypt it over and over: each looks different, and all are one. */
    @Test
    @Tag("T11")
    @Tag("N06")
    void oneTokenEncryptedOverAndOverPushesNobodyOut(@TempDir Path folder) throws Exception {
        TestEncryptionKey key = TestKeys.ecEncryption();
        Path file = Files.writeString(folder.resolve("key.json"), key.privateJson());
        try (ResourceServer opening =
                server(Map.of("cardea.jwt.decryption-key", file.toString(), "cardea.jwt.cache.max-entries", "16"))) {
            String others = as.issueJwt("orders:read");
            assertThat(sourceOf(opening, others)).isEqualTo("LOCAL");
            String mine = as.issueJwt("orders:read");
            assertThat(sourceOf(opening, TokenEncryption.to(key).encrypt(mine))).isEqualTo("LOCAL");
            for (int i = 0; i < 100; i++) {
                assertThat(sourceOf(opening, TokenEncryption.to(key).encrypt(mine)))
                        .isEqualTo("CACHE");
            }
            assertThat(sourceOf(opening, others)).isEqualTo("CACHE");

            DecisionEvent plain = last();
            String encrypted = TokenEncryption.to(key).encrypt(others);
            assertThat(sourceOf(opening, encrypted)).isEqualTo("CACHE");
            assertThat(last().fingerprint()).as("names what was presented").isNotEqualTo(plain.fingerprint());
        }
    }

    /** A short text can be a large object. */
    @Test
    void aTokenWithManyValuesIsVerifiedEachTime() {
        String ordinary = as.accessToken("orders:read")
                .claim("groups", Collections.nCopies(200, "a"))
                .build();
        assertGranted(ordinary, READ, "LOCAL");
        assertGranted(ordinary, READ, "CACHE");
        String large = as.accessToken("orders:read")
                .claim("groups", Collections.nCopies(300, "a"))
                .build();
        String deep = as.accessToken("orders:read")
                .claim("authorization_details", Collections.nCopies(90, Map.of("type", List.of("a"))))
                .build();
        for (String token : List.of(large, deep)) {
            assertThat(token.length()).isLessThan(4096);
            assertGranted(token, READ, "LOCAL");
            assertGranted(token, READ, "LOCAL");
        }
    }

    private String sourceOf(ResourceServer of, String token) {
        Authentication authentication = of.authenticate(new BearerRequest(token));
        assertThat(of.authorize(authentication, READ)).isInstanceOf(Decision.Granted.class);
        of.conclude(authentication);
        return last().source();
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
