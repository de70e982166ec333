package dev.cardea.token;

import dev.cardea.reject.Quoted;
import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import dev.cardea.reject.Rejection;
import dev.cardea.reject.SettingNames;
import dev.cardea.request.PresentedToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether authentic claims make a token that is valid here and now: issuer, audience, times, required members
 * (RFC 9068 4, RFC 7662 2.2 and 4). The only place where a {@link VerifiedToken} is made.
 *
 * <p>Proves neither that whoever presents the token may hold it (see {@code confirmation}) nor that it suffices for an
 * endpoint (see {@code authz}). Immutable and thread-safe; every call reads the clock once.
 */
public final class ClaimRules {
    /** FAPI 2.0 5.3.2.1: up to ten seconds in the future is a clock, more is a lie. */
    private static final Duration MAX_FUTURE_IAT = Duration.ofSeconds(10);

    private static final String AUD = "aud";

    private final Expectations expected;
    private final ClaimMapping mapping;
    private final Clock clock;

    public ClaimRules(Expectations expected, ClaimMapping mapping, Clock clock) {
        this.expected = expected;
        this.mapping = mapping;
        this.clock = clock;
    }

    /**
     * What claims must say.
     *
     * @param names what the settings are called that say all this
     * @param issuer the only accepted {@code iss}, compared code point by code point; null if no issuer is configured
     * @param foreignIssuers values of {@code iss} for which whoever vouches for the claims does not speak: those of issuers
     *     that vouch for their tokens themselves
     * @param audience values of which the audience must contain one; not empty
     * @param audienceClaims members that may say for whom a token is; the first that is there decides, be it null.
     *     {@code aud} is the first. That {@code aud} is required means that one of them is
     * @param required members that must be present, whatever they say; {@code iss}, {@code aud} and {@code exp} among
     *     them make the respective check unconditional
     * @param discriminator what tells a product's access tokens from its other JWTs where {@code typ} does not, and in
     *     introspection answers, which have none
     * @param clockSkew tolerance for {@code exp} and {@code nbf}
     * @param maxLifetime longest accepted time from {@code iat} to {@code exp}, or null for no limit
     */
    public record Expectations(
            SettingNames names,
            @Nullable String issuer,
            Set<String> foreignIssuers,
            Set<String> audience,
            List<String> audienceClaims,
            Set<String> required,
            Discriminator discriminator,
            Duration clockSkew,
            @Nullable Duration maxLifetime) {
        public Expectations {
            foreignIssuers = Set.copyOf(foreignIssuers);
            audience = Set.copyOf(audience);
            audienceClaims = List.copyOf(audienceClaims);
            required = Set.copyOf(required);
            if (audience.isEmpty()) {
                throw new IllegalArgumentException("an audience is mandatory");
            }
            if (!AUD.equals(audienceClaims.isEmpty() ? null : audienceClaims.get(0))) {
                throw new IllegalArgumentException("where there is an aud it decides");
            }
        }

        /** Where nothing else than access tokens can come in: no discriminator. */
        public Expectations(
                @Nullable String issuer,
                Set<String> audience,
                Set<String> required,
                Duration clockSkew,
                @Nullable Duration maxLifetime) {
            this(
                    SettingNames.MAIN,
                    issuer,
                    Set.of(),
                    audience,
                    List.of(AUD),
                    required,
                    Discriminator.NONE,
                    clockSkew,
                    maxLifetime);
        }
    }

    /** Accepts {@code authentic} as what {@code presented} means here and now, or refuses it. */
    public VerifiedToken accept(PresentedToken presented, AuthenticClaims authentic, Source source)
            throws RejectedException {
        Claims claims = authentic.claims();
        Instant expiresAt = check(claims, authentic.method());
        Instant notBefore = claims.date("nbf");
        Instant issuedAt = claims.date("iat");
        AcceptedClaims accepted = new AcceptedClaims(
                authentic,
                this,
                mapping.map(claims),
                expiresAt,
                millis(refusedFrom(expiresAt), Long.MAX_VALUE),
                Math.max(
                        millis(notBefore == null ? null : notBefore.minus(expected.clockSkew()), Long.MIN_VALUE),
                        millis(issuedAt == null ? null : issuedAt.minus(MAX_FUTURE_IAT), Long.MIN_VALUE)));
        return new VerifiedToken(presented, accepted, source);
    }

    /**
     * Accepts claims that were accepted before, or refuses them. These rules cannot change, so of what they accepted only the
     * time can; what other rules accepted, or what the time speaks against, is asked everything once more.
     *
     * @param nowMillis what the clock says, in milliseconds since the epoch
     */
    public VerifiedToken accept(PresentedToken presented, AcceptedClaims known, Source source, long nowMillis)
            throws RejectedException {
        return known.wereAcceptedBy(this) && known.holdAt(nowMillis)
                ? new VerifiedToken(presented, known, source)
                : accept(presented, known.authentic(), source);
    }

    /** Names of members that an older statement about a token must not add to {@code younger}, which speaks of the same rights. */
    public Set<String> replacedBy(Map<String, Object> younger) {
        return mapping.replacedBy(younger);
    }

    private static long millis(@Nullable Instant time, long otherwise) {
        return time == null ? otherwise : time.toEpochMilli();
    }

