package dev.cardea.deployment;

import dev.cardea.AccessPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Something that a request may reach, as far as is known when the application starts.
 *
 * @param method the request method, or {@link #ANY}; {@link #CALL} for a bean's method, which no path leads to
 * @param path the path or its template, context path included; empty where none is known, as for sub-resources
 * @param name what a reader of the code knows it by
 * @param declared what annotations ask for, or null if they say nothing
 */
public record KnownEndpoint(
        String method, String path, String name, @Nullable AccessPolicy declared) {
    /** Every request method. */
    public static final String ANY = "*";

    /** No request method. */
    public static final String CALL = "call";

    /** Whether a path leads there that a path rule may name. */
    public boolean hasPath() {
        return !path.isEmpty();
    }
}
