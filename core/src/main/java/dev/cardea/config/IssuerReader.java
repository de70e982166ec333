package dev.cardea.config;

import dev.cardea.demand.Validation;
import dev.cardea.profile.Profile;
import dev.cardea.profile.Traits;
import dev.cardea.reject.Quoted;
import dev.cardea.token.ClaimMapping;
import dev.cardea.token.Discriminator;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads one issuer: its JWTs, their keys and their claims, and how it is called. For one thread. */
final class IssuerReader {
    private static final String ABSENT = "absent";
    private static final Set<String> TYPES_OF_OTHERS = Set.of(
            "dpop+jwt", "secevent+jwt", "logout+jwt", "token-introspection+jwt", "statuslist+jwt", "txntoken+jwt");
    private static final List<String> ALWAYS_REQUIRED = List.of("iss", "aud", "exp");

    private final Values values;
    private final SettingFiles files;
    private final IssuerScope scope;
    private final Profile profile;

    IssuerReader(Values values, SettingFiles files, IssuerScope scope) {
        this(values, files, scope, Profile.named(values.choice(scope.at(Key.ISSUER_PROFILE, values))));
    }

    private IssuerReader(Values values, SettingFiles files, IssuerScope scope, Profile profile) {
        this.values = values;
        this.files = files;
        this.scope = scope;
        this.profile = profile;
    }

    private Setting at(Key key) {
        return scope.at(key, values);
    }

    /** Null if this issuer is not configured, or if a problem was reported without which nothing can be made of it. */
    @Nullable
    TrustedIssuer read(HttpSettings http, @Nullable IntrospectionSettings introspection) {
        IssuerSettings issuer = issuer();
        JwksSettings jwks = jwks();
        ClaimSettings claims = claims(issuer != null && issuer.acceptsOtherTypes());
        boolean meant = scope.name() != null || values.isSet(Key.ISSUER);
        if (meant && !values.isSet(scope.own(Key.ISSUER))) {
            values.report(scope.own(Key.ISSUER), "is not set, although other settings of it are", "the issuer's URL");
        }
        Set<String> audience = meant ? audience() : Set.of();
        Validation validation = validation(introspection != null);
        String opaquePrefix = opaquePrefix();
        return issuer == null
                ? null
                : new TrustedIssuer(
                        issuer, audience, claims, jwks, http, validation, opaquePrefix, introspection, otherwise());
    }

    /** The main issuer's is judged with all that can validate tokens beside it. */
    private Validation validation(boolean introspects) {
        Validation validation = Validation.named(values.choice(at(Key.TOKEN_VALIDATION)));
        if (scope.name() != null && validation.introspectsJwts() && !introspects) {
            Setting client = scope.own(Key.INTROSPECTION_CLIENT_ID);
            if (!values.isSet(client)) {
                values.report(
                        scope.own(Key.TOKEN_VALIDATION),
                        "is " + validation.word()
                                + (values.isSet(scope.own(Key.TOKEN_VALIDATION)) ? "" : " as for the main issuer")
                                + ", but " + client.key() + " is not set",
                        "auto, or set " + client.key() + ": no other issuer's endpoint is asked about its tokens");
            }
        }
        return validation;
    }

    /** What opaque tokens start with; null where that is not set, or has a problem. */
    @Nullable
    String opaquePrefix() {
        String prefix = values.text(scope.own(Key.TOKEN_OPAQUE_PREFIX));
        if (prefix != null && !prefix.matches("[A-Za-z0-9._~+/-]+")) {
            values.report(
                    scope.own(Key.TOKEN_OPAQUE_PREFIX),
                    "contains a character that no token has",
                    "letters, digits and - . _ ~ + / only");
        }
        return prefix;
    }

    /** What is wrong with it was said of the profile that is set. */
    private List<TrustedIssuer.Otherwise> otherwise() {
        List<TrustedIssuer.Otherwise> otherwise = new ArrayList<>();
        for (Profile other : Profile.values()) {
            if (other != profile) {
                IssuerReader reader = new IssuerReader(values.unheard(), files, scope, other);
                IssuerSettings issuer = reader.issuer();
                if (issuer != null) {
                    otherwise.add(new TrustedIssuer.Otherwise(issuer, reader.claims(issuer.acceptsOtherTypes())));
                }
            }
        }
        return otherwise;
    }

    private Set<String> audience() {
        List<String> audience = values.list(at(Key.AUDIENCE));
        if (audience == null || audience.isEmpty()) {
            NoAudience.report(values, scope);
            return Set.of();
        }
        return Set.copyOf(audience);
    }

    /** How this issuer is called. */
    HttpSettings http() {
        return new OutgoingReader(values, files, scope).read();
    }

    /** What an introspection answer has to say and what it means: it has no {@code typ} that could differ. */
    ClaimSettings claims() {
        return claims(false);
    }

    private @Nullable IssuerSettings issuer() {
        Set<String> types = new LinkedHashSet<>(types());
        boolean untyped = types.remove(ABSENT);
        List<String> algorithms = algorithms();
        Setting key = scope.own(Key.ISSUER);
        boolean impossible = new IssuerAddress(values, key, profile).isImpossible();
        String issuer = impossible ? null : values.url(key, scope.own(Key.ALLOW_HTTP), false);
        return issuer == null ? null : new IssuerSettings(scope.name(), issuer, profile, types, untyped, algorithms);
    }

