package dev.cardea;

import dev.cardea.authz.Requirement;
import dev.cardea.authz.Requirement.Access;
import dev.cardea.authz.Senders;
import dev.cardea.demand.Demand;
import dev.cardea.demand.NonceUse;
import dev.cardea.demand.SenderConstraint;
import dev.cardea.reject.Rejection;
import dev.cardea.route.Route;
import dev.cardea.route.Routes.Found;
import dev.cardea.token.Confirmation;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code cardea.routes.*} say about one dispatch of one request; made by {@link ResourceServer#rule}.
 *
 * <p>Adds to what annotations declare and never weakens it; where nothing is declared it stands in for
 * {@code cardea.access.default}. Immutable and thread-safe.
 */
public final class PathRule {
    /** Request attribute under which adapters hand the rule of the current dispatch on. */
    public static final String ATTRIBUTE = "dev.cardea.path-rule";

    /** No rule holds. */
    static final PathRule NONE = new PathRule(List.of(), List.of(), false);

    private static final PathRule BEHIND = new PathRule(List.of(), List.of(), false, Demand.NOTHING, false);

    /** More policies than any application has endpoints: a guard against somebody who makes one per request. */
    private static final int MAX_COMBINED = 10_000;

    final List<Route> rules;
    final List<Route> trials;
    final boolean ambiguous;
    private final @Nullable Requirement requirement;
    final Demand demand;
    private final Set<SenderConstraint> senders;
    private final boolean generalSenders;
    private final @Nullable NonceUse nonce;
    private final boolean generalNonce;
    private final Map<AccessPolicy, Requirement> combined = new ConcurrentHashMap<>();

    private PathRule(List<Route> rules, List<Route> trials, boolean ambiguous) {
        this(
                rules,
                trials,
                ambiguous,
                rules.isEmpty()
                        ? Demand.NONE
                        : rules.stream().map(Route::demand).reduce(Demand.NOTHING, Demand::and),
                rules.isEmpty());
    }

    /** @param general whether what holds in general about bindings and nonces holds here too, whatever the rules say */
    private PathRule(List<Route> rules, List<Route> trials, boolean ambiguous, Demand demand, boolean general) {
        this.rules = rules;
        this.trials = trials;
        this.ambiguous = ambiguous;
        this.requirement =
                rules.stream().map(Route::requirement).reduce(Requirement::and).orElse(null);
        this.demand = demand;
        this.senders =
                rules.stream().map(Route::sender).filter(Objects::nonNull).collect(Collectors.toUnmodifiableSet());
        this.generalSenders = general || rules.stream().anyMatch(PathRule::keepsTheGeneral);
        this.nonce = rules.stream()
                .map(Route::nonce)
                .filter(Objects::nonNull)
                .reduce(NonceUse::and)
                .orElse(null);
        this.generalNonce = general || rules.stream().anyMatch(route -> route.nonce() == null);
    }

    /** Only what says so lets in what is kept out in general. */
    private static boolean keepsTheGeneral(Route route) {
        return route.sender() != SenderConstraint.OPTIONAL && route.sender() != SenderConstraint.OFF;
    }

    static PathRule of(Found found) {
        return new PathRule(found.rules(), found.trials(), found.ambiguous());
    }

    /** No rule: what is declared decides, or {@code cardea.access.default}. */
    public static PathRule none() {
        return NONE;
    }

    /**
     * No rule, for what clients cannot ask for, an error page for instance: how the token was validated for what they did ask for
     * is enough there, whatever holds in general.
     */
    public static PathRule behind() {
        return BEHIND;
    }

    /** Whether no rule decides anything here; one that only reports may still be there. */
    public boolean isAbsent() {
        return requirement == null && !ambiguous;
    }

    /** Whether no rule watches that only reports. */
    public boolean reportsNothing() {
        return trials.isEmpty();
    }

    /** Whether a rule lets the anonymous caller in, as far as nothing is declared that asks for more. */
    public boolean isOpen() {
        return requirement != null && !ambiguous && requirement.access().compareTo(Access.ANONYMOUS) <= 0;
    }

    /** Whether the other one leads to the same decisions. */
    public boolean decidesAs(PathRule other) {
        return other == this || (ambiguous == other.ambiguous && rules.equals(other.rules));
    }

    /** Both rules: for a request that was dispatched on one path and matched on another. */
    public PathRule and(PathRule other) {
        if (other == this || (other.isAbsent() && other.trials.isEmpty())) {
            return this;
        }
        if (isAbsent() && trials.isEmpty()) {
            return other;
        }
        return new PathRule(union(rules, other.rules), union(trials, other.trials), ambiguous || other.ambiguous);
    }

    private static List<Route> union(List<Route> some, List<Route> more) {
        Set<Route> union = new LinkedHashSet<>(some);
        union.addAll(more);
        return List.copyOf(union);
    }

    /** Whether the token is not to be looked at, unless what is declared asks for one. */
    boolean ignoresCredentials() {
        return requirement != null && !ambiguous && requirement.access() == Access.PERMIT;
    }

    boolean takesTokenCookie() {
        return !rules.isEmpty() && rules.stream().allMatch(Route::tokenCookie);
    }

    /** Whether a proof will do of which nobody can tell whether it was used before. */
    boolean takesUnmarkedProofs() {
        return !rules.isEmpty() && rules.stream().allMatch(Route::allowUnmarkedProof);
    }

    /** Whether what came in with such a proof elsewhere may stay here. */
    boolean leavesUnmarkedProofs() {
        return this == BEHIND || takesUnmarkedProofs();
    }

    /** What becomes of nonces here; null if they are of no interest. */
    @Nullable
    NonceUse nonce(NonceUse general) {
        NonceUse said = nonce;
        if (!generalNonce) {
            return said;
        }
        return said == null ? general : said.and(general);
    }

    /** Why a token that is bound so is refused here, or null if it is not. */
    @Nullable
    Rejection judge(Confirmation bound, Set<SenderConstraint> general) {
        Rejection rejection = Senders.judge(senders, bound);
        return rejection != null || !generalSenders ? rejection : Senders.judge(general, bound);
    }

    /** Everything that is asked about bindings here. */
    Set<SenderConstraint> senders(Set<SenderConstraint> general) {
        Set<SenderConstraint> all = new HashSet<>(senders);
        if (generalSenders) {
            all.addAll(general);
        }
        return all;
    }

    /** The names of the rules that hold, or null. */
    @Nullable
    String names() {
        return rules.isEmpty() ? null : rules.stream().map(Route::name).collect(Collectors.joining("+"));
    }

    /** What the rule asks by itself, or null where there is none. */
    @Nullable
    Requirement requirement() {
        return requirement;
    }

    /** What has to be met: rule and declaration together, one of them, or the default. */
    Requirement with(@Nullable AccessPolicy declared, AccessPolicy defaultPolicy) {
        AccessPolicy said = declared == null || declared.declaresNothing ? null : declared;
        if (requirement == null) {
            return said == null ? defaultPolicy.requirement : said.requirement;
        }
        if (said == null) {
            return requirement;
        }
        Requirement known = combined.get(said);
        if (known != null) {
            return known;
        }
        Requirement both = requirement.and(said.requirement);
        if (combined.size() < MAX_COMBINED) {
            combined.put(said, both);
        }
        return both;
    }

    /** What would have to be met if a rule that only reports decided. */
    Requirement withTrial(Route trial, @Nullable AccessPolicy declared) {
        Requirement tried = requirement == null ? trial.requirement() : requirement.and(trial.requirement());
        return declared == null ? tried : tried.and(declared.requirement);
    }

    /** The rules by name. */
    @Override
    public String toString() {
        return Stream.concat(rules.stream(), trials.stream())
                .map(Route::name)
                .collect(Collectors.joining("+", ambiguous ? "ambiguous " : "", ""));
    }
}
