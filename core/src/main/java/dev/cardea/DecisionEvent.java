package dev.cardea;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about one request, and why. Holds no token: {@link #fingerprint()} names it.
 *
 * @param outcome how the request ended
 * @param reason a constant name, for instance {@code EXPIRED}; {@code GRANTED} where nothing was wrong
 * @param clause the requirement behind the reason, for instance {@code T06}, or null
 * @param detail the operator's voice, in words; empty where nothing was wrong
 * @param route what the container matched: a resource method, or a servlet mapping where no method was reached
 * @param rule the name of the path rule that held, several joined by {@code +}, or null
 * @param reportOnly what each rule that only reports would have said: {@code GRANTED} or a reason, by the rule's name;
 *     unmodifiable
 * @param scheme authentication scheme of the credentials, or null without any
 * @param fingerprint names the token, or null without one
 * @param tokenBytes length of the token; 0 without one
 * @param issuer the verified issuer, or null
 * @param source {@code LOCAL}, {@code CACHE}, {@code REMOTE} or {@code STALE}, or null where no token was resolved
 * @param establishedAt when the facts about the token were learnt, or null
 * @param extractNanos time for finding the credentials
 * @param resolveNanos time for resolving the token, outgoing calls included
 * @param confirmNanos time for checking the sender constraint
 * @param authorizeNanos time for judging policies, summed
 * @param tokenInQuery whether the query has an {@code access_token}, which never counts (RFC 9700 4.3.2)
 * @param binding to what the verified token is bound: {@code KEY}, {@code CERTIFICATE}, {@code KEY+CERTIFICATE} or {@code UNKNOWN}; null
 *     for a bearer token, or none
 * @param strayProof whether a DPoP proof came with an unbound bearer token; it is not looked at (RFC 9449 7.1)
 * @param unmarkedProof whether a DPoP proof was accepted of which nobody could tell whether it was used before
 * @param correlationId the request's name, which its answer carries as {@code X-Request-Id}: see {@link CorrelationId}
 */
public record DecisionEvent(
        Outcome outcome,
        String reason,
        @Nullable String clause,
        String detail,
        String route,
        @Nullable String rule,
        Map<String, String> reportOnly,
        @Nullable String scheme,
        @Nullable String fingerprint,
        int tokenBytes,
        @Nullable String issuer,
        @Nullable String source,
        @Nullable Instant establishedAt,
        long extractNanos,
        long resolveNanos,
        long confirmNanos,
        long authorizeNanos,
        boolean tokenInQuery,
        @Nullable String binding,
        boolean strayProof,
        boolean unmarkedProof,
        String correlationId) {

    /** How a request can end. */
    public enum Outcome {
        /** The endpoint ran for an authenticated caller. */
        GRANTED,
        /** The endpoint ran for the anonymous caller. */
        GRANTED_ANONYMOUSLY,
        /** The client was refused: 400, 401 or 403. */
        DENIED,
        /** We could not tell: 503. */
        UNAVAILABLE,
        /** Nothing was decided: the container answered by itself, for instance 404. */
        UNDECIDED
    }
}
