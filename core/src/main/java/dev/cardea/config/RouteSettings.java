package dev.cardea.config;

import dev.cardea.demand.Demand;
import dev.cardea.demand.NonceUse;
import dev.cardea.demand.SenderConstraint;
import dev.cardea.route.PathPattern;
import dev.cardea.token.SubjectKind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One path rule as it is configured.
 *
 * @param name the rule's name
 * @param path what it is for
 * @param methods for which methods; empty for all
 * @param access who may come in
 * @param scopes scopes that must all be there
 * @param anyScopes scopes of which one must be there; empty for no such demand
 * @param roles roles of which one must be there; empty for no such demand
 * @param subject which kind of subject, or null for any
 * @param tokenCookie whether the token may come in the cookie
 * @param demand what it asks of the way in which tokens are validated
 * @param senderConstraint what it asks about bindings, or null for what holds in general
 * @param nonce whether proofs need a nonce, or null for what holds in general
 * @param allowUnmarkedProof whether a proof will do of which nobody can tell whether it was used before
 * @param reportOnly whether it only reports
 */
public record RouteSettings(
        String name,
        PathPattern path,
        Set<String> methods,
        Access access,
        Set<String> scopes,
        Set<String> anyScopes,
        Set<String> roles,
        @Nullable SubjectKind subject,
        boolean tokenCookie,
        Demand demand,
        @Nullable SenderConstraint senderConstraint,
        @Nullable NonceUse nonce,
        boolean allowUnmarkedProof,
        boolean reportOnly) {

    /** {@code access} of a rule. */
    public enum Access {
        AUTHENTICATED,
        ANONYMOUS,
        DENY,
        PERMIT
    }
}
