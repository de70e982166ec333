package dev.cardea.config;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How MicroProfile Config finds a property in the environment: as it is, with underscores, upper-cased. */
final class EnvironmentNames {
    private EnvironmentNames() {}

    static @Nullable String lookUp(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value != null) {
            return value;
        }
        String underscored = underscored(name);
        value = environment.get(underscored);
        return value != null ? value : environment.get(normal(name));
    }

    /** The variables that may be settings of Cardea, in whichever spelling, each as {@link #normal} has it. */
    static Set<String> ofCardea(Map<String, String> environment) {
        Set<String> names = new TreeSet<>();
        environment.keySet().stream()
                .map(EnvironmentNames::normal)
                .filter(name -> name.startsWith("CARDEA_"))
                .forEach(names::add);
        return names;
    }

    /** The spelling that every variable of one name has in common: underscores, upper case. */
    static String normal(String name) {
        return underscored(name).toUpperCase(Locale.ROOT);
    }

    static boolean contains(Map<String, String> environment, String name) {
        return lookUp(environment, name) != null;
    }

    private static String underscored(String name) {
        StringBuilder underscored = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            underscored.append(alphanumeric ? c : '_');
        }
        return underscored.toString();
    }
}
