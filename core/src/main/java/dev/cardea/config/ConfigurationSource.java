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
     * The names beginning with {@code cardea.} that stand somewhere else than in an environment variable. Those in the
     * environment are not to be judged: Kubernetes puts {@code CARDEA_PORT} there for a Service of that name.
     */
    Set<String> names();

    /** The names of environment variables beginning with {@code CARDEA_}, in which families are looked for. */
    Set<String> environmentNames();
}
