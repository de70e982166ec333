package dev.cardea.resolve;

import dev.cardea.demand.Demand;
import dev.cardea.demand.Validation;
import dev.cardea.demand.WhenUnavailable;
import dev.cardea.introspection.Introspection;
import dev.cardea.introspection.Question;
import dev.cardea.jwe.DecryptionKeys;
import dev.cardea.jwt.CompactJwt;
import dev.cardea.reject.Quoted;
import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.request.PresentedToken;
import dev.cardea.token.Claims;
import dev.cardea.token.VerifiedToken;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides by what a presented token is validated, and has it validated: issuer and audience included (RFC 9068 4,
 * RFC 7662 2.2).
 *
 * <p>A JWT is told by its first segment, never by counting dots: opaque tokens may contain them. One that is spelled
 * wrongly is refused whichever way it would have gone, so that no cache and no authorization server ever sees a second
 * spelling of it. A token is shown to the endpoint of one authorization server only: that of its {@code iss}, or of what it starts
 * with. Thread-safe.
 */
public final class TokenResolver {
    /** What local validation says of a JWT whose issuer may know better: the key that it is to be verified with fails. */
    private static final Set<Reason> KEY_FAILS = EnumSet.of(Reason.KEY_UNKNOWN, Reason.SIGNATURE_INVALID);

    private final Map<String, IssuerRoute> byIssuer = new LinkedHashMap<>();
    private final List<IssuerRoute> introspecting;
    private final @Nullable DecryptionKeys decryptionKeys;
    private final VerifiedTokens verified;
    private final Outages outages;
    private final Clock clock;
    private final LongSupplier nanoTime;

