package dev.cardea;

import dev.cardea.request.ReceivedRequest;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request of an adapter as the checks of its sender see it. */
record ReceivedFacts(ProtectedRequest request) implements ReceivedRequest {
    @Override
    public String method() {
        return request.receivedMethod();
    }

    @Override
    public boolean isSecure() {
        return request.isSecure();
    }

    @Override
    public @Nullable String peer() {
        return request.remoteAddress();
    }

    /**
     * {@code Host} before what the container makes of it: that may be of fields which any client can send ({@code $WSSN} and
     * {@code $WSSP}, which Open Liberty believes everybody unless it is told not to). Without {@code Host} (HTTP/2), whoever sends those
     * names no host.
     */
    @Override
    public @Nullable String authority() {
        List<String> host = request.headers("Host");
        if (!host.isEmpty()) {
            return host.get(0);
        }
        boolean replaced =
                !request.headers("$WSSN").isEmpty() || !request.headers("$WSSP").isEmpty();
        return replaced ? null : request.authority();
    }

    @Override
    public String requestPath() {
        return request.receivedPath();
    }

    @Override
    public String contextPath() {
        return request.contextPath();
    }

    @Override
    public List<String> headers(String name) {
        return request.headers(name);
    }

    @Override
    public List<X509Certificate> clientCertificates() {
        return request.clientCertificates();
    }
}
