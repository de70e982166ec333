package dev.cardea.testkit;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** RFC 7662: knows tokens and the resource servers that may ask about them. */
final class IntrospectionEndpoint {

    private static final String INACTIVE = "{\"active\":false}";

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Map<String, Long> expiry = new ConcurrentHashMap<>();
    private final Clients clients;
    private final Clock clock;

    IntrospectionEndpoint(Clients clients, Clock clock) {
        this.clients = clients;
        this.clock = clock;
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
            Answer refusal = clients.refusalAtIntrospection(request);
            return refusal == null ? answerToClient(request) : refusal;
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
}
