package dev.cardea.servlet;

import dev.cardea.AccessPolicy;
import dev.cardea.route.PathPattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A servlet as the filter sees it.
 *
 * @param servletName the container's name for it
 * @param kind who decides about its requests
 * @param declared what the servlet's class declares, or null if it says nothing
 * @param policy what holds: {@code declared}, or the default
 * @param mappings the paths that it is mapped to, context path included; without those by extension, and the root
 */
record Endpoint(
        String servletName,
        Kind kind,
        @Nullable AccessPolicy declared,
        AccessPolicy policy,
        List<PathPattern> mappings) {
    Endpoint {
        mappings = List.copyOf(mappings);
    }

    /** The same, declaring this as well. */
    Endpoint askingAlso(AccessPolicy asked) {
        AccessPolicy both = declared == null ? asked : declared.and(asked);
        return new Endpoint(servletName, kind, both, both, mappings);
    }

    /** Whether a path leads to the servlet; false for what only a name led to. */
    boolean isMappedTo(String path) {
        return mappings.stream().anyMatch(mapping -> mapping.matches(path));
    }

    /** One path for each mapping. */
    List<String> paths() {
        return mappings.stream().map(PathPattern::prefix).toList();
    }

    /** Who decides. */
    enum Kind {
        /** The filter: one policy for the whole servlet. */
        SERVLET,
        /** The JAX-RS half, which knows the resource method. */
        JAXRS
    }
}
