package dev.cardea.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds the members of a family of settings that a source configures, such as path rules. In the environment the name of a
 * member cannot be told from what follows it but by the settings that there are: {@code CARDEA_ROUTES_ORDER_ADMIN_SCOPES}
 * is {@code scopes} of {@code order-admin}. Immutable.
 */
final class FamilyNames {
    private static final Pattern OF_A_SERVICE =
            Pattern.compile("([A-Z0-9_]+_)?(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT"
                    + "|PORT_[0-9]+_(TCP|UDP|SCTP)(_(ADDR|PORT|PROTO))?)");

    private final String family;
    private final String environment;
    private final List<String> suffixes;

    /**
     * @param family with its dot, such as {@code cardea.routes.}
     * @param suffixes what may follow a member's name and a dot
     */
    FamilyNames(String family, Collection<String> suffixes) {
        this.family = family;
        this.environment = EnvironmentNames.normal(family);
        this.suffixes = suffixes.stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    /** The names, sorted. */
    Set<String> in(ConfigurationSource source) {
        Set<String> names = new TreeSet<>();
        source.names().stream().flatMap(name -> ofProperty(name).stream()).forEach(names::add);
        source.environmentNames().stream()
                .flatMap(name -> ofVariable(name).stream())
                .forEach(names::add);
        return names;
    }

    /**
     * The environment variables that are of the family by their beginning and are no setting of it. What Kubernetes writes for
     * a Service whose name begins like the family is none of ours.
     */
    Set<String> strangersIn(ConfigurationSource source) {
        Set<String> strangers = new TreeSet<>(source.environmentNames());
        strangers.removeIf(name -> !name.startsWith(environment)
                || ofVariable(name).isPresent()
                || OF_A_SERVICE.matcher(name.substring(environment.length())).matches());
        return strangers;
    }

    /** Whether a property is a setting of some member, be it one that this version does not support. */
    boolean isSetting(String property) {
        return ofProperty(property).isPresent();
    }

    private Optional<String> ofProperty(String property) {
        if (!property.startsWith(family)) {
            return Optional.empty();
        }
        String rest = property.substring(family.length());
        int dot = rest.indexOf('.');
        boolean known = dot > 0 && suffixes.contains(rest.substring(dot + 1)) && isName(rest.substring(0, dot));
        return known ? Optional.of(rest.substring(0, dot)) : Optional.empty();
    }

    private Optional<String> ofVariable(String variable) {
        if (!variable.startsWith(environment)) {
            return Optional.empty();
        }
        String rest = variable.substring(environment.length())
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
        for (String suffix : suffixes) {
            String end = "-" + suffix.replace('.', '-');
            String name = rest.endsWith(end) ? rest.substring(0, rest.length() - end.length()) : "";
            if (isName(name)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    /** Whether a member may be called so. */
    static boolean isName(String text) {
        return text.matches("[a-z0-9]+(-[a-z0-9]+)*");
    }
}
