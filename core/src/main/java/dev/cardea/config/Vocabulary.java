package dev.cardea.config;

import dev.cardea.reject.Quoted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Which {@code cardea.*} names mean something: now, in a later version, or never. */
final class Vocabulary {
    /** Families that are decided but not built. Whoever sets one relies on a check that would not take place. */
    private static final List<String> LATER_FAMILIES = List.of(
            "cardea.proxy.",
            "cardea.resource.",
            "cardea.revocation.",
            "cardea.redis.",
            "cardea.telemetry.",
            "cardea.audit.");

    private Vocabulary() {}

    /**
     * Reports what {@code source} sets and this version does not read.
     *
     * <p>Names in the environment are not judged as unknown, but for those of a family: a path rule or an audience that is
     * mistyped there would be missing, and nobody told.
     */
    static void judge(ConfigurationSource source, List<Problem> problems) {
        for (String name : source.names()) {
            if (!isKnown(name)) {
                problems.add(isOfLaterFamily(name) ? later(name) : unknown(name));
            }
        }
        RouteKey.NAMES.strangersIn(source).forEach(name -> problems.add(noRule(name)));
        IssuerScope.NAMES.strangersIn(source).forEach(name -> problems.add(noIssuer(name)));
    }

    private static boolean isKnown(String name) {
        return Arrays.stream(Key.values()).anyMatch(key -> key.key().equals(name))
                || RouteKey.NAMES.isSetting(name)
                || IssuerScope.NAMES.isSetting(name);
    }

    private static boolean isOfLaterFamily(String name) {
        return LATER_FAMILIES.stream().anyMatch(name::startsWith) && !isNear(name, nearest(name), 2);
    }

    private static Problem later(String name) {
        return new Problem(shown(name), "is not supported by this version", "nothing there, and do not rely on it");
    }

    private static Problem unknown(String name) {
        if (name.startsWith("cardea.routes.")) {
            return noRule(name);
        }
        if (name.startsWith(IssuerScope.FAMILY)) {
            return unknownOfIssuer(name);
        }
        String plural = name.replaceFirst("^cardea\\.(issuer|route)\\.", "cardea.$1s.");
        if (isKnown(plural)) {
            return new Problem(shown(name), "is not a setting of Cardea", plural);
        }
        String nearest = nearest(name);
        return new Problem(
                shown(name),
                "is not a setting of Cardea",
                isNear(name, nearest, Math.max(3, name.length() / 4))
                        ? nearest
                        : "one of those in docs/reference/configuration.md");
    }

    /** Where the name is right, it is not what has to change. */
    private static Problem unknownOfIssuer(String name) {
        String rest = name.substring(IssuerScope.FAMILY.length());
        int dot = rest.indexOf('.');
        String issuer = rest.substring(0, Math.max(dot, 0));
        if (!FamilyNames.isName(issuer)) {
            return new Problem(
                    shown(name),
                    "is not a setting of a further issuer",
                    "cardea.issuers.<name>.<setting>, the name in lower-case letters, digits and single dashes");
        }
        String asMain = "cardea." + rest.substring(dot + 1);
        String nearest = nearest(asMain);
        if (!isNear(asMain, nearest, Math.max(3, asMain.length() / 4))) {
            return noIssuer(name);
        }
        String own = IssuerScope.FAMILY + issuer + nearest.substring("cardea".length());
        return isKnown(own)
                ? new Problem(shown(name), "is not a setting of a further issuer", own)
                : new Problem(shown(name), "is not a setting of a further issuer: it is one for all issuers", nearest);
    }

    private static Problem noRule(String name) {
        return new Problem(
                shown(name),
                "is not a setting of a path rule",
                "cardea.routes.<name>.<" + RouteKey.suffixes()
                        + ">, the name in lower-case letters, digits and single dashes");
    }

    private static Problem noIssuer(String name) {
        return new Problem(
                shown(name),
                "is not a setting of a further issuer",
                "one of those in docs/reference/configuration.md#further-issuers");
    }

    private static String shown(String name) {
        String quoted = Quoted.of(name);
        return quoted.substring(1, quoted.length() - 1);
    }

    private static String nearest(String name) {
        return Arrays.stream(Key.values())
                .map(Key::key)
                .min(Comparator.comparingInt(key -> distance(name, key)))
                .orElseThrow();
    }

    private static boolean isNear(String name, String other, int edits) {
        return distance(name, other) <= edits;
    }

    /** Levenshtein, upper and lower case alike: what a typing mistake costs. */
    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        List<Integer> previous = new ArrayList<>();
        for (int j = 0; j <= b.length(); j++) {
            previous.add(j);
        }
        for (int i = 1; i <= a.length(); i++) {
            List<Integer> current = new ArrayList<>(List.of(i));
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous.get(j - 1) + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current.add(Math.min(replaced, 1 + Math.min(previous.get(j), current.get(j - 1))));
            }
            previous = current;
        }
        return previous.get(b.length());
    }
}
