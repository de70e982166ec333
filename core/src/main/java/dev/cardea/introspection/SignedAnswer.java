package dev.cardea.introspection;

import dev.cardea.config.IssuerSettings;
import dev.cardea.http.HttpAnswer;
import dev.cardea.introspection.Trouble.Cause;
import dev.cardea.json.JsonObject;
import dev.cardea.jwe.DecryptionKeys;
import dev.cardea.jwt.CompactJwt;
import dev.cardea.jwt.KeySource;
import dev.cardea.jwt.LocalJwtVerifier;
import dev.cardea.reject.Quoted;
import dev.cardea.reject.RejectedException;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.request.PresentedToken;
import dev.cardea.token.Claims;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opens an introspection answer that the authorization server signed (RFC 9701 5): spelling, type, signature, then what the
 * JWT says about itself, and only then what it says about the token.
 *
 * <p>Proves that the issuer wrote this answer for us a moment ago. Does not prove that it is about the token that was asked
 * about: RFC 9701 has no member for that, so that rests on TLS, as with plain answers. Claims beside
 * {@code token_introspection} are about the answer; none of them is ever taken for the token's (RFC 9701 8.1).
 *
 * <p>Whatever is wrong is the authorization server's doing, never the client's: nothing here refuses a token. Immutable and
 * thread-safe.
 */
public final class SignedAnswer {
    /** What is asked for, and how the answer has to be labelled. */
    static final String MEDIA_TYPE = "application/token-introspection+jwt";

    static final String TYPE = "token-introspection+jwt";

    /** Answers are written when they are asked for; this long after they may have been kept by something in between. */
    private static final Duration MAX_AGE = Duration.ofSeconds(60);

    /** As with access tokens: up to ten seconds in the future is a clock, more is a lie. */
    private static final Duration MAX_FUTURE_IAT = Duration.ofSeconds(10);

    private final IssuerSettings issuer;
    private final LocalJwtVerifier verifier;
    private final @Nullable DecryptionKeys decryptionKeys;
    private final Set<String> ourNames;
    private final Duration clockSkew;
    private final Clock clock;

    /**
     * @param issuer whose answers they are, and the algorithms in which they may be signed
     * @param keys the issuer's, those of its access tokens
     * @param decryptionKeys for answers that are encrypted; null leaves those unread
     * @param ourNames of which {@code aud} has to contain one: our client id, and {@code cardea.audience}
     * @param clockSkew tolerance for {@code exp}, {@code nbf} and the age
     */
    public SignedAnswer(
            IssuerSettings issuer,
            KeySource keys,
            @Nullable DecryptionKeys decryptionKeys,
            Set<String> ourNames,
            Duration clockSkew,
            Clock clock) {
        this.issuer = issuer;
        this.verifier = new LocalJwtVerifier(ofAnswers(issuer), keys, clock);
        this.decryptionKeys = decryptionKeys;
        this.ourNames = Set.copyOf(ourNames);
        this.clockSkew = clockSkew;
        this.clock = clock;
    }

    /** One type only, however lenient the issuer's profile is about access tokens (J03). */
    private static IssuerSettings ofAnswers(IssuerSettings issuer) {
        return new IssuerSettings(
                issuer.name(), issuer.issuer(), issuer.profile(), Set.of(TYPE), false, issuer.algorithms());
    }

    /**
     * What the answer says about the token: the members of {@code token_introspection}.
     *
     * @param asked when the question left
     * @throws Trouble if anything is wrong with the answer
     * @throws UndeterminedException if the issuer's keys cannot be had
     */
    Map<String, Object> members(HttpAnswer answer, Instant asked) throws Trouble, UndeterminedException {
        requireSigned(answer);
        try {
            CompactJwt jwt = jwt(answer);
            requireType(jwt);
            Claims claims = verifier.verify(jwt).claims().claims();
            requireIssuer(claims);
            requireAudience(claims);
            requireRecent(claims, asked);
            requireNotExpired(claims);
            return introspection(claims);
        } catch (RejectedException e) {
            throw distrusted(e.rejection().detail());
        }
    }

    /** RFC 9701 5 (J02): who stands in between could otherwise take the signature off. */
    private void requireSigned(HttpAnswer answer) throws Trouble {
        if (ContentTypes.isLabelled(answer, MEDIA_TYPE)) {
            return;
        }
        String setting = issuer.names().of("introspection.response");
        if (ContentTypes.isLabelled(answer, ContentTypes.JSON)) {
            throw new Trouble(
                    Cause.UNREADABLE,
                    "answered plain JSON where " + setting
                            + "=jwt asks for a signed answer; have the authorization server"
                            + " sign what it answers to our client (introspection_signed_response_alg), or set "
                            + setting + "=json");
        }
        throw new Trouble(Cause.UNREADABLE, "an answer that is not labelled " + MEDIA_TYPE + " (" + setting + "=jwt)");
    }

