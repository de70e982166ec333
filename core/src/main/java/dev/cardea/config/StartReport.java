package dev.cardea.config;

import dev.cardea.demand.NonceUse;
import dev.cardea.demand.SenderConstraint;
import dev.cardea.demand.Validation;
import dev.cardea.demand.WhenUnavailable;
import dev.cardea.profile.Profile;
import dev.cardea.profile.Traits;
import dev.cardea.reject.SettingNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the log says once at start: which checks are on, which are not, and what somebody relaxed. No secrets. */
public final class StartReport {
    /** Beyond it, proofs that were made in advance are worth having. */
    private static final Duration LONG_LIFETIME = Duration.ofHours(1);

    private StartReport() {}

    /** The relaxations in force, each for a line of its own at WARNING; empty for a strict configuration. */
    public static List<String> relaxations(Configuration configuration) {
        List<String> relaxations = new ArrayList<>();
        if (configuration.http().allowHttp()) {
            addHttp(SettingNames.MAIN, relaxations);
        }
        for (TrustedIssuer trusted : configuration.issuers()) {
            if (trusted.issuer().name() != null && trusted.http().allowHttp()) {
                addHttp(trusted.issuer().names(), relaxations);
            }
        }
        if (!configuration.incoming().requireTls()) {
            relaxations.add("cardea.require-tls=false: tokens are accepted over plain HTTP, where whoever is on the way"
                    + " can read and use them");
        }
        introspections(configuration).forEach((names, introspection) -> {
            if (introspection.allowMissingAudience()) {
                relaxations.add(names.of("introspection.allow-missing-audience")
                        + "=true: a token whose introspection names no audience is accepted, whichever API it was issued"
                        + " for");
            }
        });
        addOutages(configuration, relaxations);
        addBindings(configuration, relaxations);
        if (configuration.accessDefault() == AccessDefault.PERMIT) {
            relaxations.add("cardea.access.default=permit: what has no annotation is open to everybody");
        }
        for (TrustedIssuer trusted : configuration.issuers()) {
            addJwtRelaxations(trusted.issuer(), trusted.claims(), relaxations);
        }
        return List.copyOf(relaxations);
    }

    private static void addBindings(Configuration configuration, List<String> relaxations) {
        boolean required = configuration.dpop().mode() == BindingMode.REQUIRED
                || configuration.certificates().mode() == BindingMode.REQUIRED;
        for (RouteSettings route : configuration.routes()) {
            SenderConstraint constraint = route.senderConstraint();
            if (required && (constraint == SenderConstraint.OPTIONAL || constraint == SenderConstraint.OFF)) {
                relaxations.add(RouteKey.SENDER_CONSTRAINT.of(route.name()).key() + "=" + constraint.word()
                        + ": tokens that are bound to nothing are accepted there, as nowhere else");
            }
            NonceUse nonce = route.nonce();
            if (configuration.dpop().nonce() == NonceUse.REQUIRED && nonce != null && nonce != NonceUse.REQUIRED) {
                relaxations.add(RouteKey.DPOP_NONCE.of(route.name()).key() + "=" + nonce.word()
                        + ": proofs need no nonce there, as they do elsewhere");
            }
            if (route.allowUnmarkedProof()) {
                relaxations.add(RouteKey.ALLOW_UNMARKED_PROOF.of(route.name()).key()
                        + "=true: while the marks of used proofs have no room, a stolen proof can be used again there");
            }
        }
    }

    /** Every endpoint that is asked, by what its settings are called. */
    private static Map<SettingNames, IntrospectionSettings> introspections(Configuration configuration) {
        Map<SettingNames, IntrospectionSettings> introspections = new LinkedHashMap<>();
        IntrospectionSettings main = configuration.introspection();
        if (main != null) {
            introspections.put(SettingNames.MAIN, main);
        }
        for (TrustedIssuer trusted : configuration.issuers()) {
            IntrospectionSettings own = trusted.introspection();
            if (trusted.issuer().name() != null && own != null) {
                introspections.put(trusted.issuer().names(), own);
            }
        }
        return introspections;
    }

