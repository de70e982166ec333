package dev.cardea;

import java.security.cert.X509Certificate;
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

    /** The method of the request as it came over the wire, whatever the application has made of it: for {@code htm} of DPoP proofs. */
    default String receivedMethod() {
        return method();
    }

    /**
     * The path of the request line as it came over the wire, context path included, neither decoded nor normalised; the same in every
     * dispatch: for {@code htu} of DPoP proofs.
     */
    default String receivedPath() {
        return path();
    }

    /** The beginning of {@link #receivedPath()} that the application is deployed under; empty for the root. */
    default String contextPath() {
        return "";
    }

    /**
     * Host, and port where it is not the default one of the connection's scheme, that the container takes the request to be for; null if it
     * does not know. Asked where there is no {@code Host} field. Without either no DPoP proof fits unless {@code cardea.external-url} is set.
     */
    default @Nullable String authority() {
        return null;
    }

    /** The certificates that the client presented on the connection, its own first (RFC 8705 3); empty if it presented none. */
    default List<X509Certificate> clientCertificates() {
        return List.of();
    }

    /** What the container matched, for the decision event: a servlet mapping or resource template, never raw input. */
    String route();

    /** The request's own name, the same at each call: {@link CorrelationId#of} as it was when first asked. */
    String correlationId();
}
