package dev.cardea.request;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as the container received it, for the checks that ask about the request itself: the same in every dispatch of it,
 * whatever the application forwards it to. Serves one request; not thread-safe.
 */
public interface ReceivedRequest {
    /** The request method, as received (case-sensitive, RFC 9110 9.1). */
    String method();

    /** Whether the connection over which it came is TLS, by the container's own knowledge. */
    boolean isSecure();

    /** Address of the connection's other end; null if it is unknown. */
    @Nullable
    String peer();

    /**
     * Host and, where it is not the default port of the scheme, port that the container takes the request to be for
     * ({@code Host}, {@code :authority}); null if it does not know. What a client wrote: not checked.
     */
    @Nullable
    String authority();

    /** The path of the request line, neither decoded nor normalised, without query. */
    String requestPath();

    /** The beginning of {@link #requestPath()} that the application is deployed under; empty for the root. */
    String contextPath();

    /** Every field of that name (case-insensitive), in order and unmerged; empty if there is none. */
    List<String> headers(String name);

    /** The certificates that the client presented on the connection, its own first; empty if it presented none. */
    List<X509Certificate> clientCertificates();
}
