package dev.cardea;

import dev.cardea.DecisionEvent.Outcome;
import dev.cardea.authz.Requirement;
import dev.cardea.authz.Requirement.Access;
import dev.cardea.confirmation.ConfirmedToken;
import dev.cardea.confirmation.SenderConstraints;
import dev.cardea.reject.RejectedException;
import dev.cardea.reject.Rejection;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.request.Credentials;
import dev.cardea.request.CredentialsExtractor;
import dev.cardea.request.PresentedToken;
import dev.cardea.resolve.TokenResolver;
import dev.cardea.token.VerifiedToken;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * An OAuth 2.0 resource server: who makes a request, and whether they may (RFC 6749 7, RFC 6750).
 *
 * <p>One request takes three calls: {@link #authenticate} once, {@link #authorize} for every policy that applies to
 * what it reaches, {@link #conclude} when it ends. Each step of the first needs the result of the step before, of a type
 * that only that step can make, so none can be left out.
 *
 * <p>Thread-safe; one instance serves a whole application. What neither a rejection nor an undetermined outcome explains
 * is a bug and propagates as an unchecked exception: adapters let it become a 500, never an allow.
 */
public final class ResourceServer implements AutoCloseable {
    private final CredentialsExtractor extractor;
    private final TokenResolver resolver;
    private final SenderConstraints constraints;
    private final Answers answers;
    private final AccessPolicy defaultPolicy;
    private final List<DecisionListener> listeners;
    private final LongSupplier nanoTicker;
    private final Runnable onClose;

    ResourceServer(ResourceServerParts parts) {
        this.extractor = parts.extractor();
        this.resolver = parts.resolver();
        this.constraints = parts.constraints();
        this.answers = parts.answers();
        this.defaultPolicy = parts.defaultPolicy();
        this.listeners = parts.listeners();
        this.nanoTicker = parts.nanoTicker();
        this.onClose = parts.onClose();
    }

    /** Where everything is put together. */
    public static ResourceServerBuilder builder() {
        return new ResourceServerBuilder();
    }

    /**
     * Finds out who makes the request. At most one outgoing introspection call; blocks for as long as that takes.
     *
     * <p>Proves that an {@link Authentication.Authenticated} caller presented a token that is authentic, issued for this
     * resource server, within its time, and his to present. Does not prove that it suffices for anything.
     */
    public Authentication authenticate(ProtectedRequest request) {
        Trail trail = new Trail(this, request.route(), CorrelationId.of(request));
        try {
            Credentials credentials = extract(request, trail);
            if (credentials instanceof Credentials.Absent absent) {
                return new Authentication.Anonymous(trail, new Rejection(absent.reason(), ""));
            }
            Credentials.Presented presented = (Credentials.Presented) credentials;
            trail.presented(presented.scheme().label(), presented.token());
            VerifiedToken verified = resolve(presented.token(), trail);
            trail.verified(verified);
            return new Authentication.Authenticated(
                    trail, confirm(verified, trail), presented.scheme().label());
        } catch (RejectedException e) {
            return new Authentication.Rejected(trail, e.rejection());
        } catch (UndeterminedException e) {
            return new Authentication.Undetermined(trail, e);
        }
    }

    /**
     * Judges a policy. Subject type and roles come before scopes; a rejected token is refused even where the anonymous caller may come in
     * (RFC 6750 3.1), unless the endpoint does not look at credentials at all.
     *
     * @throws IllegalArgumentException if the authentication is not {@linkplain #made ours}
     */
    public Decision authorize(Authentication authentication, AccessPolicy policy) {
        if (!made(authentication)) {
            throw new IllegalArgumentException("authenticated by another resource server, for another audience maybe");
        }
        long start = nanoTicker.getAsLong();
        if (policy.endpoint != null) {
            authentication.trail.reached(policy.endpoint);
        }
        Decision decision = judge(authentication, policy.requirement);
        authentication.trail.authorizeNanos += nanoTicker.getAsLong() - start;
        return decision;
    }

    /**
     * Whether this resource server found it out. Two applications that share this class hand each other's requests over
     * with their attributes ({@code ServletContext.getContext}), and what is good for one is not for the other.
     */
    public boolean made(Authentication authentication) {
        return authentication.trail.isOf(this);
    }

    /** Ends a request: emits its one event. Further calls for the same request do nothing. */
    public void conclude(Authentication authentication) {
        if (!authentication.trail.conclude()) {
            return;
        }
        DecisionEvent event = authentication.trail.event();
        for (DecisionListener listener : listeners) {
            DecisionLog.tell(listener, event);
        }
    }

    /** {@code cardea.access.default}: what holds where no annotation says anything. */
    public AccessPolicy defaultPolicy() {
        return defaultPolicy;
    }

    /** Gives up connections, caches and threads. Requests that are still being handled may end as undetermined. */
    @Override
    public void close() {
        onClose.run();
    }

    private Credentials extract(ProtectedRequest request, Trail trail) throws RejectedException {
        long start = nanoTicker.getAsLong();
        try {
            trail.tokenInQuery = CredentialsExtractor.hasToken(request.query());
            return extractor.extract(request.headers("Authorization"), request.query());
        } finally {
            trail.extractNanos = nanoTicker.getAsLong() - start;
        }
    }

    private VerifiedToken resolve(PresentedToken token, Trail trail) throws RejectedException, UndeterminedException {
        long start = nanoTicker.getAsLong();
        try {
            return resolver.resolve(token);
        } finally {
            trail.resolveNanos = nanoTicker.getAsLong() - start;
        }
    }

    private ConfirmedToken confirm(VerifiedToken token, Trail trail) throws RejectedException {
        long start = nanoTicker.getAsLong();
        try {
            return constraints.confirm(token);
        } finally {
            trail.confirmNanos = nanoTicker.getAsLong() - start;
        }
    }

    private Decision judge(Authentication authentication, Requirement requirement) {
        if (requirement.access() == Access.PERMIT) {
            return grant(authentication, Outcome.GRANTED_ANONYMOUSLY, Caller.anonymous());
        }
        if (authentication instanceof Authentication.Rejected rejected) {
            return deny(authentication, rejected.rejection, requirement);
        }
        if (authentication instanceof Authentication.Authenticated authenticated) {
            Rejection rejection = requirement.judge(authenticated.token);
            return rejection == null
                    ? grant(authentication, Outcome.GRANTED, authenticated.caller())
                    : deny(authentication, rejection, requirement);
        }
        if (requirement.access() == Access.ANONYMOUS) {
            return grant(authentication, Outcome.GRANTED_ANONYMOUSLY, Caller.anonymous());
        }
        if (authentication instanceof Authentication.Anonymous anonymous) {
            return deny(authentication, anonymous.rejection, requirement);
        }
        return unavailable(authentication, ((Authentication.Undetermined) authentication).cause);
    }

    /** An outage that an open endpoint does not care about still shows as the reason of the anonymous grant. */
    private static Decision grant(Authentication authentication, Outcome outcome, Caller caller) {
        if (authentication instanceof Authentication.Undetermined undetermined) {
            UndeterminedException cause = undetermined.cause;
            authentication.trail.decided(
                    outcome, cause.uncertainty().name(), cause.uncertainty().clause(), cause.detail());
        } else {
            authentication.trail.decided(outcome, outcome.name(), null, "");
        }
        return new Decision.Granted(caller);
    }

    private Decision deny(Authentication authentication, Rejection rejection, Requirement requirement) {
        String reason = rejection.reason().name();
        authentication.trail.decided(Outcome.DENIED, reason, rejection.reason().clause(), rejection.detail());
        return new Decision.Denied(answers.refusal(rejection.reason(), requirement), reason);
    }

    private Decision unavailable(Authentication authentication, UndeterminedException cause) {
        String reason = cause.uncertainty().name();
        authentication.trail.decided(
                Outcome.UNAVAILABLE, reason, cause.uncertainty().clause(), cause.detail());
        return new Decision.Unavailable(answers.unavailable(cause.retryAfter()), reason);
    }
}
