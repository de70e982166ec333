package dev.cardea.config;

import dev.cardea.demand.Demand;
import dev.cardea.demand.NonceUse;
import dev.cardea.demand.SenderConstraint;
import dev.cardea.demand.Validation;
import dev.cardea.demand.WhenUnavailable;
import dev.cardea.reject.Quoted;
import dev.cardea.route.PathPattern;
import dev.cardea.token.ScopeTokens;
import dev.cardea.token.SubjectKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code cardea.routes.<name>.*}. For one thread. */
final class RouteReader {
    /** Those of HTTP, PATCH, and of WebDAV: what is misspelled would protect nothing. */
    private static final List<String> METHODS = List.of(
            "GET",
            "HEAD",
            "POST",
            "PUT",
            "DELETE",
            "PATCH",
            "OPTIONS",
            "TRACE",
            "PROPFIND",
            "PROPPATCH",
            "MKCOL",
            "COPY",
            "MOVE",
            "LOCK",
            "UNLOCK",
            "REPORT",
            "SEARCH");

    private final ConfigurationSource source;
    private final Values values;

    RouteReader(ConfigurationSource source, Values values) {
        this.source = source;
        this.values = values;
    }

    /** Every rule that is worth something; one with a problem is left out, since the problem stops the start anyway. */
    List<RouteSettings> read() {
        List<RouteSettings> routes = new ArrayList<>();
        for (String name : RouteKey.NAMES.in(source)) {
            RouteSettings route = read(name);
            if (route != null) {
                routes.add(route);
            }
        }
        return List.copyOf(routes);
    }

    private @Nullable RouteSettings read(String name) {
        refuseLater(name);
        PathPattern path = path(RouteKey.PATH.of(name));
        RouteSettings.Access access = RouteSettings.Access.valueOf(
                values.choice(RouteKey.ACCESS.of(name)).toUpperCase(Locale.ROOT));
        Set<String> scopes = scopes(RouteKey.SCOPES.of(name));
        Set<String> anyScopes = scopes(RouteKey.ANY_SCOPES.of(name));
        Set<String> roles = list(RouteKey.ROLES.of(name));
        SubjectKind subject = subject(values.choice(RouteKey.SUBJECT.of(name)));
        boolean demands = !(scopes.isEmpty() && anyScopes.isEmpty() && roles.isEmpty() && subject == null);
        if (access != RouteSettings.Access.AUTHENTICATED && demands) {
            values.report(
                    RouteKey.ACCESS.of(name),
                    "is " + access.name().toLowerCase(Locale.ROOT) + ", which asks for no scope, role or subject",
                    "authenticated, or leave scopes, any-scopes, roles and subject out");
        }
        Demand demand = demand(name);
        if (!demand.isNone() && (access == RouteSettings.Access.DENY || access == RouteSettings.Access.PERMIT)) {
            values.report(
                    RouteKey.ACCESS.of(name),
                    "is " + access.name().toLowerCase(Locale.ROOT) + ", where no token is validated",
                    "authenticated or anonymous, or leave out how tokens are validated");
        }
        String senderConstraint = optional(RouteKey.SENDER_CONSTRAINT.of(name));
        String nonce = optional(RouteKey.DPOP_NONCE.of(name));
        boolean allowUnmarkedProof = values.flag(RouteKey.ALLOW_UNMARKED_PROOF.of(name));
        boolean asksOfProofs = senderConstraint != null || nonce != null || allowUnmarkedProof;
        if (asksOfProofs && (access == RouteSettings.Access.DENY || access == RouteSettings.Access.PERMIT)) {
            values.report(
                    RouteKey.ACCESS.of(name),
                    "is " + access.name().toLowerCase(Locale.ROOT) + ", where nobody looks at bindings and proofs",
                    "authenticated or anonymous, or leave out what is asked of bindings and proofs");
        }
        boolean reportOnly = values.flag(RouteKey.REPORT_ONLY.of(name));
        if (!demand.isNone() && reportOnly) {
            values.report(
                    RouteKey.REPORT_ONLY.of(name),
                    "is true, but how tokens are validated cannot be tried, only what the rule asks of them",
                    "false, or leave out how tokens are validated");
        }
        if ((nonce != null || allowUnmarkedProof) && reportOnly) {
            values.report(
                    RouteKey.REPORT_ONLY.of(name),
                    "is true, but how proofs are checked cannot be tried, only what the rule asks of tokens",
                    "false, or leave out dpop-nonce and allow-unmarked-proof");
        }
        return path == null
                ? null
                : new RouteSettings(
                        name,
                        path,
                        methods(RouteKey.METHODS.of(name)),
                        access,
                        scopes,
                        anyScopes,
                        roles,
                        subject,
                        values.flag(RouteKey.TOKEN_COOKIE.of(name)),
                        demand,
                        senderConstraint == null ? null : SenderConstraint.named(senderConstraint),
                        nonce == null ? null : NonceUse.named(nonce),
                        allowUnmarkedProof,
                        reportOnly);
    }

    private Demand demand(String name) {
        String validation = optional(RouteKey.VALIDATION.of(name));
        String unavailable = optional(RouteKey.WHEN_UNAVAILABLE.of(name));
        return Demand.of(
                validation == null ? null : Validation.named(validation),
                values.optionalDuration(RouteKey.INTROSPECTION_MAX_AGE.of(name)),
                unavailable == null ? null : WhenUnavailable.named(unavailable),
                values.optionalDuration(RouteKey.STALE_FOR.of(name)));
    }

    private @Nullable String optional(Setting setting) {
        return values.optionalChoice(setting);
    }

    private static @Nullable SubjectKind subject(String word) {
        return word.equals("any") ? null : SubjectKind.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private void refuseLater(String name) {
        for (String suffix : RouteKey.LATER) {
            String key = "cardea.routes." + name + "." + suffix;
            if (source.raw(key) != null) {
                values.report(key, "is not supported by this version", "nothing there, and do not rely on it");
            }
        }
    }

    private @Nullable PathPattern path(Setting setting) {
        String text = values.text(setting);
        if (text == null) {
            values.report(setting, "is not set, so the rule is for nothing", "for instance /shop/api/orders/*");
            return null;
        }
        try {
            return PathPattern.of(text);
        } catch (IllegalArgumentException e) {
            values.report(
                    setting,
                    Quoted.of(text) + " " + e.getMessage(),
                    "for instance /shop/orders, /shop/orders/{id}, /shop/*");
            return null;
        }
    }

    private Set<String> methods(Setting setting) {
        Set<String> methods = list(setting);
        for (String method : methods) {
            if (!METHODS.contains(method)) {
                values.report(
                        setting,
                        Quoted.of(method) + " is not a method",
                        "methods in capitals, of " + String.join(", ", METHODS) + "; for any other leave methods out");
            }
        }
        return methods;
    }

    private Set<String> scopes(Setting setting) {
        Set<String> scopes = list(setting);
        for (String scope : scopes) {
            if (!ScopeTokens.isScopeToken(scope)) {
                values.report(setting, Quoted.of(scope) + " is not one scope token", "scopes with commas between them");
            }
        }
        return scopes;
    }

    /** A list that is set and has nothing in it would be a demand that nobody sees is none. */
    private Set<String> list(Setting setting) {
        List<String> elements = values.list(setting);
        if (values.isSet(setting) && (elements == null || elements.isEmpty())) {
            values.report(setting, "is set and lists nothing", "at least one value, or leave it out");
        }
        return elements == null ? Set.of() : new LinkedHashSet<>(elements);
    }
}