    private static void addOutages(Configuration configuration, List<String> relaxations) {
        addOutage(
                Key.WHEN_UNAVAILABLE.key(),
                configuration.outage().whenUnavailable(),
                configuration.outage().staleFor(),
                relaxations);
        boolean introspected = configuration.issuers().stream()
                .map(TrustedIssuer::validation)
                .anyMatch(general -> general == Validation.INTROSPECT || general == Validation.LOCAL_AND_INTROSPECT);
        for (RouteSettings route : configuration.routes()) {
            Validation there = route.demand().validation();
            if (introspected
                    && there != null
                    && there != Validation.INTROSPECT
                    && there != Validation.LOCAL_AND_INTROSPECT) {
                relaxations.add(RouteKey.VALIDATION.of(route.name()).key() + "=" + there.word()
                        + ": JWTs are not checked for revocation there, as they are elsewhere");
            }
            Duration staleFor = route.demand().staleFor();
            addOutage(
                    RouteKey.WHEN_UNAVAILABLE.of(route.name()).key(),
                    route.demand().whenUnavailable(),
                    staleFor == null ? configuration.outage().staleFor() : staleFor,
                    relaxations);
        }
    }

    private static void addOutage(
            String key, @Nullable WhenUnavailable what, @Nullable Duration staleFor, List<String> relaxations) {
        if (what == WhenUnavailable.STALE && staleFor != null) {
            relaxations.add(
                    key + "=stale: while the introspection endpoint cannot be asked, a revoked token works for up to "
                            + Durations.format(staleFor) + " longer");
        } else if (what == WhenUnavailable.LOCAL) {
            relaxations.add(
                    key + "=local: while the introspection endpoint cannot be asked, a revoked JWT works until it"
                            + " expires, and a binding (cnf) that only the endpoint knows of is not checked");
        }
    }

    private static void addHttp(SettingNames names, List<String> relaxations) {
        relaxations.add(names.of("allow-http-issuer") + "=true: the authorization server may be asked over http, where"
                + " tokens, the client secret and the signing keys can be read and changed on the way");
    }

    private static void addJwtRelaxations(IssuerSettings issuer, ClaimSettings claims, List<String> relaxations) {
        if (issuer.profile() == Profile.GENERIC && issuer.acceptsOtherTypes()) {
            relaxations.add(issuer.names().of("jwt.types") + " accepts " + types(issuer)
                    + ": ID tokens are told apart by their audience" + " and by claims that only they should have; a "
                    + issuer.names().of("issuer-profile") + " knows better");
        }
        TreeSet<String> dropped = new TreeSet<>(issuer.profile().traits().required());
        dropped.removeAll(claims.requiredInJwt());
        if (!dropped.isEmpty()) {
            relaxations.add(issuer.names().of("jwt.required-claims") + " leaves out " + String.join(", ", dropped)
                    + ", which access tokens of the profile " + issuer.profile().word() + " have");
        }
    }

    /** What can be meant and is more likely a mistake, each for a line of its own at WARNING. */
    public static List<String> doubts(Configuration configuration) {
        List<String> doubts = new ArrayList<>();
        for (TrustedIssuer trusted : configuration.issuers()) {
            for (TrustedIssuer other : configuration.issuers()) {
                if ((trusted.issuer().issuer() + "/").equals(other.issuer().issuer())) {
                    doubts.add(trusted.issuer().names().of("issuer") + " and "
                            + other.issuer().names().of("issuer") + " are the same but for a slash at the end: they are"
                            + " two issuers, and most likely one of them has no tokens");
                }
            }
        }
        configuration.routes().forEach(route -> addAgeOfNothing(route, configuration, doubts));
        addProofsInAdvance(configuration, doubts);
        return List.copyOf(doubts);
    }

