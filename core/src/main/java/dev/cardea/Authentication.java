package dev.cardea;

import dev.cardea.confirmation.ConfirmedToken;
import dev.cardea.confirmation.Sender;
import dev.cardea.demand.Demand;
import dev.cardea.reject.Rejection;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.request.Credentials;
import dev.cardea.token.VerifiedToken;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who made a request, found once per request by {@link ResourceServer#authenticate}; what they may do is asked
 * afterwards, as often as needed.
 *
 * <p>Belongs to one request: adapters keep it as the request attribute {@link #ATTRIBUTE}. Its outcome is immutable;
 * the record of the request behind it is written by whichever thread currently handles the request.
 */
public abstract sealed class Authentication {
    /** Request attribute under which adapters keep the authentication. */
    public static final String ATTRIBUTE = "dev.cardea.authentication";

    final Trail trail;

    private Authentication(Trail trail) {
        this.trail = trail;
    }

    /** The authenticated caller; the anonymous one for every other outcome. */
    public Caller caller() {
        return Caller.anonymous();
    }

    /**
     * Header fields that an answer to the request carries whoever writes it, by name: a new {@code DPoP-Nonce}, with which comes
     * {@code Cache-Control: no-store} (RFC 9449 8.2); {@code Vary} where a proxy's field said which certificate the client has (RFC 9440
     * 2.4). Those of a refusal are in its {@link Answer} as well. What the application says of these fields must not undo it. Usually
     * empty.
     */
    public Map<String, String> answerFields() {
        return AnswerNotes.of(trail);
    }

    /** No credentials that count were presented. */
    public static final class Anonymous extends Authentication {
        final Rejection rejection;

        Anonymous(Trail trail, Rejection rejection) {
            super(trail);
            this.rejection = rejection;
        }
    }

    /**
     * Nobody has looked at the credentials: a path rule lets everybody in. Somebody does as soon as what the endpoint
     * declares asks for more.
     */
    public static final class Unasked extends Authentication {
        private final ProtectedRequest request;
        private final PathRule rule;
        private volatile @Nullable Authentication found;

        /** @param rule the rule of what the client asked for */
        Unasked(Trail trail, ProtectedRequest request, PathRule rule) {
            super(trail);
            this.request = request;
            this.rule = rule;
        }

        /** Looks at the credentials, once. */
        Authentication find(BiFunction<ProtectedRequest, PathRule, Authentication> finder) {
            Authentication known = found;
            if (known == null) {
                known = finder.apply(request, rule);
                found = known;
            }
            return known;
        }

        @Override
        public Caller caller() {
            Authentication known = found;
            return known == null ? Caller.anonymous() : known.caller();
        }
    }

    /** A good token was presented by whom it was issued to. */
    public static final class Authenticated extends Authentication {
        private final Caller caller;
        final VerifiedToken token;
        final Credentials.Presented presented;
        final Sender sender;
        private final Demand demand;
        private volatile @Nullable Authentication stricter;
        private volatile Demand stricterDemand = Demand.NOTHING;

        /** @param demand under which it was found out */
        Authenticated(
                Trail trail, ConfirmedToken confirmed, Credentials.Presented presented, Sender sender, Demand demand) {
            super(trail);
            this.presented = presented;
            this.sender = sender;
            this.demand = demand;
            this.token = confirmed.token();
            this.caller = TokenCaller.of(confirmed, presented.scheme().label());
        }

        /** The same under a demand too: the newest, if it was found out under as much, or what {@code finder} finds out. */
        Authentication under(Demand more, Function<Demand, Authentication> finder) {
            if (demand.covers(more)) {
                return newest();
            }
            Authentication known = stricter;
            if (known == null || !stricterDemand.covers(more)) {
                stricterDemand = stricterDemand.and(demand).and(more);
                known = finder.apply(stricterDemand);
                stricter = known;
            }
            return known;
        }

        /** What was found out last. That nothing could be found out under a stricter demand is nothing new for another one. */
        Authentication newest() {
            Authentication known = stricter;
            return known == null || known instanceof Undetermined ? this : known;
        }

        @Override
        public Caller caller() {
            return caller;
        }
    }

    /** What was presented is malformed or no good. */
    public static final class Rejected extends Authentication {
        final Rejection rejection;

        Rejected(Trail trail, Rejection rejection) {
            super(trail);
            this.rejection = rejection;
        }
    }

    /** We could not find out whether what was presented is good. */
    public static final class Undetermined extends Authentication {
        final UndeterminedException cause;

        final boolean mayBeAnonymous;

        /** @param mayBeAnonymous whether the request may go on as if nothing had been presented, where that suffices */
        Undetermined(Trail trail, UndeterminedException cause, boolean mayBeAnonymous) {
            super(trail);
            this.cause = cause;
            this.mayBeAnonymous = mayBeAnonymous;
        }
    }
}