    /** RFC 9701 5 (J07): decrypted first. That it could be opened proves nothing about it. */
    private CompactJwt jwt(HttpAnswer answer) throws RejectedException, Trouble {
        PresentedToken text;
        try {
            text = PresentedToken.of(new String(answer.body(), StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            throw distrusted("it is no JWT in compact form");
        }
        if (decryptionKeys != null && DecryptionKeys.isEncrypted(text)) {
            return CompactJwt.parseNested(decryptionKeys.open(text));
        }
        return CompactJwt.parse(text);
    }

    /** RFC 9701 5 (J03), RFC 8725 3.12: no other JWT of the issuer is an answer. */
    private static void requireType(CompactJwt jwt) throws Trouble {
        if (!TYPE.equals(jwt.type())) {
            throw distrusted("typ is " + Quoted.of(jwt.type()) + ", expected " + TYPE);
        }
    }

    /** RFC 9701 5 (J04). */
    private void requireIssuer(Claims claims) throws RejectedException, Trouble {
        String stated = claims.string("iss");
        if (!issuer.issuer().equals(stated)) {
            throw distrusted("iss is " + Quoted.of(stated) + ", expected " + Quoted.of(issuer.issuer()) + " ("
                    + issuer.names().of("issuer") + ")");
        }
    }

    /** RFC 9701 5 (J04): an answer to another resource server may say what we are not to know, or not what we are. */
    private void requireAudience(Claims claims) throws RejectedException, Trouble {
        List<String> audience = claims.strings("aud");
        if (audience.stream().noneMatch(ourNames::contains)) {
            throw distrusted("aud is " + Quoted.of(audience.isEmpty() ? null : audience) + ", expected one of "
                    + ourNames.stream().sorted().map(Quoted::of).toList() + " ("
                    + issuer.names().of("introspection.client-id") + ", "
                    + issuer.names().of("audience") + ")");
        }
    }

    /** RFC 9701 5 (J04): or an answer from before a revocation could be given again after it. */
    private void requireRecent(Claims claims, Instant asked) throws RejectedException, Trouble {
        Instant issuedAt = claims.date("iat");
        if (issuedAt == null) {
            throw distrusted("it has no iat");
        }
        if (issuedAt.isBefore(asked.minus(MAX_AGE).minus(clockSkew))) {
            throw distrusted("it was issued at " + issuedAt + ", long before we asked: check the clocks, and whether"
                    + " something in between keeps answers");
        }
        if (issuedAt.isAfter(clock.instant().plus(MAX_FUTURE_IAT))) {
            throw distrusted("it was issued at " + issuedAt + ", which is in the future: check the clocks");
        }
    }

    /** RFC 7519 4.1.4 and 4.1.5: dates of the answer, if it has any, and not of the token (J06). */
    private void requireNotExpired(Claims claims) throws RejectedException, Trouble {
        Instant now = clock.instant();
        Instant expiresAt = claims.date("exp");
        if (expiresAt != null && !now.isBefore(expiresAt.plus(clockSkew))) {
            throw distrusted("it expired at " + expiresAt + ": check the clocks");
        }
        Instant notBefore = claims.date("nbf");
        if (notBefore != null && now.isBefore(notBefore.minus(clockSkew))) {
            throw distrusted("it is not valid before " + notBefore + ": check the clocks");
        }
    }

    /** RFC 9701 5 (J05). Whether {@code active} is a boolean at all is for {@link AnswerReader}, as with plain answers. */
    private static Map<String, Object> introspection(Claims claims) throws Trouble {
        if (!(claims.asMap().get("token_introspection") instanceof JsonObject members)) {
            throw distrusted("its token_introspection is missing or no object");
        }
        if (Boolean.FALSE.equals(members.get("active")) && members.size() > 1) {
            throw distrusted("it calls the token inactive and says more about it");
        }
        return members;
    }

    private static Trouble distrusted(String why) {
        return new Trouble(
                Cause.UNREADABLE,
                "a signed answer that is not to be trusted: " + why + " (RFC 9701; see the"
                        + " authorization server's settings for our client)");
    }

    /** Nothing of answers. */
    @Override
    public String toString() {
        return "signed answers of " + issuer.issuer() + ", at most " + MAX_AGE + " old; " + clockSkew + " skew";
    }
}
