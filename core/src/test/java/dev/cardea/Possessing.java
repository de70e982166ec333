package dev.cardea;

import dev.cardea.testkit.DpopKey;
import dev.cardea.testkit.DpopProof;
import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.TestAuthorizationServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Clients with bound tokens before a resource server, and the authorization server that binds them; the test moves the time. */
final class Possessing implements AutoCloseable {
    static final AccessPolicy READ = AccessPolicy.allScopes("orders:read");

    final TimeOfTest clock = new TimeOfTest();
    final TestAuthorizationServer as = TestAuthorizationServer.start(clock);
    final DpopKey key = DpopKey.generate("ES256");
    final List<DecisionEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final List<ResourceServer> servers = new ArrayList<>();

    /** As {@code Asking}, with proofs and certificates checked. */
    ResourceServer server(String... more) {
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
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        ResourceServer server = ResourceServer.builder()
                .properties(settings)
                .clock(clock)
                .listener(events::add)
                .build();
        servers.add(server);
        return server;
    }

    /** A proof for a request, with the {@code ath} of its token. */
    DpopProof proof(SentRequest request, String token) {
        return DpopProof.of(key, request.method(), request.uri(), clock).token(token);
    }

    static SentRequest dpop(SentRequest request, String token, String proof) {
        return request.with("Authorization", "DPoP " + token).with("DPoP", proof);
    }

    /** The request with this token and a new proof for it. */
    SentRequest proven(SentRequest request, String token) {
        return dpop(request, token, proof(request, token).build());
    }

    Outcome send(ResourceServer server, SentRequest request) {
        return send(server, request, READ);
    }

    Outcome send(ResourceServer server, SentRequest request, @Nullable AccessPolicy policy) {
        PathRule rule = server.rule(request);
        Authentication authentication = server.authenticate(request, rule);
        Decision decision = server.authorize(authentication, rule, policy);
        server.conclude(authentication);
        return new Outcome(decision, authentication.answerFields());
    }

    DecisionEvent last() {
        return events.get(events.size() - 1);
    }

    @Override
    public void close() {
        servers.forEach(ResourceServer::close);
        as.close();
    }

    /** How a request ended. */
    record Outcome(Decision decision, Map<String, String> notes) {
        boolean isGranted() {
            return decision instanceof Decision.Granted;
        }

        String reason() {
            if (decision instanceof Decision.Denied denied) {
                return denied.reason();
            }
            return decision instanceof Decision.Unavailable unavailable ? unavailable.reason() : "GRANTED";
        }

        Answer answer() {
            return decision.fold(
                    caller -> {
                        throw new AssertionError("granted");
                    },
                    answer -> answer);
        }

        List<String> challenges() {
            return answer().headers().getOrDefault("WWW-Authenticate", List.of());
        }

        @Nullable
        String nonce() {
            if (isGranted()) {
                return notes.get("DPoP-Nonce");
            }
            List<String> nonces = answer().headers().getOrDefault("DPoP-Nonce", List.of());
            return nonces.size() == 1 ? nonces.get(0) : null;
        }
    }

    /** Whole seconds to begin with, so that a test can say what happens at the edge of one. */
    static final class TimeOfTest extends Clock {
        private volatile Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