    private JwksSettings jwks() {
        String url = values.url(at(Key.JWKS_URL), scope.own(Key.ALLOW_HTTP), true);
        if (url != null && !values.isSet(at(Key.ISSUER))) {
            String issuer = at(Key.ISSUER).key();
            values.report(at(Key.JWKS_URL), "is set, but " + issuer + " is not", "nothing, or set " + issuer);
        }
        Duration refresh = values.duration(at(Key.JWKS_REFRESH));
        Duration maxStale = values.duration(at(Key.JWKS_MAX_STALE));
        if (maxStale.compareTo(refresh) < 0) {
            values.report(
                    at(Key.JWKS_MAX_STALE),
                    "is shorter than " + at(Key.JWKS_REFRESH).key()
                            + ", so keys would be dropped before they are fetched again",
                    Durations.format(refresh) + " or more");
        }
        return new JwksSettings(
                url == null ? null : URI.create(url),
                refresh,
                maxStale,
                values.duration(at(Key.JWKS_COOLDOWN)),
                values.duration(at(Key.JWKS_TIMEOUT)));
    }

    /** @param discriminating whether the profile's discriminator has to stand in for {@code typ: at+jwt} */
    private ClaimSettings claims(boolean discriminating) {
        Traits traits = profile.traits();
        return new ClaimSettings(
                Set.copyOf(requiredClaims()),
                discriminating ? traits.discriminator() : Discriminator.NONE,
                Discriminator.ofValues(traits.answers()),
                traits.audience(),
                values.duration(at(Key.JWT_CLOCK_SKEW)),
                values.optionalDuration(at(Key.JWT_MAX_LIFETIME)),
                mapped(at(Key.PRINCIPAL_CLAIM), List.of("sub")),
                traits.clientId(),
                mapped(at(Key.SCOPE_CLAIMS), traits.scopes()),
                mapped(at(Key.ROLES_CLAIMS), traits.roles()),
                mapped(at(Key.GROUPS_CLAIMS), traits.groups()),
                traits.subjectRule());
    }

    private Set<String> types() {
        Set<String> types = new LinkedHashSet<>();
        for (String stated : names(at(Key.JWT_TYPES), profile.acceptedTypes())) {
            String type = stated.toLowerCase(Locale.ROOT);
            type = type.startsWith("application/") ? type.substring("application/".length()) : type;
            if (TYPES_OF_OTHERS.contains(type)) {
                values.report(at(Key.JWT_TYPES), Quoted.of(stated) + " is the type of another kind of JWT", "at+jwt");
            } else if (!type.matches("[a-z0-9!#$&^_.+-]+")) {
                values.report(at(Key.JWT_TYPES), Quoted.of(stated) + " is not a media type", "at+jwt, JWT or absent");
            }
            types.add(type);
        }
        return types;
    }

    private List<String> algorithms() {
        List<String> supported =
                List.of(String.valueOf(Key.JWT_ALGORITHMS.standard()).split(",", -1));
        List<String> accepted = new ArrayList<>();
        for (String algorithm : names(at(Key.JWT_ALGORITHMS), supported)) {
            if (supported.contains(algorithm)) {
                accepted.add(algorithm);
                continue;
            }
            String shown = Quoted.of(algorithm);
            String upper = algorithm.toUpperCase(Locale.ROOT);
            String why = upper.equals("NONE")
                    ? " would accept unsigned tokens"
                    : upper.matches("HS\\d+") ? " is symmetric: whoever can verify can sign" : " is not supported";
            values.report(at(Key.JWT_ALGORITHMS), shown + why, "some of " + String.join(", ", supported));
        }
        return accepted;
    }

    private List<String> requiredClaims() {
        List<String> defaults = List.copyOf(new TreeSet<>(profile.traits().required()));
        List<String> stated = names(at(Key.JWT_REQUIRED_CLAIMS), defaults);
        List<String> dropped =
                ALWAYS_REQUIRED.stream().filter(name -> !stated.contains(name)).toList();
        if (!dropped.isEmpty()) {
            values.report(
                    at(Key.JWT_REQUIRED_CLAIMS),
                    "leaves out " + String.join(", ", dropped) + ", without which the check of it would be skipped",
                    "a list that contains iss, aud and exp");
        }
        return stated;
    }

    /** RFC 8693 4.1 (X01): what is said of an actor is not what the subject is or may do. */
    private List<String> mapped(Setting key, List<String> defaults) {
        List<String> names = names(key, defaults);
        for (String name : names) {
            String instead = insteadOfOthers(name);
            if (instead != null) {
                values.report(
                        key,
                        Quoted.of(name) + " speaks of another API than this one with profile " + profile.word(),
                        instead);
                return defaults;
            }
            if (ClaimMapping.leadsIntoActor(name)) {
                values.report(
                        key,
                        Quoted.of(name)
                                + " leads into the actor of a delegated token, whose rights are not the caller's",
                        "claims of the token itself; code may ask Caller.actor()");
                return defaults;
            }
        }
        return names;
    }

    /** What to name instead of a claim in which the product writes what somebody else grants; null if it does not. */
    private @Nullable String insteadOfOthers(String name) {
        return profile.traits().others().entrySet().stream()
                .filter(other -> name.equals(other.getKey()) || name.startsWith(other.getKey() + "/"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private List<String> names(Setting key, List<String> defaults) {
        List<String> names = values.list(key);
        if (names == null) {
            return defaults;
        }
        if (names.isEmpty()) {
            values.report(key, "names nothing", key.type().describe().replace("`", ""));
            return defaults;
        }
        return names;
    }
}
