package dev.cardea.config;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds the path rules that a source configures. In the environment the name of a rule cannot be told from what follows it
 * but by the settings that there are: {@code CARDEA_ROUTES_ORDER_ADMIN_SCOPES} is {@code scopes} of {@code order-admin}.
 */
final class RouteNames {
    private static final String FAMILY = "cardea.routes.";
    private static final String ENVIRONMENT = "CARDEA_ROUTES_";
    private static final List<String> SUFFIXES = Stream.concat(
                    Arrays.stream(RouteKey.values()).map(RouteKey::suffix), RouteKey.LATER.stream())
            .sorted(Comparator.comparing(String::length).reversed())
            .toList();

    private RouteNames() {}

    /** The names, sorted. */
    static Set<String> in(ConfigurationSource source) {
        Set<String> names = new TreeSet<>();
        source.names().stream().flatMap(name -> ofProperty(name).stream()).forEach(names::add);
        source.environmentNames().stream()
                .flatMap(name -> ofVariable(name).stream())
                .forEach(names::add);
        return names;
    }

    /** Whether a property is a setting of some rule, be it one that this version does not support. */
    static boolean isSetting(String property) {
        return ofProperty(property).isPresent();
    }

    private static Optional<String> ofProperty(String property) {
        if (!property.startsWith(FAMILY)) {
            return Optional.empty();
        }
        String rest = property.substring(FAMILY.length());
        int dot = rest.indexOf('.');
        boolean known = dot > 0 && SUFFIXES.contains(rest.substring(dot + 1)) && isName(rest.substring(0, dot));
        return known ? Optional.of(rest.substring(0, dot)) : Optional.empty();
    }

    private static Optional<String> ofVariable(String variable) {
        if (!variable.startsWith(ENVIRONMENT)) {
            return Optional.empty();
        }
        String rest = variable.substring(ENVIRONMENT.length())
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
        for (String suffix : SUFFIXES) {
            String name = rest.endsWith("-" + suffix) ? rest.substring(0, rest.length() - suffix.length() - 1) : "";
            if (isName(name)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private static boolean isName(String text) {
        return text.matches("[a-z0-9]+(-[a-z0-9]+)*");
    }
}
