package dev.cardea.servlet;

import dev.cardea.AccessPolicy;
import dev.cardea.route.PathPattern;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A servlet as the filter sees it.
 *
 * @param servletName the container's name for it
 * @param kind who decides about its requests
 * @param declared what the servlet's class declares, or null if it says nothing
 * @param policy what holds: {@code declared}, or the default
 * @param mappings the paths that it is mapped to, context path included; without those by extension, and the root
 * @param places those: {@code /app/*.do}, and {@code /app/} for the root, context path included
 */
record Endpoint(
        String servletName,
        Kind kind,
        @Nullable AccessPolicy declared,
        AccessPolicy policy,
        List<PathPattern> mappings,
        List<String> places) {
    Endpoint {
        mappings = List.copyOf(mappings);
        places = List.copyOf(places);
    }

    Endpoint(
            String servletName,
            Kind kind,
            @Nullable AccessPolicy declared,
            AccessPolicy policy,
            List<PathPattern> mappings) {
        this(servletName, kind, declared, policy, mappings, List.of());
    }

    /** The same, declaring this as well. */
    Endpoint askingAlso(AccessPolicy asked) {
        AccessPolicy both = declared == null ? asked : declared.and(asked);
        return new Endpoint(servletName, kind, both, both, mappings, places);
    }

    /** Whether a path leads to the servlet; false for what only a name led to. */
    boolean isMappedTo(String path) {
        return mappings.stream().anyMatch(mapping -> mapping.matches(path))
                || places.stream().anyMatch(place -> isAt(place, path));
    }

    /** The root's servlet may be asked for any path; a mapping by extension tells by the end. */
    private static boolean isAt(String place, String path) {
        int star = place.lastIndexOf('*');
        return star < 0 || path.endsWith(place.substring(star + 1));
    }

    /** One path for each mapping, as far as a rule can be for it. */
    List<String> paths() {
        return Stream.concat(mappings.stream().map(PathPattern::prefix), places.stream())
                .toList();
    }

    /** Who decides. */
    enum Kind {
        /** The filter: one policy for the whole servlet. */
        SERVLET,
        /** The JAX-RS half, which knows the resource method. */
        JAXRS
    }
}
