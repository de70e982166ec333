package dev.cardea.cdi;

import dev.cardea.CorrelationId;
import dev.cardea.ProtectedRequest;
import dev.cardea.handover.Received;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The container's request as core sees it. Never reads parameters: that would consume the body the application wants. */
record ServletRequestView(HttpServletRequest request) implements ProtectedRequest {
    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public List<String> headers(String name) {
        Enumeration<String> fields = request.getHeaders(name);
        return fields == null ? List.of() : Collections.list(fields);
    }

    @Override
    public @Nullable String query() {
        return request.getQueryString();
    }

    @Override
    public String path() {
        return request.getRequestURI();
    }

    @Override
    public String receivedPath() {
        return Received.path(request::getAttribute, request.getRequestURI());
    }

    @Override
    public String contextPath() {
        return request.getContextPath();
    }

    @Override
    public @Nullable String authority() {
        return Received.authority(request.getServerName(), request.getServerPort(), request.isSecure());
    }

    @Override
    public List<X509Certificate> clientCertificates() {
        return Received.certificates(request.getAttribute(Received.CERTIFICATES));
    }

    @Override
    public boolean isSecure() {
        return request.isSecure();
    }

    @Override
    public @Nullable String remoteAddress() {
        return request.getRemoteAddr();
    }

    /** The servlet half has named every request that it has seen. */
    @Override
    public String correlationId() {
        return request.getAttribute(CorrelationId.ATTRIBUTE) instanceof String known ? known : CorrelationId.of(this);
    }

    @Override
    public String route() {
        return "bean";
    }
}
