package dev.cardea.resolve;

import dev.cardea.jwt.CompactJwt;
import dev.cardea.jwt.JwtVerifier;
import dev.cardea.reject.Quoted;
import dev.cardea.reject.Reason;
import dev.cardea.reject.Rejection;
import dev.cardea.token.ClaimRules;
import dev.cardea.token.Claims;
import dev.cardea.token.Discriminator;
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
 * stranger can make it do is to look at one token in {@link #PAUSE}, one signature included. What it remembers is at most {@link #CAUSES} causes, each of the issuer's own making. Thread-safe.
 */
public final class ProfileHint {
    /** Least time between two tokens that are looked at. */
    public static final Duration PAUSE = Duration.ofSeconds(5);

    /** After so many lines about one issuer it is silent. */
    static final int CAUSES = 16;

    /** Rights: access tokens have one of these nearly always, ID tokens never. */
    private static final List<String> RIGHTS = List.of("scope", "scp", "permissions");

    private static final Set<Reason> REASONS =
            EnumSet.of(Reason.TYPE_NOT_ACCEPTED, Reason.CLAIM_MISSING, Reason.CLAIMS_MALFORMED);

    private final String property;
    private final String configured;
    private final Discriminator discriminator;
    private final List<Alternative> alternatives;
    private final System.Logger log;
    private final LongSupplier nanoTime;
    private final Set<String> told = new HashSet<>(); // guarded by this, like the next two
    private long lastLook;
    private boolean looked;

    /**
     * @param property the name of the setting that chooses the profile
     * @param configured the profile's word
     * @param discriminator the profile's
     * @param alternatives the other profiles, each with everything else configured as it is
     * @param nanoTime a monotonic time in nanoseconds
     */
    public ProfileHint(
            String property,
            String configured,
            Discriminator discriminator,
            List<Alternative> alternatives,
            System.Logger log,
            LongSupplier nanoTime) {
        this.property = property;
        this.configured = configured;
        this.discriminator = discriminator;
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
     * @param discriminator what it tells access tokens by
     */
    public record Alternative(
            String profile, Set<String> types, boolean untyped, ClaimRules rules, Discriminator discriminator) {
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
        if (!REASONS.contains(rejection.reason()) || !mayLook()) {
            return;
        }
        List<String> helpful = helpful(jwt);
        String cause = rejection.detail() + helpful;
        if (!helpful.isEmpty() && !isTold(cause) && verifier.isOfIssuer(jwt) && isNews(cause)) {
            log.log(
                    Level.WARNING,
                    "a token that " + Quoted.of(jwt.unverifiedIssuer()) + " signed is refused: " + rejection.detail()
                            + ". It would be accepted with " + property + "=" + String.join(" or ", helpful)
                            + " (now " + configured + "). Set it if that is the issuer's product; said once");
        }
    }

    /**
     * The profiles under which {@code jwt} would be accepted, if it is an access token for all that can be told: nobody is to
     * be advised to let ID tokens in. A token that says itself what it is counts for those who ask for that only. Any other
     * one must not look like something else, and must have a right.
     */
    private List<String> helpful(CompactJwt jwt) {
        Claims claims = jwt.unverifiedClaims();
        List<Alternative> accepting = alternatives.stream()
                .filter(alternative -> alternative.accepts(jwt))
                .toList();
        List<Alternative> declared = accepting.stream()
                .filter(alternative -> alternative.discriminator().isDeclaredBy(claims))
                .toList();
        if (declared.isEmpty()) {
            boolean other = discriminator.isContradictedBy(claims)
                    || alternatives.stream()
                            .anyMatch(alternative -> alternative.discriminator().isDeniedBy(claims))
                    || RIGHTS.stream().noneMatch(claims::has);
            declared = other ? List.of() : accepting;
        }
        return declared.stream().map(Alternative::profile).toList();
    }

    private synchronized boolean mayLook() {
        long now = nanoTime.getAsLong();
        if (told.size() == CAUSES || (looked && now - lastLook < PAUSE.toNanos())) {
            return false;
        }
        looked = true;
        lastLook = now;
        return true;
    }

    private synchronized boolean isTold(String cause) {
        return told.contains(cause);
    }

    private synchronized boolean isNews(String cause) {
        return told.size() < CAUSES && told.add(cause);
    }
}
