package dev.cardea.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;

/** A configuration in the making, valid to begin with. */
final class Settings {
    static final String SECRET = "s3cr3t-of-the-test";

    private final Map<String, String> values = new HashMap<>();

    /** JWTs of one issuer, other tokens by introspection. */
    static Settings valid() {
        return new Settings()
                .with("cardea.issuer", "https://as.example.com/tenant")
                .with("cardea.audience", "https://api.example.com")
                .with("cardea.introspection.url", "https://as.example.com/introspect")
                .with("cardea.introspection.client-id", "orders")
                .with("cardea.introspection.client-secret", SECRET);
    }

    /** JWTs of one issuer only. */
    static Settings local() {
        return valid().with("cardea.introspection.url", null)
                .with("cardea.introspection.client-id", null)
                .with("cardea.introspection.client-secret", null);
    }

    static Settings empty() {
        return new Settings();
    }

    /** With {@code value}, or without the key for null. Changes and returns this. */
    Settings with(String key, String value) {
        if (value == null) {
            values.remove(key);
        } else {
            values.put(key, value);
        }
        return this;
    }

    Settings with(Map<String, String> changes) {
        changes.forEach((key, value) -> with(key, value.isEmpty() ? null : value));
        return this;
    }

    ConfigurationSource source() {
        return new StandaloneSource(Map.of(), Map.of(), List.of(values));
    }

    Configuration read() {
        return ConfigurationReader.read(source());
    }

    List<Problem> problems() {
        return Assertions.catchThrowableOfType(InvalidConfigurationException.class, this::read)
                .problems();
    }
}
