package dev.cardea;

import dev.cardea.reject.Clause;
import dev.cardea.reject.Reason;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
            Reason.TOKEN_TOO_LONG.name(),
            Reason.SENDER_CONSTRAINED.name());

    private final Set<String> told = ConcurrentHashMap.newKeySet(); // at most as many as above

    @Override
    public void decided(DecisionEvent event) {
        if (PERHAPS_A_SETTING.contains(event.reason()) && told.add(event.reason())) {
            LOG.log(
                    Level.INFO,
                    "the first token refused with " + event.reason() + " since the start: " + event.detail()
                            + ". Further ones are told at DEBUG only");
        }
        if (LOG.isLoggable(Level.DEBUG)) {
            LOG.log(Level.DEBUG, line(event));
        }
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
