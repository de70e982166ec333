package dev.cardea;

import dev.cardea.authz.Requirement;
import dev.cardea.challenge.Challenges;
import dev.cardea.challenge.ProblemDetails;
import dev.cardea.challenge.ProblemKind;
import dev.cardea.reject.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns refusals into what is sent: a challenge with 400, 401 and 403, {@code Retry-After} with 503. */
final class Answers {
    private static final List<String> NO_STORE = List.of("no-store");

    private final Challenges challenges;
    private final boolean problemDetails;

    /** @param problemDetails {@code cardea.resource.problem-details}: whether clients that take a body get one */
    Answers(Challenges challenges, boolean problemDetails) {
        this.challenges = challenges;
        this.problemDetails = problemDetails;
    }

    /**
     * RFC 6750 3: the scopes of the endpoint stand where more of them, or a first token with them, would help. Beside
     * {@code invalid_token} and {@code invalid_request} they stay out: the client has to mend something else first.
     */
    Answer refusal(Reason reason, Requirement requirement, ProtectedRequest request) {
        boolean scopesHelp = reason == Reason.SCOPE_MISSING || (reason.status() == 401 && reason.error() == null);
        String challenge = challenges.challenge(reason, scopesHelp ? requirement.scopesForChallenge() : List.of());
        return new Answer(
                reason.status(),
                Map.of("WWW-Authenticate", List.of(challenge), "Cache-Control", NO_STORE),
                body(ProblemKind.of(reason), request));
    }

    Answer unavailable(Duration retryAfter, ProtectedRequest request) {
        long seconds = Math.max(1, retryAfter.toSeconds());
        return new Answer(
                503,
                Map.of("Retry-After", List.of(Long.toString(seconds)), "Cache-Control", NO_STORE),
                body(ProblemKind.UNAVAILABLE, request));
    }

    /** Our own trouble, and not one that passes by itself: no {@code Retry-After}. */
    Answer closed(ProtectedRequest request) {
        return new Answer(503, Map.of("Cache-Control", NO_STORE), body(ProblemKind.UNAVAILABLE, request));
    }

    private @Nullable String body(ProblemKind kind, ProtectedRequest request) {
        return problemDetails && ProblemDetails.isAcceptable(request.headers("Accept"))
                ? ProblemDetails.json(kind, request.correlationId())
                : null;
    }
}
