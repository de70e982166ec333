package dev.cardea.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/** RFC 9701: what introspection says, as a signed JWT for those who ask for one. Thread-safe. */
final class SignedAnswers {
    static final String MEDIA_TYPE = "application/token-introspection+jwt";

    private final Clock clock;
    private volatile Function<AccessTokens, String> writer = AccessTokens::build;

    SignedAnswers(Clock clock) {
        this.clock = clock;
    }

    void writtenBy(Function<AccessTokens, String> other) {
        writer = other;
    }

    /** Whether the request accepts nothing but a signed answer. */
    static boolean areWanted(ReceivedRequest request) {
        return MEDIA_TYPE.equals(request.header("accept"));
    }

    /** The JSON answer {@code plain}, word for word, inside a JWT for the client that asks (RFC 9701 5). */
    Answer sign(Answer plain, ReceivedRequest request, String issuer, TestKey key) {
        AccessTokens answer = AccessTokens.of(issuer, client(request), clock);
        for (String claim : List.of("exp", "sub", "client_id", "jti", "scope")) {
            answer = answer.without(claim);
        }
        answer = answer.header("typ", "token-introspection+jwt")
                .signedBy(key)
                .claim("token_introspection", new Json.Literal(plain.text()));
        return plain.withHeader("Content-Type", MEDIA_TYPE).withBody(writer.apply(answer));
    }

    private static String client(ReceivedRequest request) {
        String authorization = request.header("authorization");
        if (authorization != null && authorization.startsWith("Basic ")) {
            String joined = new String(Base64.getDecoder().decode(authorization.substring(6)), StandardCharsets.UTF_8);
            return ReceivedRequest.decode(joined.substring(0, joined.indexOf(':')));
        }
        String assertion = request.field("client_assertion");
        String id = assertion == null ? request.field("client_id") : AssertionCheck.subject(assertion);
        return id == null ? TestAuthorizationServer.CLIENT_ID : id;
    }
}
