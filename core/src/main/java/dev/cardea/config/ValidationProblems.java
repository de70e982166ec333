package dev.cardea.config;

import dev.cardea.demand.Demand;
import dev.cardea.demand.Validation;
import dev.cardea.demand.WhenUnavailable;
import dev.cardea.reject.Quoted;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What settings of validation cannot mean together: a way of validating that there is not, or one token that could go two ways.
 * For one thread.
 */
final class ValidationProblems {
    private final Values values;
    private final Configuration configuration;

    ValidationProblems(Values values, Configuration configuration) {
        this.values = values;
        this.configuration = configuration;
    }

    void report() {
        if (!values.isSet(Key.ISSUER) && configuration.issuers().isEmpty()) {
            refuseLocalOnly(Key.TOKEN_VALIDATION, configuration.token().validation());
        }
        refuseOnePrefixTwice();
        WhenUnavailable whenUnavailable = configuration.outage().whenUnavailable();
        refuseImpossible(
                Key.WHEN_UNAVAILABLE, whenUnavailable, configuration.outage().staleFor() != null);
        configuration.routes().forEach(this::report);
    }

    private void report(RouteSettings route) {
        Demand demand = route.demand();
        Validation validation = demand.validation();
        Setting setting = RouteKey.VALIDATION.of(route.name());
        if (validation != null && validation.introspectsJwts() && !introspects()) {
            values.report(
                    setting,
                    "is " + validation.word() + ", but cardea.introspection.client-id is not set",
                    "auto or local, or set cardea.introspection.client-id");
        }
        if (validation != null && configuration.issuers().isEmpty() && !values.isSet(Key.ISSUER)) {
            refuseLocalOnly(setting, validation);
        }
        refuseImpossible(
                RouteKey.WHEN_UNAVAILABLE.of(route.name()),
                demand.whenUnavailable(),
                demand.staleFor() != null || configuration.outage().staleFor() != null);
    }

    private boolean introspects() {
        return configuration.introspection() != null
                || values.isSet(Key.INTROSPECTION_CLIENT_ID)
                || configuration.issuers().stream().anyMatch(issuer -> issuer.introspection() != null);
    }

    private void refuseLocalOnly(Setting setting, Validation validation) {
        if (validation == Validation.LOCAL_AND_INTROSPECT || validation == Validation.LOCAL_ELSE_INTROSPECT) {
            values.report(
                    setting,
                    "is " + validation.word() + ", but cardea.issuer is not set: no JWT can be verified here",
                    "introspect, or set cardea.issuer");
        }
    }

    private void refuseImpossible(Setting setting, @Nullable WhenUnavailable what, boolean staleForSet) {
        if ((what == WhenUnavailable.STALE || what == WhenUnavailable.LOCAL) && !introspects()) {
            values.report(
                    setting,
                    "is " + what.word() + ", but nothing is introspected (cardea.introspection.client-id)",
                    "nothing, or set cardea.introspection.client-id");
            return;
        }
        if (what == WhenUnavailable.STALE && !staleForSet) {
            values.report(
                    setting,
                    "is stale, but " + Key.STALE_FOR.key() + " is not set",
                    "another word, or set " + Key.STALE_FOR.key()
                            + " or the path rule's stale-for, for instance to 5m");
        }
        if (what == WhenUnavailable.LOCAL && configuration.issuers().isEmpty() && !values.isSet(Key.ISSUER)) {
            values.report(
                    setting,
                    "is local, but cardea.issuer is not set: no JWT can be verified here",
                    "set cardea.issuer");
        }
    }

    /** Which endpoint is asked about an opaque token is decided by what it starts with, so that no other one sees it. */
    private void refuseOnePrefixTwice() {
        Map<String, String> settings = new HashMap<>();
        if (configuration.issuer() == null && configuration.introspection() != null) {
            settings.put(prefix(configuration.token().opaquePrefix()), Key.TOKEN_OPAQUE_PREFIX.key());
        }
        for (TrustedIssuer trusted : configuration.issuers()) {
            if (trusted.introspection() == null) {
                continue;
            }
            String prefix = prefix(trusted.opaquePrefix());
            String setting = trusted.issuer().names().of("token.opaque-prefix");
            String other = settings.put(prefix, setting);
            if (other != null) {
                values.report(
                        setting,
                        (prefix.isEmpty() ? "is not set, nor is " : "is " + Quoted.of(prefix) + ", as is ") + other
                                + ": nobody could tell which endpoint to ask about an opaque token",
                        "what the opaque tokens of that issuer start with");
            }
        }
    }

    private static String prefix(@Nullable String prefix) {
        return prefix == null ? "" : prefix;
    }
}
