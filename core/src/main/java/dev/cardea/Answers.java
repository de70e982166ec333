package dev.cardea;

import dev.cardea.authz.Requirement;
import dev.cardea.challenge.Challenges;
import dev.cardea.challenge.ProblemDetails;
import dev.cardea.challenge.ProblemKind;
import dev.cardea.confirmation.Sender;
import dev.cardea.demand.SenderConstraint;
import dev.cardea.reject.Reason;
import dev.cardea.request.AuthScheme;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns refusals into what is sent: a challenge with 400, 401 and 403, {@code Retry-After} with 503. */
final class Answers {
    private static final List<String> NO_STORE = List.of("no-store");

    private final Challenges challenges;
    private final boolean takesCertificates;
    private final boolean problemDetails;

    /**
     * @param takesCertificates whether tokens that are bound to a certificate are accepted at all
     * @param problemDetails {@code cardea.resource.problem-details}: whether clients that take a body get one
     */
    Answers(Challenges challenges, boolean takesCertificates, boolean problemDetails) {
        this.challenges = challenges;
        this.takesCertificates = takesCertificates;
        this.problemDetails = problemDetails;
    }

    /**
     * RFC 6750 3: the scopes of the endpoint stand where more of them, or a first token with them, would help. Beside
     * {@code invalid_token} and {@code invalid_request} they stay out: the client has to mend something else first.
     */
    Answer refusal(Reason reason, Requirement requirement, Set<SenderConstraint> senders, Trail trail) {
        boolean scopesHelp = reason == Reason.SCOPE_MISSING || (reason.status() == 401 && reason.error() == null);
        List<String> value = challenges.challenges(
                reason, scopesHelp ? requirement.scopesForChallenge() : List.of(), trail.scheme(), offered(senders));
        Sender sender = trail.sender();
        String nonce = sender == null ? null : sender.nonceForClient();
        Map<String, List<String>> fields = nonce == null
                ? Map.of("WWW-Authenticate", value, "Cache-Control", NO_STORE)
                : Map.of("WWW-Authenticate", value, "Cache-Control", NO_STORE, AnswerNotes.NONCE, List.of(nonce));
        return new Answer(reason.status(), fields, body(ProblemKind.of(reason), trail.request()));
    }

    /** RFC 9449 7.2: a scheme with which no token could be accepted here is not offered. */
    private List<AuthScheme> offered(Set<SenderConstraint> senders) {
        List<AuthScheme> all = challenges.schemes();
        if (senders.isEmpty() || !all.contains(AuthScheme.DPOP)) {
            return all;
        }
        boolean keyNeeded = senders.contains(SenderConstraint.DPOP)
                || (senders.contains(SenderConstraint.REQUIRED) && !takesCertificates);
        if (keyNeeded) {
            return List.of(AuthScheme.DPOP);
        }
        return senders.contains(SenderConstraint.OFF) ? List.of(AuthScheme.BEARER) : all;
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
