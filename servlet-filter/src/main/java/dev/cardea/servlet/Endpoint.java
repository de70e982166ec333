package dev.cardea.servlet;

import dev.cardea.AccessPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A servlet as the filter sees it.
 *
 * @param servletName the container's name for it
 * @param kind who decides about its requests
 * @param declared what the servlet's class declares, or null if it says nothing
 * @param policy what holds: {@code declared}, or the default
 */
record Endpoint(String servletName, Kind kind, @Nullable AccessPolicy declared, AccessPolicy policy) {

    /** Who decides. */
    enum Kind {
        /** The filter: one policy for the whole servlet. */
        SERVLET,
        /** The JAX-RS half, which knows the resource method. */
        JAXRS
    }
}
