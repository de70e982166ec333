package dev.cardea;

import dev.cardea.authz.Requirement;
import dev.cardea.challenge.Challenges;
import dev.cardea.reject.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Turns refusals into what is sent: a challenge with 400, 401 and 403, {@code Retry-After} with 503. */
final class Answers {
    private static final List<String> NO_STORE = List.of("no-store");

    private final Challenges challenges;

    Answers(Challenges challenges) {
        this.challenges = challenges;
    }

    /**
     * RFC 6750 3: the scopes of the endpoint stand where more of them, or a first token with them, would help. Beside
     * {@code invalid_token} and {@code invalid_request} they stay out: the client has to mend something else first.
     */
    Answer refusal(Reason reason, Requirement requirement) {
        boolean scopesHelp = reason == Reason.SCOPE_MISSING || (reason.status() == 401 && reason.error() == null);
        String challenge = challenges.challenge(reason, scopesHelp ? requirement.scopesForChallenge() : List.of());
        return new Answer(reason.status(), Map.of("WWW-Authenticate", List.of(challenge), "Cache-Control", NO_STORE));
    }

    Answer unavailable(Duration retryAfter) {
        long seconds = Math.max(1, retryAfter.toSeconds());
        return new Answer(503, Map.of("Retry-After", List.of(Long.toString(seconds)), "Cache-Control", NO_STORE));
    }
}
