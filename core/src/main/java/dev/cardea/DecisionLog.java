package dev.cardea;

import dev.cardea.reject.Clause;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Writes every decision to the logger {@code dev.cardea.decision} at {@code DEBUG}: one line, with the token's
 * fingerprint in place of the token.
 */
final class DecisionLog implements DecisionListener {
    private static final System.Logger LOG = System.getLogger("dev.cardea.decision");

    @Override
    public void decided(DecisionEvent event) {
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
                .append(event.reason())
                .append(" route=")
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
