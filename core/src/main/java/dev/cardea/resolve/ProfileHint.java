package dev.cardea.resolve;

import dev.cardea.jwt.CompactJwt;
import dev.cardea.jwt.JwtVerifier;
import dev.cardea.reject.Quoted;
import dev.cardea.reject.Reason;
import dev.cardea.reject.Rejection;
import dev.cardea.token.ClaimRules;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Tells the operator, once per cause, that an issuer's token was refused only because the configured profile is not the
 * product's. The client is told nothing: the answer is decided before, and this changes nothing in it.
 *
 * <p>A line is written only about a token that the issuer signed, with keys that are at hand anyway: nobody is asked. What a
 * stranger can make it do is to look at one token in {@link #PAUSE}, one signature included, until the line is written; then
 * nothing for that cause. What it remembers is at most {@link #CAUSES} causes, each of the issuer's own making. Thread-safe.
 */
public final class ProfileHint {
    /** Least time between two tokens that are looked at. */
    public static final Duration PAUSE = Duration.ofSeconds(5);

    /** After so many lines about one issuer it is silent. */
    static final int CAUSES = 16;

    private static final Set<Reason> REASONS =
            EnumSet.of(Reason.TYPE_NOT_ACCEPTED, Reason.CLAIM_MISSING, Reason.CLAIMS_MALFORMED);

    private final String property;
    private final String configured;
    private final List<Alternative> alternatives;
    private final System.Logger log;
    private final LongSupplier nanoTime;
    private final Set<String> told = new HashSet<>(); // guarded by this, like the next two
    private long lastLook;
    private boolean looked;

    /**
     * @param property the name of the setting that chooses the profile
     * @param configured the profile's word
     * @param alternatives the other profiles, each with everything else configured as it is
     * @param nanoTime a monotonic time in nanoseconds
     */
    public ProfileHint(
            String property,
            String configured,
            List<Alternative> alternatives,
            System.Logger log,
            LongSupplier nanoTime) {
        this.property = property;
        this.configured = configured;
        this.alternatives = List.copyOf(alternatives);
        this.log = log;
        this.nanoTime = nanoTime;
    }

    /**
     * What would be accepted under another profile.
     *
     * @param profile its word
     * @param types accepted {@code typ}, lower case
     * @param untyped whether a JWT without {@code typ} is accepted
     */
    public record Alternative(String profile, Set<String> types, boolean untyped, ClaimRules rules) {
        public Alternative {
            types = Set.copyOf(types);
        }

        private boolean accepts(CompactJwt jwt) {
            String type = jwt.type();
            return (type == null ? untyped : types.contains(type)) && rules.refusal(jwt.unverifiedClaims()) == null;
        }
    }

    /** Looks at a token that is refused for {@code rejection}, whether its signature was looked at before or not. */
    void refused(CompactJwt jwt, Rejection rejection, JwtVerifier verifier) {
        if (!REASONS.contains(rejection.reason()) || !mayLook(rejection.detail())) {
            return;
        }
        List<String> helpful = alternatives.stream()
                .filter(alternative -> alternative.accepts(jwt))
                .map(Alternative::profile)
                .toList();
        if (!helpful.isEmpty() && verifier.isOfIssuer(jwt) && isNews(rejection.detail())) {
            log.log(
                    Level.WARNING,
                    "a token that " + Quoted.of(jwt.unverifiedIssuer()) + " signed is refused: " + rejection.detail()
                            + ". It would be accepted with " + property + "=" + String.join(" or ", helpful)
                            + " (now " + configured + "). Set it if that is the product; said once");
        }
    }

    private synchronized boolean mayLook(String cause) {
        long now = nanoTime.getAsLong();
        if (told.contains(cause) || told.size() == CAUSES || (looked && now - lastLook < PAUSE.toNanos())) {
            return false;
        }
        looked = true;
        lastLook = now;
        return true;
    }

    private synchronized boolean isNews(String cause) {
        return told.size() < CAUSES && told.add(cause);
    }
}
