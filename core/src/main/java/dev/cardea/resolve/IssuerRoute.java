package dev.cardea.resolve;

import dev.cardea.demand.Demand;
import dev.cardea.demand.Validation;
import dev.cardea.introspection.RememberingIntrospector;
import dev.cardea.jwt.JwtVerifier;
import dev.cardea.reject.SettingNames;
import dev.cardea.token.ClaimRules;
import org.jspecify.annotations.Nullable;

/**
 * The ways in which tokens of one authorization server can be validated. Immutable.
 *
 * @param names what its settings are called
 * @param local for its JWTs, or null where its issuer is not known
 * @param introspection its endpoint, or null where that is not asked
 * @param validation which of them, where a path rule does not say it
 * @param opaquePrefix what its opaque tokens start with, or null
 */
public record IssuerRoute(
        SettingNames names,
        @Nullable Local local,
        @Nullable Introspected introspection,
        Validation validation,
        @Nullable String opaquePrefix) {
    public IssuerRoute {
        if (local == null && introspection == null) {
            throw new IllegalArgumentException("a token could be validated in no way");
        }
    }

    /** An issuer whose JWTs are verified, and that is never asked. */
    public static IssuerRoute ofJwts(Local local) {
        return new IssuerRoute(SettingNames.MAIN, local, null, Validation.AUTO, null);
    }

    /**
     * Local validation of one issuer's JWTs.
     *
     * @param hint is told of refusals, or null
     */
    public record Local(
            String issuer,
            JwtVerifier verifier,
            ClaimRules rules,
            @Nullable ProfileHint hint) {}

    /**
     * Validation by asking.
     *
     * @param timeoutNanos by when there has to be an answer
     */
    public record Introspected(RememberingIntrospector introspector, ClaimRules rules, long timeoutNanos) {}

    /** By what a JWT is validated under {@code demand}. Where none can be verified, each is introspected, if that will do. */
    Validation validation(Demand demand) {
        if (local == null) {
            return takesJwtsOnly(demand) ? Validation.LOCAL : Validation.INTROSPECT;
        }
        return demand.validation(validation);
    }

    /** Whether under {@code demand} no other token than a JWT that is verified here will do. */
    boolean takesJwtsOnly(Demand demand) {
        return demand.takesJwtsOnly(validation);
    }
}
