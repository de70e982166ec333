package dev.cardea.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The same keys by the same rules where there is no MicroProfile Config: system properties (ordinal 400), environment
 * variables (300), every {@code META-INF/microprofile-config.properties} of the application (100); each may state its
 * {@code config_ordinal}. Immutable: read once.
 */
final class StandaloneSource implements ConfigurationSource {
    private static final String FILE = "META-INF/microprofile-config.properties";

    private final List<Layer> layers;

    StandaloneSource(Map<String, String> system, Map<String, String> environment, List<Map<String, String>> files) {
        List<Layer> unordered = new ArrayList<>();
        unordered.add(new Layer(system, false, 400));
        unordered.add(new Layer(environment, true, 300));
        files.forEach(file -> unordered.add(new Layer(file, false, 100)));
        unordered.sort(Comparator.comparingInt(Layer::ordinal).reversed());
        this.layers = List.copyOf(unordered);
    }

    static ConfigurationSource ofDeployment() {
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = application != null ? application : StandaloneSource.class.getClassLoader();
        return new StandaloneSource(asMap(System.getProperties()), System.getenv(), files(loader));
    }

    @Override
    public @Nullable String value(String key) {
        String raw = raw(key);
        String value = raw == null ? null : Expression.expand(raw, this::raw);
        return value == null || value.isEmpty() ? null : value;
    }

    /** An empty value hides those of lower ordinal: it is how MicroProfile Config takes a value back. */
    @Override
    public @Nullable String raw(String key) {
        for (Layer layer : layers) {
            String value = layer.get(key);
            if (value != null) {
                return value.isEmpty() ? null : value;
            }
        }
        return null;
    }

    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (Layer layer : layers) {
            if (!layer.environment()) {
                layer.values().keySet().stream()
                        .filter(name -> name.startsWith("cardea."))
                        .forEach(names::add);
            }
        }
        return names;
    }

    @Override
    public Set<String> environmentNames() {
        Set<String> names = new TreeSet<>();
        layers.stream()
                .filter(Layer::environment)
                .forEach(layer -> names.addAll(EnvironmentNames.ofCardea(layer.values())));
        return names;
    }

    private static List<Map<String, String>> files(ClassLoader loader) {
        List<Map<String, String>> files = new ArrayList<>();
        try {
            for (URL url : Collections.list(loader.getResources(FILE))) {
                files.add(file(url));
            }
        } catch (IOException e) {
            throw unreadable(FILE, e);
        }
        return files;
    }

    private static Map<String, String> file(URL url) {
        Properties properties = new Properties();
        try {
            URLConnection connection = url.openConnection();
            connection.setUseCaches(false); // a cached JarFile would keep an undeployed application's jar open
            try (InputStream stream = connection.getInputStream();
                    Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
                properties.load(reader);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(url.toString(), e);
        }
        return asMap(properties);
    }

    // Without the cause's message: Properties quotes nothing today, but a secret may stand on the offending line.
    private static InvalidConfigurationException unreadable(String file, Exception cause) {
        return new InvalidConfigurationException(List.of(new Problem(
                file, "cannot be read (" + cause.getClass().getName() + ")", "a properties file in UTF-8")));
    }

    private static Map<String, String> asMap(Properties properties) {
        Map<String, String> map = new HashMap<>();
        for (String name : properties.stringPropertyNames()) {
            String value = properties.getProperty(name);
            if (value != null) {
                map.put(name, value);
            }
        }
        return map;
    }

    private record Layer(Map<String, String> values, boolean environment, int defaultOrdinal) {
        private Layer {
            values = Map.copyOf(values);
        }

        @Nullable
        String get(String key) {
            return environment ? EnvironmentNames.lookUp(values, key) : values.get(key);
        }

        int ordinal() {
            String stated = values.get("config_ordinal");
            try {
                return stated == null ? defaultOrdinal : Integer.parseInt(stated.strip());
            } catch (NumberFormatException e) {
                return defaultOrdinal;
            }
        }
    }
}
