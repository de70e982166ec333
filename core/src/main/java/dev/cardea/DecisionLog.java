package dev.cardea;

import dev.cardea.DecisionEvent.Outcome;
import dev.cardea.reject.Clause;
import dev.cardea.reject.Reason;
import dev.cardea.reject.Uncertainty;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Writes every decision to the logger {@code dev.cardea.decision} at {@code DEBUG}: one line, with the token's
 * fingerprint in place of the token.
 *
 * <p>Some reasons are as often a wrong setting as a wrong token, and then nobody gets in and nothing says why. So the first
 * of each since the start is a line at {@code INFO}. Thread-safe.
 */
final class DecisionLog implements DecisionListener {
    private static final System.Logger LOG = System.getLogger("dev.cardea.decision");

    private static final Set<String> PERHAPS_A_SETTING = Set.of(
            Reason.ISSUER_UNKNOWN.name(),
            Reason.ISSUER_MISMATCH.name(),
            Reason.AUDIENCE_MISMATCH.name(),
            Reason.TYPE_NOT_ACCEPTED.name(),
            Reason.ALGORITHM_NOT_ACCEPTED.name(),
            Reason.CLAIM_MISSING.name(),
            Reason.TOKEN_KIND_NOT_ACCEPTED.name(),
            Reason.INACTIVE.name(),
            Reason.TOKEN_ENCRYPTED.name(),
            Reason.TOKEN_DECRYPTION_FAILED.name(),
            Reason.TOKEN_TOO_LONG.name(),
            Reason.SENDER_CONSTRAINED.name(),
            Reason.SENDER_CONSTRAINT_MISSING.name(),
            Reason.CONFIRMATION_UNKNOWN.name(),
            Reason.TOKEN_UNBOUND.name(),
            Reason.UNSUPPORTED_SCHEME.name(),
            Reason.CERTIFICATE_MISSING.name(),
            Reason.CERTIFICATE_MALFORMED.name(),
            Reason.PROOF_TARGET.name(),
            Reason.PROOF_ALGORITHM.name(),
            Reason.PROOF_TIME.name(),
            Reason.PROOF_TOO_LONG.name(),
            Uncertainty.REPLAY_STORE_FULL.name());

    private final Set<String> told = ConcurrentHashMap.newKeySet(); // at most as many as above
    private final Map<String, Trial> trials = new ConcurrentHashMap<>(); // one for each rule that only reports

    /** How often a rule that only reports was asked, and how often it would have refused. */
    private record Trial(LongAdder asked, AtomicLong refused) {
        Trial() {
            this(new LongAdder(), new AtomicLong());
        }
    }

    /** Whether it may have something to write about a request that ended so; mostly not, and then nobody formats anything. */
    boolean hasUseFor(Trail trail) {
        String reason = trail.verdict().reason();
        boolean first = PERHAPS_A_SETTING.contains(reason) && !told.contains(reason);
        return first || trail.hasTrials() || LOG.isLoggable(Level.DEBUG);
    }

    @Override
    public void decided(DecisionEvent event) {
        if (PERHAPS_A_SETTING.contains(event.reason()) && told.add(event.reason())) {
            LOG.log(
                    Level.INFO,
                    "the first request refused with " + event.reason() + " since the start: " + event.detail()
                            + ". Further ones are told at DEBUG only");
        }
        boolean letIn = event.outcome() == Outcome.GRANTED || event.outcome() == Outcome.GRANTED_ANONYMOUSLY;
        if (letIn && !event.reportOnly().isEmpty()) {
            event.reportOnly().forEach((rule, verdict) -> tried(rule, verdict, event));
        }
        if (LOG.isLoggable(Level.DEBUG)) {
            LOG.log(Level.DEBUG, line(event));
        }
    }

    /** Told at the first refusal, the tenth, the hundredth and so on: who tries a rule has to see it, and not be flooded. */
    private void tried(String rule, String verdict, DecisionEvent event) {
        Trial trial = trials.computeIfAbsent(rule, name -> new Trial());
        trial.asked().increment();
        if (verdict.startsWith(Outcome.GRANTED.name())) {
            return;
        }
        long refused = trial.refused().incrementAndGet();
        if (isPowerOfTen(refused)) {
            LOG.log(
                    Level.INFO,
                    "cardea.routes." + rule + ".report-only: the rule would have refused " + refused + " of "
                            + trial.asked().sum() + " requests that were let in since the start, the last one, to "
                            + event.route() + " (request " + event.correlationId() + "), with " + verdict);
        }
    }

    private static boolean isPowerOfTen(long count) {
        long rest = count;
        while (rest % 10 == 0) {
            rest /= 10;
        }
        return rest == 1;
    }

    /** A listener that fails changes no decision, which has been sent already. */
    static void tell(DecisionListener listener, DecisionEvent event) {
        try {
            listener.decided(event);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "decision listener " + listener.getClass().getName() + " failed", e);
        }
    }

    private static String line(DecisionEvent event) {
        StringBuilder line = new StringBuilder(160)
                .append(event.outcome())
                .append(' ')
                .append(event.outcome().name().equals(event.reason()) ? "" : event.reason() + " ")
                .append("route=")
                .append(event.route());
        append(line, "rule", event.rule());
        event.reportOnly().forEach((rule, verdict) -> append(line, "report-only." + rule, verdict));
        append(line, "token", event.fingerprint());
        append(line, "source", event.source());
        append(line, "request", event.correlationId());
        if (event.tokenInQuery()) {
            line.append(" token-in-query");
        }
        if (!event.detail().isEmpty()) {
            line.append(": ").append(event.detail());
        }
        String clause = event.clause();
        if (clause != null) {
            Clause requirement = Clause.valueOf(clause);
            line.append(" [")
                    .append(clause)
                    .append(", ")
                    .append(requirement.section())
                    .append(": ");
            line.append(requirement.rule()).append(']');
        }
        return line.toString();
    }

    private static void append(StringBuilder line, String name, @Nullable String value) {
        if (value != null) {
            line.append(' ').append(name).append('=').append(value);
        }
    }
}
