package dev.cardea.testkit;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Who may call, and how each of them proves who it is (RFC 6749 2.3): by exactly one method, the one that it is registered
 * with. A bearer token comes from the token endpoint here.
 */
final class Clients {

    private static final Answer UNAUTHORIZED = TransportFault.UNAUTHORIZED.applyTo(Answer.json(""));

    /** As Keycloak answers to a JWT that it does not take. */
    private static final Answer INVALID_CLIENT = Answer.of(400, "application/json", "{\"error\":\"invalid_client\"}");

    private final Map<String, TestClient> clients = new ConcurrentHashMap<>();
    private final Map<String, Instant> tokens = new ConcurrentHashMap<>();
    private final AssertionCheck assertions;
    private final Clock clock;
    private volatile Duration tokenLifetime = Duration.ofSeconds(300);
    private final CopyOnWriteArrayList<String> problems = new CopyOnWriteArrayList<>();

    /** @param names what an assertion may call us */
    Clients(Set<String> names, Clock clock) {
        this.assertions = new AssertionCheck(names, clock);
        this.clock = clock;
    }

    void register(TestClient client) {
        clients.put(client.id(), client);
    }

    void tokenLifetime(Duration lifetime) {
        tokenLifetime = lifetime;
    }

    void revokeTokens() {
        tokens.clear();
    }

    /** What was wrong with assertions so far. */
    CopyOnWriteArrayList<String> problems() {
        return problems;
    }

    /** Null if it is one of them, else the refusal. */
    @Nullable
    Answer refusalAtIntrospection(ReceivedRequest request) {
        String authorization = request.header("authorization");
        if (authorization != null && authorization.startsWith("Bearer ")) {
            Instant end = tokens.get(authorization.substring("Bearer ".length()));
            return end != null && clock.instant().isBefore(end) ? null : UNAUTHORIZED;
        }
        return refusal(request, false);
    }

    /** RFC 6749 4.4: a token for a client that may have one. */
    Answer token(ReceivedRequest request) {
        Answer refusal = refusal(request, true);
        if (refusal != null) {
            return refusal;
        }
        if (!"client_credentials".equals(request.field("grant_type"))) {
            return Answer.of(400, "application/json", "{\"error\":\"unsupported_grant_type\"}");
        }
        String token = "client-token-" + UUID.randomUUID();
        tokens.put(token, clock.instant().plus(tokenLifetime));
        return Answer.json(Json.write(
                Map.of("access_token", token, "token_type", "Bearer", "expires_in", tokenLifetime.toSeconds())));
    }

    private @Nullable Answer refusal(ReceivedRequest request, boolean atTokenEndpoint) {
        String authorization = request.header("authorization");
        String secret = request.field("client_secret");
        String assertion = request.field("client_assertion");
        int ways = (authorization == null ? 0 : 1) + (secret == null ? 0 : 1) + (assertion == null ? 0 : 1);
        if (ways > 1) {
            return TransportFault.BAD_REQUEST.applyTo(Answer.json(""));
        }
        if (authorization != null) {
            return isRightBasic(authorization, atTokenEndpoint) ? null : UNAUTHORIZED;
        }
        if (assertion != null) {
            return isRightAssertion(request, assertion) ? null : INVALID_CLIENT;
        }
        TestClient client = client(request.field("client_id"));
        if (client == null) {
            return UNAUTHORIZED;
        }
        boolean right = secret == null
                ? client.method() == TestClient.Method.TLS_CLIENT_AUTH && hasItsCertificate(client, request)
                : client.method() == TestClient.Method.CLIENT_SECRET_POST && client.hasSecret(secret);
        return right ? null : UNAUTHORIZED;
    }

    private @Nullable TestClient client(@Nullable String id) {
        return id == null ? null : clients.get(id);
    }

    private static boolean hasItsCertificate(TestClient client, ReceivedRequest request) {
        X509Certificate certificate = request.clientCertificate();
        return certificate != null && client.hasCertificate(certificate);
    }

    private boolean isRightAssertion(ReceivedRequest request, String assertion) {
        String subject = AssertionCheck.subject(assertion);
        String stated = request.field("client_id");
        TestClient client = client(subject);
        String problem = client == null
                        || !TestClient.assertionMethods().contains(client.method())
                        || !AssertionCheck.TYPE.equals(request.field("client_assertion_type"))
                        || (stated != null && !stated.equals(subject))
                ? "no such client"
                : assertions.problem(client, assertion);
        if (problem != null) {
            problems.add(problem);
        }
        return problem == null;
    }

    /** RFC 6749 section 2.3.1: id and secret are form-encoded before they are joined. */
    private boolean isRightBasic(String authorization, boolean atTokenEndpoint) {
        if (!authorization.startsWith("Basic ")) {
            return false;
        }
        String joined = new String(Base64.getDecoder().decode(authorization.substring(6)), StandardCharsets.UTF_8);
        int colon = joined.indexOf(':');
        if (colon < 0 || joined.indexOf(':', colon + 1) >= 0) {
            return false;
        }
        TestClient client = client(ReceivedRequest.decode(joined.substring(0, colon)));
        return client != null
                && client.method()
                        == (atTokenEndpoint ? TestClient.Method.BEARER : TestClient.Method.CLIENT_SECRET_BASIC)
                && client.hasSecret(ReceivedRequest.decode(joined.substring(colon + 1)));
    }
}
