package dev.cardea.it.environment;

import java.nio.file.Path;

/** What the build tells the tests. */
final class Settings {

    private Settings() {}

    static String get(String name) {
        String value = System.getProperty(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("-D" + name + " is missing: run these tests with \"mvn verify\"");
        }
        return value;
    }

    static Path path(String name) {
        return Path.of(get(name)).toAbsolutePath().normalize();
    }
}
