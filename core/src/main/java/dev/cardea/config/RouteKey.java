package dev.cardea.config;

import dev.cardea.demand.NonceUse;
import dev.cardea.demand.SenderConstraint;
import dev.cardea.demand.Validation;
import dev.cardea.demand.WhenUnavailable;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The settings of one path rule, {@code cardea.routes.<name>.*}; as {@link Key}, the table that pages are made from. */
enum RouteKey {
    PATH(
            "path",
            new Type.Text("path pattern"),
            "(none: required)",
            "What it is for: the path that clients ask for, context path included, written decoded. `{id}` is one"
                    + " segment, `/*` at the end the path before it and everything below."),
    METHODS(
            "methods",
            new Type.Texts("list of methods"),
            "(every method)",
            "Request methods that it is for; `GET` includes `HEAD`. Other methods fall to a less specific rule, or to"
                    + " what holds without one."),
    ACCESS(
            "access",
            new Type.Choice(List.of("authenticated", "anonymous", "deny", "permit"), List.of()),
            "authenticated",
            "`authenticated`: a valid token. `anonymous`: everybody, but a token that is presented has to be good."
                    + " `permit`: everybody, and tokens are not looked at. `deny`: nobody."),
    SCOPES("scopes", new Type.Texts("list of scope tokens"), "(none)", "Scopes that the token must all have."),
    ANY_SCOPES(
            "any-scopes",
            new Type.Texts("list of scope tokens"),
            "(none)",
            "Scopes of which the token must have at least one."),
    ROLES("roles", new Type.Texts("list of roles"), "(none)", "Roles of which the token must have at least one."),
    SUBJECT(
            "subject",
            new Type.Choice(List.of("any", "user", "client"), List.of()),
            "any",
            "`user`: the token must speak for a user; `client`: for the client itself. A token that does not tell is"
                    + " refused by both."),
    TOKEN_COOKIE(
            "token-cookie",
            new Type.Flag(),
            "false",
            "Whether the token may come in the cookie that `cardea.token.cookie` names."),
    VALIDATION(
            "validation",
            new Type.Choice(Stream.of(Validation.values()).map(Validation::word).toList(), List.of()),
            "(what holds for the token's issuer)",
            "By what tokens are validated here, as `cardea.token.validation`."),
    INTROSPECTION_MAX_AGE(
            "introspection-max-age",
            new Type.Span(Duration.ZERO, Duration.ofHours(1)),
            "(`cardea.introspection.cache.ttl`)",
            "How old an introspection answer may be. `0s`: the endpoint is asked after the request has come, each time. A longer"
                    + " time than the cache's has no effect."),
    WHEN_UNAVAILABLE(
            "when-unavailable",
            new Type.Choice(
                    Stream.of(WhenUnavailable.values())
                            .map(WhenUnavailable::word)
                            .toList(),
                    List.of()),
            "(`cardea.when-unavailable`)",
            "What happens here to a token that cannot be introspected now, as `cardea.when-unavailable`."),
    STALE_FOR(
            "stale-for",
            new Type.Span(Duration.ofSeconds(1), Duration.ofHours(1)),
            "(`cardea.stale-for`)",
            "With `stale`: how long an answer may serve here after it would have been asked for again."),
    SENDER_CONSTRAINT(
            "sender-constraint",
            new Type.Choice(
                    Stream.of(SenderConstraint.values())
                            .map(SenderConstraint::word)
                            .toList(),
                    List.of()),
            "(`cardea.dpop.mode` and `cardea.certificate-binding.mode`)",
            "`required`: the token must be bound to a key or a certificate; `dpop`: to a key; `certificate`: to a certificate; `off`: to"
                    + " nothing; `optional`: as it likes. `optional` and `off` stand in place of the two modes, the others add to them. A"
                    + " binding that is there is checked in any case."),
    DPOP_NONCE(
            "dpop-nonce",
            new Type.Choice(Stream.of(NonceUse.values()).map(NonceUse::word).toList(), List.of()),
            "(`cardea.dpop.nonce`)",
            "Whether proofs need a nonce here, as `cardea.dpop.nonce`."),
    ALLOW_UNMARKED_PROOF(
            "allow-unmarked-proof",
            new Type.Flag(),
            "false",
            "Relaxation: a proof is accepted even while nobody can tell whether it was used before, because the marks of used proofs have no"
                    + " room. Counted as `unmarkedProofs`."),
    REPORT_ONLY(
            "report-only",
            new Type.Flag(),
            "false",
            "To try a rule: it decides nothing, the log counts whom it would have refused.");

    /** Decided, but not built: whoever sets one relies on a check that would not take place. */
    static final List<String> LATER = List.of("acr-values", "step-up-max-age", "max-token-age");

    private static final String FAMILY = "cardea.routes.";

    /** Finds the rules that there are. */
    static final FamilyNames NAMES = new FamilyNames(
            FAMILY,
            Stream.concat(Arrays.stream(values()).map(RouteKey::suffix), LATER.stream())
                    .toList());

    private final String suffix;
    private final Type type;
    private final String standard;
    private final String effect;

    RouteKey(String suffix, Type type, String standard, String effect) {
        this.suffix = suffix;
        this.type = type;
        this.standard = standard;
        this.effect = effect;
    }

    /** This setting of one rule. */
    Setting of(String rule) {
        return new OfRule(FAMILY + rule + "." + suffix, type, standard.startsWith("(") ? null : standard);
    }

    String suffix() {
        return suffix;
    }

    static String suffixes() {
        return Arrays.stream(values()).map(RouteKey::suffix).collect(Collectors.joining("|"));
    }

    String pattern() {
        return FAMILY + "<name>." + suffix;
    }

    Type type() {
        return type;
    }

    /** The default as readers are told. */
    String standardExplained() {
        return standard.startsWith("(") ? standard.substring(1, standard.length() - 1) : "`" + standard + "`";
    }

    String effect() {
        return effect;
    }

    private record OfRule(String key, Type type, @Nullable String standard) implements Setting {}
}
