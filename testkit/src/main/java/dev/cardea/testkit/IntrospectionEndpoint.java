package dev.cardea.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** RFC 7662: knows tokens and the resource servers that may ask about them. */
final class IntrospectionEndpoint {

    private static final String INACTIVE = "{\"active\":false}";

    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Map<String, Long> expiry = new ConcurrentHashMap<>();
    private final Clock clock;

    IntrospectionEndpoint(Clock clock) {
        this.clock = clock;
    }

    void client(String id, String secret) {
        secrets.put(id, secret);
    }

    /** What is said about the token, word for word. */
    void know(String token, String json) {
        answers.put(token, json);
        expiry.remove(token);
    }

    /** The token is inactive from {@code epochSecond} on. */
    void expire(String token, long epochSecond) {
        expiry.put(token, epochSecond);
    }

    void forget(String token) {
        answers.remove(token);
    }

    Answer answer(ReceivedRequest request) {
        if (!request.method().equals("POST")) {
            return Answer.of(405, "text/plain", "POST only").withHeader("Allow", "POST");
        }
        try {
            return isKnownClient(request.header("authorization"))
                    ? answerToClient(request)
                    : TransportFault.UNAUTHORIZED.applyTo(Answer.json(""));
        } catch (IllegalArgumentException undecodable) {
            return TransportFault.BAD_REQUEST.applyTo(Answer.json(""));
        }
    }

    private Answer answerToClient(ReceivedRequest request) {
        String contentType = request.header("content-type");
        String token = request.field("token");
        if (contentType == null || !contentType.startsWith("application/x-www-form-urlencoded") || token == null) {
            return TransportFault.BAD_REQUEST.applyTo(Answer.json(""));
        }
        return Answer.json(isExpired(token) ? INACTIVE : answers.getOrDefault(token, INACTIVE));
    }

    private boolean isExpired(String token) {
        Long exp = expiry.get(token);
        return exp != null && exp <= clock.instant().getEpochSecond();
    }

    /** RFC 6749 section 2.3.1: id and secret are form-encoded before they are joined. */
    private boolean isKnownClient(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith("Basic ")) {
            return false;
        }
        String joined = new String(Base64.getDecoder().decode(authorization.substring(6)), StandardCharsets.UTF_8);
        int colon = joined.indexOf(':');
        if (colon < 0 || joined.indexOf(':', colon + 1) >= 0) {
            return false;
        }
        String secret = secrets.get(ReceivedRequest.decode(joined.substring(0, colon)));
        return secret != null && secret.equals(ReceivedRequest.decode(joined.substring(colon + 1)));
    }
}
