package dev.cardea.introspection;

import dev.cardea.reject.RejectedException;
import dev.cardea.request.PresentedToken;
import dev.cardea.token.AcceptedClaims;
import dev.cardea.token.AuthenticClaims;
import dev.cardea.token.ClaimRules;
import dev.cardea.token.Claims;
import dev.cardea.token.Confirmation;
import dev.cardea.token.Source;
import dev.cardea.token.VerifiedToken;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A definite answer of an introspection endpoint (RFC 7662 2.2): a fact with an age, no verdict about a request.
 */
public sealed interface Introspection {
    /** How long the answer may be used if it does not say so itself. */
    long NO_LIMIT = Long.MAX_VALUE;

    /** Where this answer comes from now: the endpoint, or what is remembered of it. */
    Source source();

    /** When the endpoint was asked, by the monotonic clock, right before the exchange that brought the answer. */
    long askedNanos();

    /** How long from then on the answer may be used by its own header fields (RFC 9111 5.2.2), or {@link #NO_LIMIT}. */
    long keepNanos();

    /** {@code "active": true}, with everything beside it. */
    final class Active implements Introspection {
        private final Facts facts;
        private final Source source;

        public Active(AuthenticClaims claims, Source source, long askedNanos, long keepNanos) {
            this(new Facts(claims, askedNanos, keepNanos), source);
        }

        private Active(Facts facts, Source source) {
            this.facts = facts;
            this.source = source;
        }

        /** The same facts, from elsewhere. */
        public Active from(Source newSource) {
            return newSource == source ? this : new Active(facts, newSource);
        }

        public AuthenticClaims claims() {
            return facts.claims;
        }

        /**
         * What the answer means for {@code token} here and now by {@code rules}. What they accepted once is remembered with the
         * facts; its time is asked again each time.
         *
         * @param nowMillis what the clock says, in milliseconds since the epoch
         */
        public VerifiedToken accept(PresentedToken token, ClaimRules rules, long nowMillis) throws RejectedException {
            AcceptedClaims known = facts.accepted;
            if (known != null) {
                return rules.accept(token, known, source, nowMillis);
            }
            VerifiedToken verified = rules.accept(token, facts.claims, source);
            facts.accepted = verified.accepted();
            return verified;
        }

        /**
         * As {@link #accept}, of a JWT that was read and not verified: what it says of its binding counts as well (N16). That nobody vouches
         * for it makes no difference, since a binding only takes something away.
         *
         * @param jwt what the JWT says
         * @throws RejectedException also if JWT and answer contradict each other about the binding
         */
        public VerifiedToken accept(PresentedToken token, Claims jwt, ClaimRules rules, long nowMillis)
                throws RejectedException {
            VerifiedToken known = acceptRead(token, rules, nowMillis);
            if (known != null) {
                return known;
            }
            VerifiedToken verified = rules.accept(token, boundAs(jwt), source);
            facts.acceptedWithJwt = verified.accepted();
            return verified;
        }

        /** As {@link #accept(PresentedToken, Claims, ClaimRules, long)} once more, of a JWT that need not be read again; null if nobody has read it. */
        public @Nullable VerifiedToken acceptRead(PresentedToken token, ClaimRules rules, long nowMillis)
                throws RejectedException {
            AcceptedClaims known = facts.acceptedWithJwt;
            return known == null ? null : rules.accept(token, known, source, nowMillis);
        }

        private AuthenticClaims boundAs(Claims jwt) throws RejectedException {
            Map<String, Object> answer = facts.claims.claims().asMap();
            Object cnf = Confirmation.together(jwt.asMap(), answer);
            if (cnf == null) {
                return facts.claims;
            }
            Map<String, Object> bound = new LinkedHashMap<>(answer);
            bound.put("cnf", cnf);
            return AuthenticClaims.introspected(Claims.of(bound), facts.claims.establishedAt());
        }

        /**
         * As {@link #accept}, of a JWT that was verified locally as well: see {@link SignedAndIntrospected}.
         *
         * @param signed what the issuer signed in it
         */
        public VerifiedToken accept(PresentedToken token, VerifiedToken signed, ClaimRules rules, long nowMillis)
                throws RejectedException {
            AuthenticClaims said = signed.authentic();
            SignedAndIntrospected known = facts.together;
            if (known == null || !known.isOf(said)) {
                known = new SignedAndIntrospected(said, facts.claims);
            }
            VerifiedToken verified = known.accept(token, rules, source, nowMillis);
            facts.together = known;
            return verified;
        }

        @Override
        public Source source() {
            return source;
        }

        @Override
        public long askedNanos() {
            return facts.askedNanos;
        }

        @Override
        public long keepNanos() {
            return facts.keepNanos;
        }

        /** What was said and when. Immutable but for what was concluded from it, which two threads may do at once. */
        private static final class Facts {
            private final AuthenticClaims claims;
            private final long askedNanos;
            private final long keepNanos;
            private volatile @Nullable AcceptedClaims accepted;
            private volatile @Nullable AcceptedClaims acceptedWithJwt;
            private volatile @Nullable SignedAndIntrospected together;

            Facts(AuthenticClaims claims, long askedNanos, long keepNanos) {
                this.claims = claims;
                this.askedNanos = askedNanos;
                this.keepNanos = keepNanos;
            }
        }
    }

    /** {@code "active": false}. */
    record Inactive(Source source, long askedNanos, long keepNanos) implements Introspection {}
}
