package dev.cardea.config;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where {@code cardea.*} settings come from. An empty string is no value, as in MicroProfile Config. */
public interface ConfigurationSource {
    /**
     * The value with each <code>${name}</code> replaced; null if there is none, and also if it refers to something that
     * does not exist: then {@link #raw} still has it.
     */
    @Nullable
    String value(String key);

    /** The value as it was written, or null. For secrets, in which a dollar sign is a dollar sign. */
    @Nullable
    String raw(String key);

    /**
     * The names beginning with {@code cardea.} that stand somewhere else than in an environment variable. Most of those in
     * the environment are not to be judged: Kubernetes puts {@code CARDEA_PORT} there for a Service of that name.
     */
    Set<String> names();

    /**
     * The names of environment variables in which families are looked for. Whether one is spelled with dots, with
     * underscores or in upper case, it is here as {@code CARDEA_ROUTES_ADMIN_PATH}: all three are looked up.
     */
    Set<String> environmentNames();
}
