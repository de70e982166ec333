package dev.cardea;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as {@link ResourceServer} needs to see it; an adapter implements it over its container's request. Serves one
 * request, is asked on its thread only, and need not be thread-safe.
 */
public interface ProtectedRequest {
    /** The request method, as received. */
    String method();

    /** Every field of that name (case-insensitive), in order and unmerged; empty if there is none. */
    List<String> headers(String name);

    /** The raw query without the question mark, or null. */
    @Nullable
    String query();

    /**
     * The path as it was sent, context path included, neither decoded nor normalised, without query; of a forward or
     * include, the path that it is for.
     */
    String path();

    /**
     * The path that the container matched, decoded by it: context path, servlet path and path info. Empty where that is not
     * known.
     */
    default String matchedPath() {
        return "";
    }

    /** Whether the connection over which it came is TLS, by the container's own knowledge; false if that is unknown. */
    boolean isSecure();

    /** Address of the connection's other end, never a name to be looked up; null if it is unknown. */
    @Nullable
    String remoteAddress();

    /** What the container matched, for the decision event: a servlet mapping or resource template, never raw input. */
    String route();

    /** The request's own name, the same at each call: {@link CorrelationId#of} as it was when first asked. */
    String correlationId();
}
