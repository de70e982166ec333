package dev.cardea;

import dev.cardea.authz.Requirement;
import dev.cardea.authz.Senders;
import dev.cardea.confirmation.SenderConstraints;
import dev.cardea.demand.NonceUse;
import dev.cardea.demand.SenderConstraint;
import dev.cardea.reject.Rejection;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.route.Route;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What path rules, and the general settings where they say nothing, ask about to whom tokens are bound and how fresh proofs are
 * (RFC 9449 6, 9). Immutable.
 */
final class Bindings {
    private final Set<SenderConstraint> general;
    private final NonceUse nonce;
    private final SenderConstraints constraints;

    /** @param general what holds where no rule says otherwise */
    Bindings(Set<SenderConstraint> general, NonceUse nonce, SenderConstraints constraints) {
        this.general = Set.copyOf(general);
        this.nonce = nonce;
        this.constraints = constraints;
    }

    /** What becomes of nonces in a request for what the rule is for. */
    NonceUse nonce(PathRule rule) {
        NonceUse said = rule.nonce(nonce);
        return said == null ? nonce : said;
    }

    /** Why a caller does not come in where the rule holds, whatever the endpoint asks for beside; null if he does. */
    @Nullable
    Rejection judge(Authentication.Authenticated caller, PathRule rule) {
        Rejection unbound = rule.judge(caller.token.confirmation(), general);
        if (unbound != null || rule.nonce(nonce) != NonceUse.REQUIRED) {
            return unbound;
        }
        return caller.token.confirmation().isToKey() && !caller.sender.hasNonce()
                ? constraints.nonceNeeded(caller.sender).rejection()
                : null;
    }

    /** D35: a dispatch may lead from where a proof without a mark will do to where it will not. */
    static @Nullable UndeterminedException doubt(Authentication.Authenticated caller, PathRule rule) {
        return rule.leavesUnmarkedProofs() ? null : caller.sender.doubt();
    }

    /** As {@link #judge(Authentication.Authenticated, PathRule)}, by what a rule that only reports says. */
    static @Nullable Rejection judge(Authentication.Authenticated caller, Route trial) {
        SenderConstraint said = trial.sender();
        return said == null ? null : Senders.judge(Set.of(said), caller.token.confirmation());
    }

    /** For people: what has to be met there, bindings included. */
    String inWords(Requirement requirement, PathRule rule) {
        if (requirement.access() == Requirement.Access.PERMIT || requirement.access() == Requirement.Access.DENY) {
            return requirement.inWords();
        }
        Requirement all = requirement;
        for (SenderConstraint constraint : asked(requirement, rule)) {
            all = all.withSender(constraint);
        }
        return all.inWords();
    }

    /** Everything that is asked about bindings there. */
    Set<SenderConstraint> asked(Requirement requirement, PathRule rule) {
        if (requirement.senders().isEmpty()) {
            return rule.senders(general);
        }
        Set<SenderConstraint> all = new HashSet<>(requirement.senders());
        all.addAll(rule.senders(general));
        return all;
    }
}
