package dev.cardea;

import dev.cardea.DecisionEvent.Outcome;
import dev.cardea.authz.Requirement;
import dev.cardea.authz.Requirement.Access;
import dev.cardea.confirmation.ConfirmedToken;
import dev.cardea.confirmation.Sender;
import dev.cardea.confirmation.SenderConstraints;
import dev.cardea.demand.Demand;
import dev.cardea.log.RateLimitedLog;
import dev.cardea.reject.Quoted;
import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import dev.cardea.reject.Rejection;
import dev.cardea.reject.Uncertainty;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.request.Credentials;
import dev.cardea.request.CredentialsExtractor;
import dev.cardea.request.HostField;
import dev.cardea.request.PresentedToken;
import dev.cardea.request.RemovedHeaders;
import dev.cardea.request.TransportSecurity;
import dev.cardea.resolve.Outages;
import dev.cardea.resolve.TokenResolver;
import dev.cardea.route.Route;
import dev.cardea.token.VerifiedToken;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An OAuth 2.0 resource server: who makes a request, and whether they may (RFC 6749 7, RFC 6750).
 *
 * <p>One request takes four calls: {@link #rule} for every dispatch, {@link #authenticate} once, {@link #authorize} for
 * everything that it reaches, {@link #conclude} when it ends. Each step of the second needs the result of the step before, of a type
 * that only that step can make, so none can be left out.
 *
 * <p>Thread-safe; one instance serves a whole application. What neither a rejection nor an undetermined outcome explains
 * is a bug and propagates as an unchecked exception: adapters let it become a 500, never an allow.
 */
public final class ResourceServer implements AutoCloseable {
    private static final String AMBIGUOUS =
            "the path can be read in several ways, which lead to different path rules (cardea.routes)";

    private final TransportSecurity transport;
    private final CrossOrigin crossOrigin;
    private final RateLimitedLog log;
    private final CredentialsExtractor extractor;
    private final TokenResolver resolver;
    private final Outages outages;
    private final Management management;
    private final SenderConstraints constraints;
    private final Bindings bindings;
    private final Answers answers;
    private final PathRules pathRules;
    private final RemovedHeaders removedHeaders;
    private final AccessPolicy defaultPolicy;
    private final List<DecisionListener> listeners;
    private final boolean timed;
    private final Clock clock;
    private final LongSupplier nanoTicker;
    private final Runnable onClose;

    ResourceServer(ResourceServerParts parts) {
        this.transport = parts.transport();
        this.crossOrigin = parts.crossOrigin();
        this.log = parts.log();
        this.extractor = parts.extractor();
        this.resolver = parts.resolver();
        this.outages = parts.outages();
        this.management = parts.management();
        this.constraints = parts.constraints();
        this.bindings = parts.bindings();
        this.answers = parts.answers();
        this.pathRules = parts.pathRules();
        this.removedHeaders = parts.removedHeaders();
        this.defaultPolicy = parts.defaultPolicy();
        this.listeners = parts.listeners();
        this.timed = listeners.stream().anyMatch(listener -> !(listener instanceof DecisionLog));
        this.clock = parts.clock();
        this.nanoTicker = parts.nanoTicker();
        this.onClose = parts.onClose();
    }

    /** Where everything is put together. */
    public static ResourceServerBuilder builder() {
        return new ResourceServerBuilder();
    }

    /**
     * The path rule ({@code cardea.routes.*}) for one dispatch of a request. Looks at method and path only.
     */
    public PathRule rule(ProtectedRequest request) {
        return pathRules.of(request);
    }

    /**
     * The path rules for a dispatch that names a servlet and no path: those of all its paths together.
     *
     * @param paths the paths at which the servlet is mapped, context path included
     */
    public PathRule ruleOfAll(String method, Collection<String> paths) {
        return pathRules.ofAll(method, paths);
    }

    /**
     * Finds out who makes the request. At most one outgoing introspection call; blocks for as long as that takes. Where the
     * rule lets everybody in, nobody looks at the credentials yet.
     *
     * <p>Proves that an {@link Authentication.Authenticated} caller presented a token that is authentic, issued for this
     * resource server, within its time, and his to present. Does not prove that it suffices for anything.
     *
     * @param rule the rule of what the client asked for: it may allow the token in a cookie
     */
    public Authentication authenticate(ProtectedRequest request, PathRule rule) {
        Trail trail = new Trail(this, request);
        return rule.ignoresCredentials()
                ? new Authentication.Unasked(trail, request, rule)
                : find(request, rule, trail);
    }

    /** As {@link #authenticate(ProtectedRequest, PathRule)}, by the request's own rule. */
    public Authentication authenticate(ProtectedRequest request) {
        return authenticate(request, rule(request));
    }

    private Authentication find(ProtectedRequest request, PathRule rule, Trail trail) {
        boolean cookieCounts = rule.takesTokenCookie();
        if (!transport.suffices(request.isSecure(), request.remoteAddress(), request::headers)) {
            return inTheClear(request, cookieCounts, trail);
        }
        try {
            HostField.check(request.headers("Host"));
            Credentials credentials = extract(request, cookieCounts, trail);
            if (credentials instanceof Credentials.Absent absent) {
                return new Authentication.Anonymous(trail, new Rejection(absent.reason(), extractor.explained(absent)));
            }
            Credentials.Presented presented = (Credentials.Presented) credentials;
            trail.presented(presented.scheme(), presented.token());
            Sender sender = new Sender(new ReceivedFacts(request), bindings.nonce(rule), rule.takesUnmarkedProofs());
            trail.sentBy(sender);
            return validate(presented, rule.demand.orInGeneral(), sender, trail);
        } catch (RejectedException e) {
            trail.refusedUnread(extractor.schemeOf(request.headers("Authorization")));
            return new Authentication.Rejected(trail, e.rejection());
        }
    }

    private Authentication validate(Credentials.Presented presented, Demand demand, Sender sender, Trail trail) {
        try {
            VerifiedToken verified = resolve(presented.token(), demand, trail);
            trail.verified(verified);
            ConfirmedToken confirmed = confirm(verified, presented, sender, trail);
            return new Authentication.Authenticated(trail, confirmed, presented, sender, demand);
        } catch (RejectedException e) {
            return new Authentication.Rejected(trail, e.rejection());
        } catch (UndeterminedException e) {
            return new Authentication.Undetermined(trail, e, outages.mayBeAnonymous(demand));
        }
    }

    /**
     * Judges what has to be met: the path rule and what is declared, both; where there is only one of them, that one; where
     * there is neither, {@link #defaultPolicy()}. Subject type and roles come before scopes; a rejected token is refused even where the
     * anonymous caller may come in (RFC 6750 3.1), unless credentials are not looked at at all. A token whose {@code exp} has
     * passed since it was authenticated is rejected here; whether it was revoked since then is not asked.
     *
     * @param rule the rule for what is reached
     * @param declared what annotations say about what is reached, or null if they say nothing
     * @throws IllegalArgumentException if the authentication is not {@linkplain #made ours}
     */
    public Decision authorize(Authentication authentication, PathRule rule, @Nullable AccessPolicy declared) {
        return judge(authentication, rule, declared, rule.with(declared, defaultPolicy));
    }

    /**
     * Judges the path rule alone, for a request whose endpoint is still to be found: whoever the rule refuses gets no
     * further. Grants where there is no rule; a grant is not yet a decision about the request.
     *
     * @throws IllegalArgumentException if the authentication is not {@linkplain #made ours}
     */
    public Decision admit(Authentication authentication, PathRule rule) {
        Requirement requirement = rule.requirement();
        Decision decision =
                judge(authentication, rule, null, requirement == null ? Requirement.of(Access.PERMIT) : requirement);
        if (decision instanceof Decision.Granted) {
            authentication.trail.decided(Outcome.UNDECIDED);
        }
        return decision;
    }

    /**
     * As {@link #authorize(Authentication, PathRule, AccessPolicy)} where no rule holds.
     *
     * @throws IllegalArgumentException if the authentication is not {@linkplain #made ours}
     */
    public Decision authorize(Authentication authentication, AccessPolicy policy) {
        return authorize(authentication, PathRule.NONE, policy);
    }

    private Decision judge(
            Authentication authentication, PathRule rule, @Nullable AccessPolicy declared, Requirement requirement) {
        requireMade(authentication);
        long start = ticks();
        Trail trail = authentication.trail;
        trail.under(rule);
        if (declared != null && declared.endpoint != null) {
            trail.reached(declared.endpoint);
        }
        Decision decision = rule.ambiguous
                ? deny(authentication, new Rejection(Reason.AMBIGUOUS_PATH, AMBIGUOUS), requirement, rule)
                : judge(asFreshAs(rule, asked(authentication, requirement)), requirement, rule);
        for (Route trial : rule.trials) {
            trail.tried(trial.name(), wouldSay(authentication, rule.withTrial(trial, declared), rule, trial));
        }
        if (decision instanceof Decision.Granted) {
            trail.granted(requirement);
        }
        trail.authorizeNanos += ticks() - start;
        return decision;
    }

    /** Looks at credentials that a path rule left alone, where more than the rule has to be met. */
    private Authentication asked(Authentication authentication, Requirement requirement) {
        return authentication instanceof Authentication.Unasked unasked && requirement.access() != Access.PERMIT
                ? unasked.find((request, rule) -> find(request, rule, authentication.trail))
                : authentication;
    }

    /** A dispatch may lead to a path whose rule asks more of the validation than that of the request's own path did. */
    private Authentication asFreshAs(PathRule rule, Authentication authentication) {
        if (authentication instanceof Authentication.Undetermined undetermined
                && undetermined.mayBeAnonymous
                && !rule.demand.equals(Demand.NOTHING)
                && !outages.mayBeAnonymous(rule.demand)) {
            return new Authentication.Undetermined(authentication.trail, undetermined.cause, false);
        }
        return authentication instanceof Authentication.Authenticated authenticated
                ? authenticated.under(
                        rule.demand,
                        demand -> validate(authenticated.presented, demand, authenticated.sender, authentication.trail))
                : authentication;
    }

    private static Authentication newest(Authentication authentication) {
        return authentication instanceof Authentication.Authenticated authenticated
                ? authenticated.newest()
                : authentication;
    }

    /** What a rule that only reports would have said, of the token as it was validated: the name of an outcome or of a reason. Decides nothing. */
    private String wouldSay(Authentication authentication, Requirement requirement, PathRule rule, Route trial) {
        Authentication asked = asked(authentication, requirement);
        if (asked instanceof Authentication.Authenticated authenticated) {
            Rejection bound = bindings.judge(authenticated, rule);
            Rejection tried = bound == null ? Bindings.judge(authenticated, trial) : bound;
            Rejection rejection = tried == null ? rejection(authenticated.token, requirement) : tried;
            return rejection == null
                    ? Outcome.GRANTED.name()
                    : rejection.reason().name();
        }
        if (asked instanceof Authentication.Rejected rejected) {
            return rejected.rejection.reason().name();
        }
        if (requirement.access().compareTo(Access.ANONYMOUS) <= 0) {
            return Outcome.GRANTED_ANONYMOUSLY.name();
        }
        return asked instanceof Authentication.Anonymous anonymous
                ? anonymous.rejection.reason().name()
                : Outcome.UNAVAILABLE.name();
    }

    /**
     * Judges what a bean asks for that is called while a request is handled. What the request was granted last, for the
     * endpoint that calls, is not judged again. A refusal becomes the outcome of the request even if the endpoint goes
     * on; a grant leaves the outcome as it is.
     *
     * @throws IllegalArgumentException if the authentication is not {@linkplain #made ours}
     */
    public Decision authorizeCall(Authentication authentication, AccessPolicy policy) {
        requireMade(authentication);
        Trail trail = authentication.trail;
        Requirement requirement = policy.requirement;
        if (trail.wasGranted(requirement)) {
            return new Decision.Granted(authentication.caller());
        }
        long start = ticks();
        Trail.Verdict earlier = trail.verdict();
        Decision decision = judge(newest(asked(authentication, requirement)), requirement, trail.pathRule());
        if (!(decision instanceof Decision.Granted)) {
            if (policy.endpoint != null) {
                trail.reached(policy.endpoint);
            }
        } else if (earlier.outcome() != Outcome.UNDECIDED) {
            trail.decidedBefore(earlier);
        }
        trail.authorizeNanos += ticks() - start;
        return decision;
    }

    /**
     * Whether this resource server found it out. Two applications that share this class hand each other's requests over
     * with their attributes ({@code ServletContext.getContext}), and what is good for one is not for the other.
     */
    public boolean made(Authentication authentication) {
        return authentication.trail.isOf(this);
    }

    private void requireMade(Authentication authentication) {
        if (!made(authentication)) {
            throw new IllegalArgumentException("authenticated by another resource server, for another audience maybe");
        }
    }

    /** Ends a request: emits its one event. Further calls for the same request do nothing. */
    public void conclude(Authentication authentication) {
        if (!authentication.trail.conclude()) {
            return;
        }
        DecisionEvent event = null;
        for (DecisionListener listener : listeners) {
            if (!(listener instanceof DecisionLog log) || log.hasUseFor(authentication.trail)) {
                event = event == null ? authentication.trail.event() : event;
                DecisionLog.tell(listener, event);
            }
        }
    }

    /** The time for measuring stages; a constant where nobody reads what is measured, since asking costs as much as a stage. */
    private long ticks() {
        return timed ? nanoTicker.getAsLong() : 0;
    }

    /** What is sent where the application is not protected as it should be: 503, and no promise that it passes. */
    public Answer closed(ProtectedRequest request) {
        return answers.closed(request);
    }

    /** {@code cardea.cors.*}: what browsers are told about requests from other origins. */
    public CrossOrigin crossOrigin() {
        return crossOrigin;
    }

    /** Whether there are path rules at all. */
    public boolean hasRules() {
        return !pathRules.isEmpty();
    }

    /** The path rules: what each is for, by its name. For adapters, which tell at start a rule that is for nothing. */
    public Map<String, String> rulePaths() {
        return pathRules.paths();
    }

    /** Whether the application is not to see request headers of some names ({@code cardea.request.removed-headers}). */
    public boolean removesHeaders() {
        return !removedHeaders.isEmpty();
    }

    /** Whether the application is not to see request headers of that name. */
    public boolean removesHeader(String name) {
        return removedHeaders.contain(name);
    }

    /** For people: what has to be met where this rule holds and this is declared, and the names of the rules. */
    public String inWords(PathRule rule, @Nullable AccessPolicy declared) {
        String names = rule.names();
        return bindings.inWords(rule.with(declared, defaultPolicy), rule)
                + (names == null ? "" : " (path rule " + names + ")");
    }

    /** Every path rule in words, the most specific first, for those who read what an application asks for. */
    public List<String> rulesInWords() {
        return pathRules.inWords();
    }

    /** {@code cardea.access.default}: what holds where no annotation says anything. */
    public AccessPolicy defaultPolicy() {
        return defaultPolicy;
    }

    /** What an operator may see and do while the application runs. */
    public Management management() {
        return management;
    }

    /** Gives up connections, caches and threads. Requests that are still being handled may end as undetermined. */
    @Override
    public void close() {
        onClose.run();
    }

    /** The token is not looked at: whoever has read it on the way learns nothing about it from us. */
    private Authentication inTheClear(ProtectedRequest request, boolean cookieCounts, Trail trail) {
        Rejection rejection = new Rejection(
                Reason.TLS_REQUIRED,
                "a request with credentials, or for what needs them, came over plain HTTP from "
                        + Quoted.of(request.remoteAddress())
                        + ": let clients come by https; if that is a proxy and they do, name it in cardea.proxy.trusted and"
                        + " have it set X-Forwarded-Proto; or, where nobody can listen, set cardea.require-tls=false");
        try {
            if (extract(request, cookieCounts, trail) instanceof Credentials.Absent) {
                return new Authentication.Anonymous(trail, rejection);
            }
        } catch (RejectedException e) {
            // Malformed credentials are credentials.
        }
        return new Authentication.Rejected(trail, rejection);
    }

    private Credentials extract(ProtectedRequest request, boolean cookieCounts, Trail trail) throws RejectedException {
        long start = ticks();
        try {
            trail.tokenInQuery = CredentialsExtractor.hasToken(request.query());
            return cookieCounts
                    ? extractor.extract(request.method(), request::headers, request.query())
                    : extractor.extract(request.headers("Authorization"), request.query());
        } finally {
            trail.extractNanos = ticks() - start;
        }
    }

    private VerifiedToken resolve(PresentedToken token, Demand demand, Trail trail)
            throws RejectedException, UndeterminedException {
        long start = ticks();
        try {
            return resolver.resolve(token, demand);
        } finally {
            trail.resolveNanos = ticks() - start;
        }
    }

    private ConfirmedToken confirm(VerifiedToken token, Credentials.Presented presented, Sender sender, Trail trail)
            throws RejectedException, UndeterminedException {
        long start = ticks();
        try {
            return constraints.confirm(token, presented.token(), presented.scheme(), sender);
        } finally {
            trail.confirmNanos = ticks() - start;
        }
    }

    private Decision judge(Authentication authentication, Requirement requirement, PathRule rule) {
        if (requirement.access() == Access.PERMIT) {
            return grant(authentication, Outcome.GRANTED_ANONYMOUSLY, Caller.anonymous());
        }
        if (authentication instanceof Authentication.Rejected rejected) {
            return deny(authentication, rejected.rejection, requirement, rule);
        }
        if (authentication instanceof Authentication.Authenticated authenticated) {
            UndeterminedException doubt = Bindings.doubt(authenticated, rule);
            if (doubt != null) {
                return unavailable(authentication, doubt);
            }
            Rejection bound = bindings.judge(authenticated, rule);
            Rejection rejection = bound == null ? rejection(authenticated.token, requirement) : bound;
            return rejection == null
                    ? grant(authentication, Outcome.GRANTED, authenticated.caller())
                    : deny(authentication, rejection, requirement, rule);
        }
        boolean open = requirement.access() == Access.ANONYMOUS;
        if (open
                && !(authentication instanceof Authentication.Undetermined undetermined
                        && !undetermined.mayBeAnonymous)) {
            return grant(authentication, Outcome.GRANTED_ANONYMOUSLY, Caller.anonymous());
        }
        if (authentication instanceof Authentication.Anonymous anonymous) {
            return deny(authentication, anonymous.rejection, requirement, rule);
        }
        return unavailable(authentication, ((Authentication.Undetermined) authentication).cause);
    }

    /** A dispatch may come long after the request: what has expired meanwhile opens nothing any more. */
    private @Nullable Rejection rejection(VerifiedToken token, Requirement requirement) {
        return token.isExpiredAt(clock.millis())
                ? new Rejection(Reason.EXPIRED, "expired at " + token.expiresAt() + ", during the request")
                : requirement.judge(token);
    }

    /** An outage that an open endpoint does not care about still shows as the reason of the anonymous grant. */
    private static Decision grant(Authentication authentication, Outcome outcome, Caller caller) {
        if (authentication instanceof Authentication.Undetermined undetermined) {
            UndeterminedException cause = undetermined.cause;
            authentication.trail.decided(
                    outcome, cause.uncertainty().name(), cause.uncertainty().clause(), cause.detail());
        } else {
            authentication.trail.decided(outcome);
        }
        return new Decision.Granted(caller);
    }

    private Decision deny(Authentication authentication, Rejection rejection, Requirement requirement, PathRule rule) {
        String reason = rejection.reason().name();
        if (rejection.reason() == Reason.TLS_REQUIRED) {
            log.failed(Level.WARNING, rejection.reason(), rejection.detail());
        }
        authentication.trail.decided(Outcome.DENIED, reason, rejection.reason().clause(), rejection.detail());
        return new Decision.Denied(
                answers.refusal(
                        rejection.reason(), requirement, bindings.asked(requirement, rule), authentication.trail),
                reason);
    }

    private Decision unavailable(Authentication authentication, UndeterminedException cause) {
        String reason = cause.uncertainty().name();
        if (cause.uncertainty() == Uncertainty.REPLAY_STORE_FULL) {
            log.failed(
                    Level.WARNING,
                    cause.uncertainty(),
                    "DPoP proofs get 503: " + cause.detail() + " (cardea.dpop.replay.max-entries)");
        }
        authentication.trail.decided(
                Outcome.UNAVAILABLE, reason, cause.uncertainty().clause(), cause.detail());
        return new Decision.Unavailable(
                answers.unavailable(cause.retryAfter(), authentication.trail.request()), reason);
    }
}
