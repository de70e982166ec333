package dev.cardea.config;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * MicroProfile Config. The only class that names its types, so that its absence shows here and nowhere else.
 *
 * <p>Values are asked for as String, never as an array or list, so that Cardea and not the server splits at commas.
 */
final class MicroProfileConfigSource implements ConfigurationSource {
    private final Config config;
    private final Map<String, String> environment;

    MicroProfileConfigSource(Config config, Map<String, String> environment) {
        this.config = config;
        this.environment = environment;
    }

    static ConfigurationSource ofDeployment() {
        return new MicroProfileConfigSource(ConfigProvider.getConfig(), System.getenv());
    }

    @Override
    public @Nullable String value(String key) {
        try {
            return config.getOptionalValue(key, String.class)
                    .filter(value -> !value.isEmpty())
                    .orElse(null);
        } catch (NoSuchElementException | IllegalArgumentException unresolved) {
            // SmallRye answers "empty" for an expression that leads nowhere, the specification also allows this.
            return null;
        }
    }

    @Override
    public @Nullable String raw(String key) {
        String raw = config.getConfigValue(key).getRawValue();
        return raw == null || raw.isEmpty() ? null : raw;
    }

    /**
     * By name and not by source: SmallRye's environment source also lists names that it made up from variables, and
     * which source is the environment is known to the implementation only.
     */
    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (ConfigSource source : config.getConfigSources()) {
            for (String name : source.getPropertyNames()) {
                if (name.startsWith("cardea.") && !EnvironmentNames.contains(environment, name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    @Override
    public Set<String> environmentNames() {
        return EnvironmentNames.ofCardea(environment);
    }
}
