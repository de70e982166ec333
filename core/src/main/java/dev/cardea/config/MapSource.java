package dev.cardea.config;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Settings that a program gives: values as they stand, without expansion. Immutable and thread-safe. */
public final class MapSource implements ConfigurationSource {
    private final Map<String, String> settings;

    public MapSource(Map<String, String> settings) {
        this.settings = Map.copyOf(settings);
    }

    @Override
    public @Nullable String value(String key) {
        String value = settings.get(key);
        return value == null || value.isEmpty() ? null : value;
    }

    @Override
    public @Nullable String raw(String key) {
        return value(key);
    }

    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>(settings.keySet());
        names.removeIf(name -> !name.startsWith("cardea."));
        return names;
    }

    @Override
    public Set<String> environmentNames() {
        return Set.of();
    }
}