    /**
     * @param routes one per authorization server, at least one; opaque tokens go to the one with the longest prefix that they have
     * @param decryptionKeys for encrypted JWTs; null refuses them
     * @param verified remembers which JWTs were verified; of this resolver alone
     * @param nanoTime a monotonic time in nanoseconds, that of the introspectors
     */
    public TokenResolver(
            Collection<IssuerRoute> routes,
            @Nullable DecryptionKeys decryptionKeys,
            VerifiedTokens verified,
            Outages outages,
            Clock clock,
            LongSupplier nanoTime) {
        if (routes.isEmpty()) {
            throw new IllegalArgumentException("a token could be validated in no way");
        }
        for (IssuerRoute route : routes) {
            IssuerRoute.Local local = route.local();
            if (local != null) {
                byIssuer.put(local.issuer(), route);
            }
        }
        this.introspecting = routes.stream()
                .filter(route -> route.introspection() != null)
                .sorted(Comparator.comparing(
                                (IssuerRoute route) -> prefix(route).length())
                        .reversed())
                .toList();
        this.decryptionKeys = decryptionKeys;
        this.verified = verified;
        this.outages = outages;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    private static String prefix(IssuerRoute route) {
        return Objects.requireNonNullElse(route.opaquePrefix(), "");
    }

    /** As {@link #resolve(PresentedToken, Demand)}, where nothing in particular is asked. */
    public VerifiedToken resolve(PresentedToken token) throws RejectedException, UndeterminedException {
        return resolve(token, Demand.NONE);
    }

    /** What {@code token} means here and now, validated as {@code demand} asks. */
    public VerifiedToken resolve(PresentedToken token, Demand demand) throws RejectedException, UndeterminedException {
        VerifiedToken known = find(token, token);
        if (known != null) {
            return beyondSignature(token, known, demand);
        }
        if (!CompactJwt.isJwt(token)) {
            return resolveOpaque(token, demand);
        }
        VerifiedToken asked = knownByIntrospection(token, demand);
        if (asked != null) {
            return asked;
        }
        if (DecryptionKeys.isEncrypted(token)) {
            return resolveEncrypted(token, demand);
        }
        CompactJwt jwt = CompactJwt.parse(token); // W17: one spelling, whichever way it goes
        return resolve(token, token, jwt, route(jwt, demand), demand);
    }

    /** Keys that have become too old are no reason not to ask the endpoint; whoever needs them is told once more. */
    private @Nullable VerifiedToken find(PresentedToken signed, PresentedToken token) throws RejectedException {
        try {
            return verified.find(signed, token);
        } catch (UndeterminedException e) {
            return null;
        }
    }

    private VerifiedToken resolveOpaque(PresentedToken token, Demand demand)
            throws RejectedException, UndeterminedException {
        for (IssuerRoute route : introspecting) {
            if (token.startsWith(prefix(route))) {
                if (route.takesJwtsOnly(demand)) {
                    throw new RejectedException(
                            Reason.TOKEN_KIND_NOT_ACCEPTED,
                            "not a JWT, and no other token is accepted here ("
                                    + route.names().of("token.validation") + "=local, or the path rule's validation)");
                }
                return introspect(token, null, null, route, demand);
            }
        }
        throw new RejectedException(
                Reason.TOKEN_KIND_NOT_ACCEPTED,
                introspecting.isEmpty()
                        ? "not a JWT, and no introspection is configured (cardea.introspection.client-id)"
                        : "opaque tokens have a prefix (cardea.token.opaque-prefix)");
    }

    /**
     * RFC 9068 4 (T11): what an encrypted token contains goes the way of any other. Its issuer is not known before it is
     * opened, so the keys are ours and not an issuer's. It is opened each time and remembered by what is inside: whoever
     * has one token can encrypt it over and over, and each time it looks different. Where no JWT is verified, it is asked about as it
     * came.
     */
    private VerifiedToken resolveEncrypted(PresentedToken token, Demand demand)
            throws RejectedException, UndeterminedException {
        if (decryptionKeys == null) {
            IssuerRoute route = introspectingUnread(demand);
            if (route != null) {
                DecryptionKeys.requireOneSpelling(token);
                return introspect(token, null, null, route, demand);
            }
            throw refusedUnread(token);
        }
        byte[] content = decryptionKeys.open(token);
        CompactJwt jwt = CompactJwt.parseNested(content);
        PresentedToken signed = PresentedToken.of(new String(content, StandardCharsets.ISO_8859_1));
        VerifiedToken known = find(signed, token);
        return known != null
                ? beyondSignature(token, known, demand)
                : resolve(signed, token, jwt, route(jwt, demand), demand);
    }

    /** What local validation has always said of an encrypted token: strict about its spelling first. */
    private static RejectedException refusedUnread(PresentedToken token) throws RejectedException {
        CompactJwt.parse(token);
        return new RejectedException(Reason.TOKEN_ENCRYPTED, "encrypted, and no key is configured to open it");
    }

    /** The endpoint for a JWT that does not say whose it is, or that we cannot read: one of a prefix, or the one without; or null. */
    private @Nullable IssuerRoute introspectingUnread(Demand demand) {
        for (IssuerRoute route : introspecting) {
            if (prefix(route).isEmpty() && route.validation(demand) == Validation.INTROSPECT) {
                return route;
            }
        }
        return null;
    }

    /**
     * RFC 8725 3.8 (W10): whose keys and whose endpoint count is decided by {@code iss} alone, compared code point by code point,
     * before any of it is believed. N15: a token of another issuer is refused before anybody is asked. Where no issuer is
     * configured, whoever is asked knows its own.
     */
    private IssuerRoute route(CompactJwt jwt, Demand demand) throws RejectedException {
        String issuer = jwt.unverifiedIssuer();
        IssuerRoute route = issuer == null ? null : byIssuer.get(issuer);
        if (route == null && (issuer == null || byIssuer.isEmpty())) {
            route = introspectingUnread(demand);
        }
        if (route == null) {
            throw new RejectedException(
                    Reason.ISSUER_UNKNOWN,
                    "iss is " + Quoted.of(issuer) + ", expected "
                            + (byIssuer.size() == 1 ? "" : "one of ")
                            + Quoted.of(
                                    byIssuer.size() == 1
                                            ? byIssuer.keySet().iterator().next()
                                            : byIssuer.keySet())
                            + " (cardea.issuer, cardea.issuers.<name>.issuer)");
        }
        return route;
    }

    private VerifiedToken resolve(
            PresentedToken signed, PresentedToken token, CompactJwt jwt, IssuerRoute route, Demand demand)
            throws RejectedException, UndeterminedException {
        IssuerRoute.Local local = route.local();
        Validation validation = route.validation(demand);
        if (validation == Validation.INTROSPECT) {
            return introspect(
                    token,
                    jwt.unverifiedClaims(),
                    local == null ? null : () -> verify(signed, token, jwt, local),
                    route,
                    demand);
        }
        if (local == null) {
            throw new RejectedException(
                    Reason.TOKEN_KIND_NOT_ACCEPTED, "a JWT, and no issuer is configured whose keys would verify it");
        }
        try {
            VerifiedToken verifiedToken = verify(signed, token, jwt, local);
            return validation == Validation.LOCAL_AND_INTROSPECT
                    ? introspectToo(token, verifiedToken, route, demand)
                    : verifiedToken;
        } catch (RejectedException e) {
            if (asksInstead(validation, route)
                    && KEY_FAILS.contains(e.rejection().reason())) {
                return introspect(token, jwt.unverifiedClaims(), null, route, demand);
            }
            throw e;
        } catch (UndeterminedException e) {
            if (asksInstead(validation, route)) {
                return introspect(token, jwt.unverifiedClaims(), null, route, demand);
            }
            throw e;
        }
    }

    /** Where the issuer has no endpoint, what local validation says stands: keys that cannot be had are not the client's fault. */
    private static boolean asksInstead(Validation validation, IssuerRoute route) {
        return validation == Validation.LOCAL_ELSE_INTROSPECT && route.introspection() != null;
    }

    /** What else is to be asked of a JWT whose signature is known. */
    private VerifiedToken beyondSignature(PresentedToken token, VerifiedToken known, Demand demand)
            throws RejectedException, UndeterminedException {
        IssuerRoute route = byIssuer.get(known.issuer());
        return switch (Objects.requireNonNull(route, "verified by no route").validation(demand)) {
            case AUTO, LOCAL, LOCAL_ELSE_INTROSPECT -> known;
            case LOCAL_AND_INTROSPECT -> introspectToo(token, known, route, demand);
            case INTROSPECT -> introspect(token, known.claims(), () -> known, route, demand);
        };
    }

    private VerifiedToken verify(PresentedToken signed, PresentedToken token, CompactJwt jwt, IssuerRoute.Local local)
            throws RejectedException, UndeterminedException {
        try {
            return verified.verify(signed, token, jwt, local);
        } catch (RejectedException e) {
            ProfileHint hint = local.hint();
            if (hint != null) {
                hint.refused(jwt, e.rejection(), local.verifier());
            }
            throw e;
        }
    }

    /** The JWTs that were introspected before need not be read to find out by whom. */
    private @Nullable VerifiedToken knownByIntrospection(PresentedToken token, Demand demand) throws RejectedException {
        for (IssuerRoute route : introspecting) {
            IssuerRoute.Introspected introspection = route.introspection();
            if (introspection != null && route.validation(demand) == Validation.INTROSPECT) {
                Introspection known = introspection.introspector().known(question(token, introspection, demand));
                VerifiedToken read =
                        known == null ? null : active(known).acceptRead(token, introspection.rules(), clock.millis());
                if (read != null) {
                    return read;
                }
            }
        }
        return null;
    }

    /**
     * @param jwt what the token says, where it is a JWT that we can read
     * @param locally how the JWT would be verified here, for when the endpoint cannot be asked; or null
     */
    private VerifiedToken introspect(
            PresentedToken token, @Nullable Claims jwt, @Nullable Locally locally, IssuerRoute route, Demand demand)
            throws RejectedException, UndeterminedException {
        IssuerRoute.Introspected introspection = introspectionOf(route);
        try {
            return accept(
                    token,
                    jwt,
                    introspection.introspector().introspect(question(token, introspection, demand)),
                    introspection);
        } catch (UndeterminedException e) {
            if (!Outages.isOutage(e)) {
                throw e;
            }
            Introspection.Active stale = stale(token, introspection, demand);
            if (stale != null) {
                return accept(token, jwt, stale, introspection);
            }
            if (locally != null && outages.under(demand) == WhenUnavailable.LOCAL) {
                return verifyInstead(locally, e);
            }
            throw e;
        }
    }

    /** A JWT that does not verify here might be good for its issuer all the same: it is not to blame for the outage. */
    private static VerifiedToken verifyInstead(Locally locally, UndeterminedException outage)
            throws UndeterminedException {
        try {
            return locally.verify();
        } catch (RejectedException e) {
            throw outage;
        }
    }

    private VerifiedToken introspectToo(PresentedToken token, VerifiedToken signed, IssuerRoute route, Demand demand)
            throws RejectedException, UndeterminedException {
        IssuerRoute.Introspected introspection = introspectionOf(route);
        try {
            Introspection answer = introspection.introspector().introspect(question(token, introspection, demand));
            return active(answer).accept(token, signed, introspection.rules(), clock.millis());
        } catch (UndeterminedException e) {
            if (!Outages.isOutage(e)) {
                throw e;
            }
            Introspection.Active stale = stale(token, introspection, demand);
            if (stale != null) {
                return stale.accept(token, signed, introspection.rules(), clock.millis());
            }
            if (outages.under(demand) == WhenUnavailable.LOCAL) {
                return signed;
            }
            throw e;
        }
    }

    private Introspection.@Nullable Active stale(
            PresentedToken token, IssuerRoute.Introspected introspection, Demand demand) {
        long staleNanos = outages.staleNanos(demand);
        return staleNanos == 0
                ? null
                : introspection.introspector().stale(question(token, introspection, demand), staleNanos);
    }

    private Question question(PresentedToken token, IssuerRoute.Introspected introspection, Demand demand) {
        return Question.of(token, nanoTime.getAsLong(), demand.maxAgeNanos(), introspection.timeoutNanos());
    }

    private VerifiedToken accept(
            PresentedToken token, @Nullable Claims jwt, Introspection answer, IssuerRoute.Introspected introspection)
            throws RejectedException {
        Introspection.Active active = active(answer);
        return jwt == null
                ? active.accept(token, introspection.rules(), clock.millis())
                : active.accept(token, jwt, introspection.rules(), clock.millis());
    }

    private static Introspection.Active active(Introspection answer) throws RejectedException {
        if (answer instanceof Introspection.Active active) {
            return active;
        }
        throw new RejectedException(
                Reason.INACTIVE,
                "the introspection endpoint says that the token is not active: expired, revoked, unknown, or not meant"
                        + " for the client that asks (cardea.introspection.client-id)");
    }

    private static IssuerRoute.Introspected introspectionOf(IssuerRoute route) throws RejectedException {
        IssuerRoute.Introspected introspection = route.introspection();
        if (introspection == null) {
            throw new RejectedException(
                    Reason.TOKEN_KIND_NOT_ACCEPTED,
                    "the path rule wants it introspected, and its issuer has no introspection ("
                            + route.names().of("introspection.client-id") + ")");
        }
        return introspection;
    }

    /** A JWT verified here, for when its issuer cannot be asked. */
    private interface Locally {
        VerifiedToken verify() throws RejectedException, UndeterminedException;
    }
}