    /** RFC 9449 11.2 (D36): who has the key for a moment can make proofs for as long as the token lives. */
    private static void addProofsInAdvance(Configuration configuration, List<String> doubts) {
        boolean longLived = configuration.issuers().stream()
                .map(trusted -> trusted.claims().maxLifetime())
                .anyMatch(lifetime -> lifetime == null || lifetime.compareTo(LONG_LIFETIME) > 0);
        if (configuration.dpop().mode() == BindingMode.REQUIRED
                && configuration.dpop().nonce() != NonceUse.REQUIRED
                && longLived) {
            doubts.add(Key.DPOP_NONCE.key() + "=" + configuration.dpop().nonce().word()
                    + ": whoever has a client's key for a moment can make proofs for as long as its tokens live. "
                    + Key.DPOP_NONCE.key() + "=required prevents that, and " + Key.JWT_MAX_LIFETIME.key()
                    + " of at most "
                    + Durations.format(LONG_LIFETIME) + " bounds it");
        }
    }

    /** An age means nothing for what is verified here, although it was written because of revocation. */
    private static void addAgeOfNothing(RouteSettings route, Configuration configuration, List<String> doubts) {
        Validation asked = route.demand().validation();
        if (route.demand().maxAgeNanos() == Long.MAX_VALUE) {
            return;
        }
        for (TrustedIssuer trusted : configuration.issuers()) {
            Validation validation = asked == null ? trusted.validation() : asked;
            if (validation != Validation.INTROSPECT && validation != Validation.LOCAL_AND_INTROSPECT) {
                doubts.add(RouteKey.INTROSPECTION_MAX_AGE.of(route.name()).key() + " means nothing for JWTs of "
                        + trusted.issuer().issuer()
                        + ", which are verified here and not introspected: a revoked one works there until it expires. "
                        + RouteKey.VALIDATION.of(route.name()).key() + "=" + Validation.LOCAL_AND_INTROSPECT.word()
                        + " has them introspected");
            }
        }
    }

    /** What each profile but {@code generic} asks less than RFC 9068, for a line at INFO each. */
    public static List<String> profiles(Configuration configuration) {
        return configuration.issuers().stream()
                .map(TrustedIssuer::issuer)
                .filter(issuer -> !issuer.profile().traits().relaxations().isEmpty())
                .map(StartReport::profile)
                .toList();
    }

    private static String profile(IssuerSettings issuer) {
        Traits traits = issuer.profile().traits();
        return issuer.names().of("issuer-profile") + "=" + issuer.profile().word()
                + " asks less of tokens than RFC 9068: "
                + traits.relaxations().stream()
                        .map(relaxation -> relaxation.what().replace("`", ""))
                        .collect(Collectors.joining("; "))
                + (issuer.acceptsOtherTypes()
                        ? ". Access tokens are known by: "
                                + traits.discriminator().explained()
                        : "")
                + (traits.evidence().wasRun() ? "" : ". Written from the vendor's documentation, never run against it");
    }

    /** Which checks are on and which are not, for one line at INFO. */
    public static String summary(Configuration configuration) {
        Set<String> audience = configuration.audience();
        return "Cardea accepts " + accepted(configuration)
                + (audience.isEmpty() ? "" : " for audience " + new TreeSet<>(audience))
                + besides(configuration)
                + "; endpoints without an annotation: "
                + unannotated(configuration.accessDefault()) + bindings(configuration) + ". Not checked: "
                + unchecked(configuration);
    }

    private static String accepted(Configuration configuration) {
        List<String> accepted = new ArrayList<>();
        for (TrustedIssuer trusted : configuration.issuers()) {
            accepted.add(accepted(trusted, configuration.audience()));
        }
        IntrospectionSettings unnamed = configuration.introspection();
        if (configuration.issuer() == null && unnamed != null) {
            accepted.add((configuration.issuers().isEmpty() ? "every token" : "opaque tokens") + " by introspection"
                    + introspected(unnamed));
        }
        return String.join(", and ", accepted);
    }

    private static boolean introspects(Configuration configuration) {
        return configuration.issuers().stream().anyMatch(StartReport::introspectsOpaque)
                || (configuration.issuer() == null && configuration.introspection() != null);
    }

    private static boolean introspectsOpaque(TrustedIssuer trusted) {
        return trusted.introspection() != null && trusted.validation() != Validation.LOCAL;
    }

    private static String besides(Configuration configuration) {
        return (introspects(configuration) ? "" : ", and no other token")
                + (configuration.token().decryptionKeys() == null
                        ? ""
                        : "; JWTs may be encrypted (cardea.jwt.decryption-key)");
    }