    /**
     * Why signed {@code claims} would be refused, or null if they would be accepted. For telling an operator what another
     * configuration would do; nobody need vouch for the claims, and nothing may rest on the answer.
     */
    public @Nullable Rejection refusal(Claims claims) {
        try {
            check(claims, ValidationMethod.LOCAL);
            mapping.map(claims);
            return null;
        } catch (RejectedException e) {
            return e.rejection();
        }
    }

    /** @return {@code exp}, or null if there is none */
    private @Nullable Instant check(Claims claims, ValidationMethod method) throws RejectedException {
        // First what it is: that an ID token lacks a claim of access tokens is not what is wrong with it.
        expected.discriminator().requireAccessToken(claims, expected.names());
        if (method == ValidationMethod.INTROSPECTION) {
            StatedUse.requireAccessToken(claims);
        }
        requireMembers(claims, method);
        requireIssuer(claims);
        requireAudience(claims);
        Instant now = clock.instant();
        Instant expiresAt = requireNotExpired(claims, now);
        requireBegun(claims, now);
        requirePlausibleAge(claims, expiresAt, now);
        return expiresAt;
    }

    /** RFC 9068 2.2 (T07): a member that is there but null, or an empty string, is not there; an id is a string. */
    private void requireMembers(Claims claims, ValidationMethod method) throws RejectedException {
        for (String name : expected.required()) {
            String member = name.equals(AUD) ? audienceClaim(claims) : name;
            if (!claims.has(member) || "".equals(claims.asMap().get(member))) {
                String setting = method == ValidationMethod.LOCAL
                        ? expected.names().of("jwt.required-claims")
                        : expected.names().of("introspection.allow-missing-audience");
                throw new RejectedException(Reason.CLAIM_MISSING, "claim '" + name + "' is missing (" + setting + ")");
            }
        }
        claims.string("jti");
    }

    /** The claim that says for whom the token is: {@code aud} wherever the issuer wrote one, be it null. */
    private String audienceClaim(Claims claims) {
        for (String name : expected.audienceClaims()) {
            if (claims.asMap().containsKey(name)) {
                return name;
            }
        }
        return AUD;
    }

    /** RFC 9068 4 (T02), RFC 7662 2.2 (I12): no trimming, no case folding, no trailing slash. */
    private void requireIssuer(Claims claims) throws RejectedException {
        String issuer = claims.string("iss");
        if (issuer != null && expected.issuer() != null && !issuer.equals(expected.issuer())) {
            throw new RejectedException(
                    Reason.ISSUER_MISMATCH,
                    "iss is " + Quoted.of(issuer) + ", expected " + Quoted.of(expected.issuer()) + " ("
                            + expected.names().of("issuer") + ")");
        }
        if (issuer != null && expected.foreignIssuers().contains(issuer)) {
            throw new RejectedException(
                    Reason.ISSUER_MISMATCH,
                    "iss is " + Quoted.of(issuer)
                            + ", a further issuer, for which the introspection endpoint does not speak"
                            + " (cardea.issuers.<name>.issuer)");
        }
    }

    /** RFC 9068 4 (T03), RFC 7662 4 (I11). Absence is the business of {@link #requireMembers}. */
    private void requireAudience(Claims claims) throws RejectedException {
        String name = audienceClaim(claims);
        if (!claims.has(name)) {
            return;
        }
        List<String> audience = claims.strings(name);
        for (String value : audience) {
            if (expected.audience().contains(value)) {
                return;
            }
        }
        throw new RejectedException(
                Reason.AUDIENCE_MISMATCH,
                name + " is " + Quoted.of(audience) + ", which contains none of " + Quoted.of(expected.audience())
                        + " (" + expected.names().of("audience") + ")");
    }

    private @Nullable Instant requireNotExpired(Claims claims, Instant now) throws RejectedException {
        Instant expiresAt = claims.date("exp");
        Instant refusedFrom = refusedFrom(expiresAt);
        if (refusedFrom != null && !now.isBefore(refusedFrom)) {
            throw new RejectedException(Reason.EXPIRED, "expired at " + expiresAt);
        }
        return expiresAt;
    }

    private @Nullable Instant refusedFrom(@Nullable Instant expiresAt) {
        return expiresAt == null ? null : expiresAt.plus(expected.clockSkew());
    }

    private void requireBegun(Claims claims, Instant now) throws RejectedException {
        Instant notBefore = claims.date("nbf");
        if (notBefore != null && now.isBefore(notBefore.minus(expected.clockSkew()))) {
            throw new RejectedException(Reason.NOT_YET_VALID, "not valid before " + notBefore);
        }
    }

    private void requirePlausibleAge(Claims claims, @Nullable Instant expiresAt, Instant now) throws RejectedException {
        Instant issuedAt = claims.date("iat");
        if (issuedAt == null) {
            return;
        }
        if (issuedAt.isAfter(now.plus(MAX_FUTURE_IAT))) {
            throw new RejectedException(
                    Reason.ISSUED_IN_FUTURE, "issued at " + issuedAt + ", which is in the future: check the clocks");
        }
        Duration maxLifetime = expected.maxLifetime();
        if (maxLifetime != null && expiresAt != null && expiresAt.isAfter(issuedAt.plus(maxLifetime))) {
            throw new RejectedException(
                    Reason.LIFETIME_TOO_LONG,
                    "valid for " + Duration.between(issuedAt, expiresAt) + ", longer than " + maxLifetime + " ("
                            + expected.names().of("jwt.max-lifetime") + ")");
        }
    }
}
