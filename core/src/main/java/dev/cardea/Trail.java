package dev.cardea;

import dev.cardea.DecisionEvent.Outcome;
import dev.cardea.authz.Requirement;
import dev.cardea.confirmation.Sender;
import dev.cardea.reject.Clause;
import dev.cardea.request.AuthScheme;
import dev.cardea.request.PresentedToken;
import dev.cardea.token.Confirmation;
import dev.cardea.token.VerifiedToken;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What one request went through, collected for its one {@link DecisionEvent}.
 *
 * <p>Not thread-safe on purpose: a request is handled by one thread at a time, and a container that hands it to another
 * thread does so with the ordering that its own request object needs as well. Only {@link #concluded} is guarded, since
 * an asynchronous request may be ended by its completion and by a timeout at once.
 */
final class Trail {
    private final ResourceServer by;
    private String route;
    private final ProtectedRequest request;
    private final String correlationId;
    private final AtomicBoolean concluded = new AtomicBoolean();

    private @Nullable String rule;
    private Map<String, String> tried = Map.of();
    private @Nullable AuthScheme scheme;
    private @Nullable Sender sender;
    private PathRule pathRule = PathRule.NONE;
    private @Nullable PresentedToken presented;
    private @Nullable VerifiedToken token;
    private Verdict verdict = Verdict.NONE;
    private @Nullable Requirement granted;
    boolean tokenInQuery;

    long extractNanos;
    long resolveNanos;
    long confirmNanos;
    long authorizeNanos;

    /** How the request ends, as far as is known now. */
    record Verdict(Outcome outcome, String reason, @Nullable Clause clause, String detail) {
        static final Verdict NONE = of(Outcome.UNDECIDED);
        private static final Verdict GRANTED = of(Outcome.GRANTED);
        private static final Verdict GRANTED_ANONYMOUSLY = of(Outcome.GRANTED_ANONYMOUSLY);

        private static Verdict of(Outcome outcome) {
            return new Verdict(outcome, outcome.name(), null, "");
        }
    }

    Trail(ResourceServer by, ProtectedRequest request) {
        this.by = by;
        this.request = request;
        this.correlationId = request.correlationId(); // now: at the end the container may have taken the request back
        this.route = request.route();
    }

    /** To be asked only while the request is being handled. */
    ProtectedRequest request() {
        return request;
    }

    boolean isOf(ResourceServer server) {
        return by == server;
    }

    void presented(AuthScheme presentedScheme, PresentedToken presentedToken) {
        this.scheme = presentedScheme;
        this.presented = presentedToken;
    }

    void verified(VerifiedToken verifiedToken) {
        this.token = verifiedToken;
    }

    /** An endpoint was found by more than the mapping that led to it. */
    void reached(String endpoint) {
        this.route = endpoint;
    }

    /** The scheme of the credentials, or null without any. */
    @Nullable
    AuthScheme scheme() {
        return scheme;
    }

    /** Credentials of which nobody made a token. */
    void refusedUnread(@Nullable AuthScheme presentedScheme) {
        this.scheme = presentedScheme;
    }

    void sentBy(Sender newSender) {
        this.sender = newSender;
    }

    /** Who sent the request, or null if nobody has looked at that. */
    @Nullable
    Sender sender() {
        return sender;
    }

    /** The path rule of the decision that follows; in the record, no rule leaves the name of the earlier one standing. */
    void under(PathRule newRule) {
        pathRule = newRule;
        String newName = newRule.names();
        rule = newName != null ? newName : rule;
    }

    /** The path rule of the last decision. */
    PathRule pathRule() {
        return pathRule;
    }

    /** What a rule that only reports would have said; the last word counts. */
    void tried(String trial, String verdict) {
        if (tried.isEmpty()) {
            tried = new TreeMap<>();
        }
        tried.put(trial, verdict);
    }

    /** The last decision is the one that counts: a filter's grant is followed by that of the endpoint it leads to. */
    void decided(Outcome newOutcome, String newReason, @Nullable Clause newClause, String newDetail) {
        this.verdict = new Verdict(newOutcome, newReason, newClause, newDetail);
    }

    /** As {@link #decided(Outcome, String, Clause, String)}, where nothing was wrong. */
    void decided(Outcome newOutcome) {
        this.verdict = switch (newOutcome) {
            case GRANTED -> Verdict.GRANTED;
            case GRANTED_ANONYMOUSLY -> Verdict.GRANTED_ANONYMOUSLY;
            case UNDECIDED -> Verdict.NONE;
            case DENIED, UNAVAILABLE -> throw new IllegalArgumentException(newOutcome + " has a reason");
        };
    }

    Verdict verdict() {
        return verdict;
    }

    /** A grant within a request that was decided on already: how that ends stays as it was. */
    void decidedBefore(Verdict earlier) {
        this.verdict = earlier;
    }

    void granted(Requirement requirement) {
        this.granted = requirement;
    }

    /** Whether the last requirement that was met covers this one. */
    boolean wasGranted(Requirement requirement) {
        Requirement last = granted;
        return last != null && last.covers(requirement);
    }

    /** Whether a rule that only reports has said something. */
    boolean hasTrials() {
        return !tried.isEmpty();
    }

    /** True for the first caller only. */
    boolean conclude() {
        return concluded.compareAndSet(false, true);
    }

    private static @Nullable String binding(@Nullable VerifiedToken verified) {
        Confirmation bound = verified == null ? Confirmation.NONE : verified.confirmation();
        if (bound.isNone()) {
            return null;
        }
        if (bound.isUnusable()) {
            return "UNKNOWN";
        }
        return bound.isToKey() ? bound.isToCertificate() ? "KEY+CERTIFICATE" : "KEY" : "CERTIFICATE";
    }

    DecisionEvent event() {
        VerifiedToken verified = token;
        PresentedToken raw = presented;
        return new DecisionEvent(
                verdict.outcome(),
                verdict.reason(),
                verdict.clause() == null ? null : verdict.clause().name(),
                verdict.detail(),
                route,
                rule,
                Map.copyOf(tried),
                scheme == null ? null : scheme.label(),
                raw == null ? null : raw.fingerprint(),
                raw == null ? 0 : raw.length(),
                verified == null ? null : verified.issuer(),
                verified == null ? null : verified.source().name(),
                verified == null ? null : verified.establishedAt(),
                extractNanos,
                resolveNanos,
                confirmNanos,
                authorizeNanos,
                tokenInQuery,
                binding(verified),
                sender != null && sender.hasStrayProof(),
                sender != null && sender.isUnmarked(),
                correlationId);
    }
}