    private static String accepted(TrustedIssuer trusted, Set<String> audience) {
        IssuerSettings issuer = trusted.issuer();
        IntrospectionSettings introspection = trusted.introspection();
        String forAudience =
                trusted.audience().equals(audience) ? "" : " for audience " + new TreeSet<>(trusted.audience());
        if (introspection != null && trusted.validation() == Validation.INTROSPECT) {
            String whose = issuer.name() == null ? "every token" : "every token of " + issuer.issuer();
            return whose + " by introspection" + introspected(introspection) + forAudience;
        }
        return "JWTs of " + issuer.issuer() + " (profile " + issuer.profile().word() + ", typ " + types(issuer) + ") "
                + switch (trusted.validation()) {
                    case AUTO, LOCAL, INTROSPECT -> "verified locally";
                    case LOCAL_AND_INTROSPECT -> "verified locally and introspected";
                    case LOCAL_ELSE_INTROSPECT -> "verified locally, or introspected where signature or key fails";
                }
                + (introspection == null || !introspectsOpaque(trusted)
                        ? ""
                        : ", opaque tokens" + prefixed(trusted) + " by introspection" + introspected(introspection))
                + forAudience;
    }

    private static String prefixed(TrustedIssuer trusted) {
        return trusted.issuer().name() == null || trusted.opaquePrefix() == null
                ? ""
                : " that start with " + trusted.opaquePrefix();
    }

    private static String introspected(IntrospectionSettings introspection) {
        String at =
                introspection.url() == null ? " at the endpoint that discovery finds" : " at " + introspection.url();
        return at
                + (introspection.signedResponse() ? ", whose answers have to be signed" : "")
                + (introspection.cache().ttl().isZero()
                        ? " (asked every time)"
                        : " (answers reused for "
                                + Durations.format(introspection.cache().ttl()) + ")");
    }

    /** Bindings are never ignored; what is said is which tokens get in. */
    private static String bindings(Configuration configuration) {
        return "; tokens bound to a key: " + boundTokens(configuration.dpop().mode(), "with DPoP proof")
                + ", to a certificate: "
                + boundTokens(configuration.certificates().mode(), "with that certificate");
    }

    private static String boundTokens(BindingMode mode, String how) {
        return switch (mode) {
            case OFF -> "refused";
            case OPTIONAL -> how;
            case REQUIRED -> how + ", others refused";
        };
    }

    private static String unannotated(AccessDefault accessDefault) {
        return switch (accessDefault) {
            case AUTHENTICATED -> "any valid token";
            case DENY -> "closed";
            case PERMIT -> "open";
        };
    }

    private static String unchecked(Configuration configuration) {
        List<String> unchecked = new ArrayList<>();
        TreeSet<String> alone = new TreeSet<>();
        boolean unlimited = false;
        for (TrustedIssuer trusted : configuration.issuers()) {
            boolean verified = trusted.validation().verifiesJwts();
            unlimited |= verified && trusted.claims().maxLifetime() == null;
            if (verified && trusted.validation() != Validation.LOCAL_AND_INTROSPECT) {
                boolean asMain = trusted.validation() == configuration.token().validation();
                alone.add((asMain
                                ? Key.TOKEN_VALIDATION.key()
                                : trusted.issuer().names().of("token.validation")) + "="
                        + trusted.validation().word());
            }
        }
        if (!alone.isEmpty()) {
            unchecked.add("revocation of JWTs (" + String.join(", ", alone) + ")");
        }
        if (unlimited) {
            unchecked.add("lifetime of JWTs (cardea.jwt.max-lifetime)");
        }
        if (configuration.dpop().mode() != BindingMode.OFF
                && configuration.incoming().externalUrl() == null) {
            unchecked.add("the host that DPoP proofs are for (cardea.external-url)");
        }
        return unchecked.isEmpty() ? "nothing" : String.join("; ", unchecked);
    }

    private static String types(IssuerSettings issuer) {
        TreeSet<String> types = new TreeSet<>(issuer.types());
        return String.join(", ", types) + (issuer.untyped() ? (types.isEmpty() ? "absent" : " or absent") : "");
    }
}
