package dev.cardea.resolve;

import dev.cardea.cache.DigestCache;
import dev.cardea.config.TokenSettings;
import dev.cardea.jose.VerificationKey;
import dev.cardea.json.TextPool;
import dev.cardea.jwt.CompactJwt;
import dev.cardea.jwt.JwtVerifier;
import dev.cardea.reject.RejectedException;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.request.PresentedToken;
import dev.cardea.token.AcceptedClaims;
import dev.cardea.token.Source;
import dev.cardea.token.VerifiedToken;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the JWTs whose signature was verified, so that the next request with the same one costs its digest and a lookup:
 * no base64, no JSON, no signature, no lock.
 *
 * <p>What is remembered is what cannot change: that a key of the issuer signed these claims. Everything else is asked at
 * every request, whether or not the token is known: whether the issuer still has that key, whether the rules by which issuer and
 * audience were judged are the same, the time, and after this the sender constraint and the policies. Revocation of JWTs there
 * is none yet, known or not. A token that is refused for any of them is refused as if it had come
 * for the first time. Nothing that failed is remembered, so that inventing tokens fills
 * nothing; nor do the many looks of one that is encrypted over and over, since what counts is the signed token inside.
 *
 * <p>Keyed by the digest of the complete token, and with it of its {@code iss}: one text never leads to two routes, and two
 * texts never to one entry. An entry serves for {@code cardea.jwt.cache.ttl} at most, and is made anew if the clock was set back
 * to before it; that of an expired token serves to refuse it. Thread-safe.
 */
public final class VerifiedTokens implements AutoCloseable {
    /** Longer tokens are verified each time, so that the number of entries bounds the memory. */
    static final int MAX_KEPT_LENGTH = 4 * 1024;

    /** Members and elements, at any depth. */
    static final int MAX_KEPT_VALUES = 256;

    /** What base64url makes of {@code {"}. A token that begins in another way is no JWT, or none that anybody makes. */
    private static final String USUAL_START = "ey";

    private final @Nullable DigestCache<Known> cache;
    private final long ttlMillis;
    private final Clock clock;
    private final TextPool texts = new TextPool();

    /** @param settings no entries at all: every token is verified each time */
    public VerifiedTokens(TokenSettings.VerifiedCache settings, Clock clock) {
        this.cache = settings.maxEntries() == 0 ? null : new DigestCache<>(settings.maxEntries());
        this.ttlMillis = settings.ttl().toMillis();
        this.clock = clock;
    }

    /**
     * The token as it is now, if what is signed of it was verified before and that still counts; null if it has to be verified.
     *
     * @param signed the signed token: {@code presented} itself, or what was encrypted in it
     * @throws RejectedException if it is known and no longer acceptable
     * @throws UndeterminedException if the issuer's keys have become too old to say whether the token's is among them
     */
    @Nullable
    VerifiedToken find(PresentedToken signed, PresentedToken presented)
            throws RejectedException, UndeterminedException {
        if (cache == null || !isKeepable(signed)) {
            return null;
        }
        Known known = cache.get(signed.digest());
        if (known == null) {
            return null;
        }
        long now = clock.millis();
        if (!known.servesAt(now) || !known.route.verifier().stillTrusts(known.key)) {
            cache.remove(signed.digest(), known);
            return null;
        }
        return known.route.rules().accept(presented, known.claims, Source.CACHE, now);
    }

    /** Verifies {@code jwt}, which is {@code signed} taken apart, and remembers it if it is accepted. */
    VerifiedToken verify(PresentedToken signed, PresentedToken presented, CompactJwt jwt, IssuerRoute.Local route)
            throws RejectedException, UndeterminedException {
        long now = clock.millis();
        JwtVerifier.Verified verified = route.verifier().verify(jwt);
        boolean keepable = cache != null && isKeepable(signed) && isSmall(jwt);
        if (keepable) {
            verified.claims().claims().share(texts); // before anything else holds on to them
        }
        VerifiedToken accepted = route.rules().accept(presented, verified.claims(), Source.LOCAL);
        if (keepable && cache != null) {
            cache.put(signed.digest(), new Known(route, verified.key(), accepted.accepted(), now, now + ttlMillis));
        }
        return accepted;
    }

    /** Short texts can be large objects: a thousand empty arrays are 3 KB of token and 47 KB of memory. */
    private static boolean isSmall(CompactJwt jwt) {
        return valuesLeft(jwt.unverifiedClaims().asMap(), MAX_KEPT_VALUES) >= 0;
    }

    /** What remains of {@code allowed} when {@code value}, and all that is in it, is counted; negative if that is too much. */
    private static int valuesLeft(@Nullable Object value, int allowed) {
        int left = allowed - 1;
        Collection<?> inner = value instanceof Map<?, ?> object
                ? object.values()
                : value instanceof List<?> array ? array : List.of();
        for (Object each : inner) {
            if (left < 0) {
                return left;
            }
            left = valuesLeft(each, left);
        }
        return left;
    }

    /** Of anything else not even the digest has to be made. */
    private static boolean isKeepable(PresentedToken token) {
        return token.length() <= MAX_KEPT_LENGTH && token.startsWith(USUAL_START);
    }

    /** Forgets everything: every token is verified once more. */
    public void clear() {
        if (cache != null) {
            cache.clear();
        }
    }

    /** Forgets everything; from then on every token is verified each time. */
    @Override
    public void close() {
        if (cache != null) {
            cache.close();
        }
    }

    /** One verified token. Immutable. */
    private static final class Known {
        private final IssuerRoute.Local route;
        private final VerificationKey key;
        private final AcceptedClaims claims;
        private final long fromMillis;
        private final long untilMillis;

        Known(IssuerRoute.Local route, VerificationKey key, AcceptedClaims claims, long fromMillis, long untilMillis) {
            this.route = route;
            this.key = key;
            this.claims = claims;
            this.fromMillis = fromMillis;
            this.untilMillis = untilMillis;
        }

        /** A clock that was set back makes an entry old, not young. */
        boolean servesAt(long millis) {
            return millis < untilMillis && millis >= fromMillis;
        }
    }
}
