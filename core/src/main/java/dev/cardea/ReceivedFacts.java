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

    @Override
    public @Nullable String authority() {
        return request.authority();
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
