package dev.cardea.testkit.contract;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One challenge of a {@code WWW-Authenticate} field. Parameter names are in lower case; values are unquoted. */
public record Challenge(String scheme, @Nullable String token68, Map<String, String> parameters) {

    /** The parameter's value, or null. */
    public @Nullable String parameter(String lowerCaseName) {
        return parameters.get(lowerCaseName);
    }
}
