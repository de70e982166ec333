package dev.cardea.route;

import dev.cardea.authz.Requirement;
import dev.cardea.demand.Demand;
import dev.cardea.demand.NonceUse;
import dev.cardea.demand.SenderConstraint;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One path rule.
 *
 * @param name as in {@code cardea.routes.<name>.path}
 * @param path the paths it is for
 * @param methods the request methods it is for, {@code GET} including {@code HEAD}; empty for all
 * @param requirement what it asks of the caller
 * @param reportOnly whether it decides nothing and is only counted
 * @param tokenCookie whether the token may come in {@code cardea.token.cookie}
 * @param demand what it asks of the way in which the token is validated
 * @param sender what it asks about to whom the token is bound, or null for what holds in general
 * @param nonce what becomes of nonces in proofs, or null for what holds in general
 * @param allowUnmarkedProof whether a proof will do of which nobody can tell whether it was used before
 */
public record Route(
        String name,
        PathPattern path,
        Set<String> methods,
        Requirement requirement,
        boolean reportOnly,
        boolean tokenCookie,
        Demand demand,
        @Nullable SenderConstraint sender,
        @Nullable NonceUse nonce,
        boolean allowUnmarkedProof) {
    public Route {
        methods = Set.copyOf(methods);
    }

    /** Whether it is for that method. Methods are compared as they are sent: they are case-sensitive (RFC 9110 9.1). */
    boolean isFor(String method) {
        return methods.isEmpty() || methods.contains(method) || (method.equals("HEAD") && methods.contains("GET"));
    }

    /** Whether some request could have both rules with neither more specific than the other. */
    boolean contradicts(Route other) {
        return reportOnly == other.reportOnly
                && path.equals(other.path)
                && methods.isEmpty() == other.methods.isEmpty()
                && (methods.isEmpty()
                        || methods.stream().anyMatch(other::isFor)
                        || other.methods.stream().anyMatch(this::isFor));
    }

    /** By name, of which a configuration has each once. Not the record's own: on Java 17 that keeps the class loader. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Route that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
