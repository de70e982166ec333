package dev.cardea.config;

import dev.cardea.reject.Quoted;
import dev.cardea.token.ClaimMapping;
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

/** Reads what concerns JWTs, their keys and their claims. */
final class JwtReader {
    private static final String ABSENT = "absent";
    private static final Set<String> TYPES_OF_OTHERS =
            Set.of("dpop+jwt", "secevent+jwt", "logout+jwt", "token-introspection+jwt", "statuslist+jwt");
    private static final List<String> ALWAYS_REQUIRED = List.of("iss", "aud", "exp");

    private final Values values;
    private final Profile profile;

    JwtReader(Values values, Profile profile) {
        this.values = values;
        this.profile = profile;
    }

    @Nullable
    IssuerSettings issuer(boolean allowHttp) {
        Set<String> types = new LinkedHashSet<>(types());
        boolean untyped = types.remove(ABSENT);
        List<String> algorithms = algorithms();
        String issuer = values.url(Key.ISSUER, allowHttp, false);
        return issuer == null ? null : new IssuerSettings(issuer, profile, types, untyped, algorithms);
    }

    JwksSettings jwks(boolean allowHttp) {
        String url = values.url(Key.JWKS_URL, allowHttp, true);
        if (url != null && !values.isSet(Key.ISSUER)) {
            values.report(Key.JWKS_URL, "is set, but cardea.issuer is not", "nothing, or set cardea.issuer");
        }
        Duration refresh = values.duration(Key.JWKS_REFRESH);
        Duration maxStale = values.duration(Key.JWKS_MAX_STALE);
        if (maxStale.compareTo(refresh) < 0) {
            values.report(
                    Key.JWKS_MAX_STALE,
                    "is shorter than cardea.jwks.refresh, so keys would be dropped before they are fetched again",
                    Durations.format(refresh) + " or more");
        }
        return new JwksSettings(
                url == null ? null : URI.create(url),
                refresh,
                maxStale,
                values.duration(Key.JWKS_COOLDOWN),
                values.duration(Key.JWKS_TIMEOUT));
    }

    /** @param discriminating whether the profile's discriminator has to stand in for {@code typ: at+jwt} */
    ClaimSettings claims(boolean discriminating) {
        Set<String> required = new TreeSet<>(requiredClaims());
        if (discriminating) {
            required.addAll(profile.discriminatingClaims());
        }
        return new ClaimSettings(
                required,
                discriminating ? profile.discriminatingValues() : Map.of(),
                discriminating ? profile.marksOfOthers() : Set.of(),
                profile.discriminatingAnswers(),
                values.duration(Key.JWT_CLOCK_SKEW),
                values.optionalDuration(Key.JWT_MAX_LIFETIME),
                mapped(Key.PRINCIPAL_CLAIM, List.of("sub")),
                profile.clientId(),
                mapped(Key.SCOPE_CLAIMS, List.of("scope")),
                mapped(Key.ROLES_CLAIMS, profile.roles()),
                mapped(Key.GROUPS_CLAIMS, List.of("groups")),
                profile.subjectRule());
    }

    private Set<String> types() {
        Set<String> types = new LinkedHashSet<>();
        for (String stated : names(Key.JWT_TYPES, profile.acceptedTypes())) {
            String type = stated.toLowerCase(Locale.ROOT);
            type = type.startsWith("application/") ? type.substring("application/".length()) : type;
            if (TYPES_OF_OTHERS.contains(type)) {
                values.report(Key.JWT_TYPES, Quoted.of(stated) + " is the type of another kind of JWT", "at+jwt");
            } else if (!type.matches("[a-z0-9!#$&^_.+-]+")) {
                values.report(Key.JWT_TYPES, Quoted.of(stated) + " is not a media type", "at+jwt, JWT or absent");
            }
            types.add(type);
        }
        return types;
    }

    private List<String> algorithms() {
        List<String> supported =
                List.of(String.valueOf(Key.JWT_ALGORITHMS.standard()).split(",", -1));
        List<String> accepted = new ArrayList<>();
        for (String algorithm : names(Key.JWT_ALGORITHMS, supported)) {
            if (supported.contains(algorithm)) {
                accepted.add(algorithm);
                continue;
            }
            String shown = Quoted.of(algorithm);
            String upper = algorithm.toUpperCase(Locale.ROOT);
            String why = upper.equals("NONE")
                    ? " would accept unsigned tokens"
                    : upper.matches("HS\\d+") ? " is symmetric: whoever can verify can sign" : " is not supported";
            values.report(Key.JWT_ALGORITHMS, shown + why, "some of " + String.join(", ", supported));
        }
        return accepted;
    }

    private List<String> requiredClaims() {
        List<String> defaults = List.copyOf(new TreeSet<>(profile.requiredClaims()));
        List<String> stated = names(Key.JWT_REQUIRED_CLAIMS, defaults);
        List<String> dropped =
                ALWAYS_REQUIRED.stream().filter(name -> !stated.contains(name)).toList();
        if (!dropped.isEmpty()) {
            values.report(
                    Key.JWT_REQUIRED_CLAIMS,
                    "leaves out " + String.join(", ", dropped) + ", without which the check of it would be skipped",
                    "a list that contains iss, aud and exp");
        }
        return stated;
    }

    /** RFC 8693 4.1 (X01): what is said of an actor is not what the subject is or may do. */
    private List<String> mapped(Key key, List<String> defaults) {
        List<String> names = names(key, defaults);
        for (String name : names) {
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

    private List<String> names(Key key, List<String> defaults) {
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
