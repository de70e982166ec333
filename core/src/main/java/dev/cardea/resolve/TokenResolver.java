package dev.cardea.resolve;

import dev.cardea.introspection.Introspection;
import dev.cardea.introspection.Introspector;
import dev.cardea.jwe.DecryptionKeys;
import dev.cardea.jwt.CompactJwt;
import dev.cardea.jwt.JwtVerifier;
import dev.cardea.reject.Quoted;
import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.request.PresentedToken;
import dev.cardea.token.ClaimRules;
import dev.cardea.token.VerifiedToken;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides by what a presented token is validated, and has it validated: issuer and audience included (RFC 9068 4,
 * RFC 7662 2.2).
 *
 * <p>A JWT is told by its first segment, never by counting dots: opaque tokens may contain them. One that is spelled
 * wrongly is refused whichever way it would have gone, so that no cache and no authorization server ever sees a second
 * spelling of it. Immutable and thread-safe.
 */
public final class TokenResolver {
    private final Map<String, LocalRoute> locals;
    private final @Nullable IntrospectionRoute introspection;
    private final @Nullable String opaquePrefix;
    private final @Nullable DecryptionKeys decryptionKeys;
    private final VerifiedTokens verified;

    /**
     * @param locals for JWTs, one per issuer; none sends every token to introspection
     * @param introspection for everything else, and for JWTs where there is no local route; null refuses them
     * @param opaquePrefix what opaque tokens start with, or null
     * @param decryptionKeys for encrypted JWTs; null refuses them
     * @param verified remembers what the locals verified; of this resolver alone
     */
    public TokenResolver(
            Collection<LocalRoute> locals,
            @Nullable IntrospectionRoute introspection,
            @Nullable String opaquePrefix,
            @Nullable DecryptionKeys decryptionKeys,
            VerifiedTokens verified) {
        if (locals.isEmpty() && introspection == null) {
            throw new IllegalArgumentException("a token could be validated in no way");
        }
        this.locals = locals.stream().collect(Collectors.toUnmodifiableMap(LocalRoute::issuer, route -> route));
        this.introspection = introspection;
        this.opaquePrefix = opaquePrefix;
        this.decryptionKeys = decryptionKeys;
        this.verified = verified;
    }

    /**
     * Local validation of one issuer's JWTs.
     *
     * @param hint is told of refusals, or null
     */
    public record LocalRoute(
            String issuer,
            JwtVerifier verifier,
            ClaimRules rules,
            @Nullable ProfileHint hint) {}

    /** Validation by asking. */
    public record IntrospectionRoute(Introspector introspector, ClaimRules rules) {}

    /** What {@code token} means here and now. */
    public VerifiedToken resolve(PresentedToken token) throws RejectedException, UndeterminedException {
        VerifiedToken known = verified.find(token, token);
        if (known != null) {
            return known;
        }
        if (!CompactJwt.isJwt(token)) {
            requireOpaquePrefix(token);
            return introspect(token);
        }
        if (locals.isEmpty()) {
            requireOneSpelling(token);
            return introspect(token);
        }
        return decryptionKeys != null && DecryptionKeys.isEncrypted(token)
                ? open(token, decryptionKeys)
                : verify(token, token, CompactJwt.parse(token));
    }

    /**
     * RFC 9068 4 (T11): what an encrypted token contains goes the way of any other. Its issuer is not known before it is
     * opened, so the keys are ours and not an issuer's. It is opened each time and remembered by what is inside: whoever
     * has one token can encrypt it over and over, and each time it looks different.
     */
    private VerifiedToken open(PresentedToken token, DecryptionKeys keys)
            throws RejectedException, UndeterminedException {
        byte[] content = keys.open(token);
        CompactJwt jwt = CompactJwt.parseNested(content);
        PresentedToken signed = PresentedToken.of(new String(content, StandardCharsets.ISO_8859_1));
        VerifiedToken known = verified.find(signed, token);
        return known != null ? known : verify(signed, token, jwt);
    }

    /** W17: the authorization server, and the cache of its answers, are asked about one spelling of a token only. */
    private static void requireOneSpelling(PresentedToken token) throws RejectedException {
        if (DecryptionKeys.isEncrypted(token)) {
            DecryptionKeys.requireOneSpelling(token);
        } else {
            CompactJwt.parse(token);
        }
    }

    /**
     * RFC 8725 3.8 (W10): whose keys count is decided by {@code iss} alone, compared code point by code point, before any
     * of it is believed. N15: a token of another issuer is refused before any key is looked for, so that it causes no
     * outgoing call.
     */
    private VerifiedToken verify(PresentedToken signed, PresentedToken token, CompactJwt jwt)
            throws RejectedException, UndeterminedException {
        String issuer = jwt.unverifiedIssuer();
        LocalRoute route = issuer == null ? null : locals.get(issuer);
        if (route == null) {
            throw new RejectedException(
                    Reason.ISSUER_UNKNOWN,
                    "iss is " + Quoted.of(issuer) + ", expected "
                            + (locals.size() == 1 ? "" : "one of ")
                            + Quoted.of(
                                    locals.size() == 1
                                            ? locals.keySet().iterator().next()
                                            : locals.keySet())
                            + " (cardea.issuer, cardea.issuers.<name>.issuer)");
        }
        try {
            return verified.verify(signed, token, jwt, route);
        } catch (RejectedException e) {
            ProfileHint hint = route.hint();
            if (hint != null) {
                hint.refused(jwt, e.rejection(), route.verifier());
            }
            throw e;
        }
    }

    private VerifiedToken introspect(PresentedToken token) throws RejectedException, UndeterminedException {
        if (introspection == null) {
            throw new RejectedException(
                    Reason.TOKEN_KIND_NOT_ACCEPTED,
                    "not a JWT, and no introspection is configured (cardea.introspection.client-id)");
        }
        Introspection answer = introspection.introspector().introspect(token);
        if (answer instanceof Introspection.Active active) {
            return introspection.rules().accept(token, active.claims(), active.source());
        }
        throw new RejectedException(
                Reason.INACTIVE,
                "the introspection endpoint says that the token is not active: expired, revoked, unknown, or not meant"
                        + " for the client that asks (cardea.introspection.client-id)");
    }

    private void requireOpaquePrefix(PresentedToken token) throws RejectedException {
        if (opaquePrefix != null && !token.startsWith(opaquePrefix)) {
            throw new RejectedException(
                    Reason.TOKEN_KIND_NOT_ACCEPTED, "opaque tokens have a prefix (cardea.token.opaque-prefix)");
        }
    }
}
