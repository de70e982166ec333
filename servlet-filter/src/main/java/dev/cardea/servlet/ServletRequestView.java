package dev.cardea.servlet;

import dev.cardea.CorrelationId;
import dev.cardea.ProtectedRequest;
import dev.cardea.handover.Received;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One dispatch of a servlet request as core sees it. Never reads parameters: that would consume the body the application
 * wants.
 */
record ServletRequestView(HttpServletRequest request, String route) implements ProtectedRequest {
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

    /** An include keeps the including request's path, and carries its own in attributes (Servlet 6.0, 9.3.1). */
    @Override
    public String path() {
        return isInclude() && request.getAttribute(RequestDispatcher.INCLUDE_REQUEST_URI) instanceof String included
                ? included
                : request.getRequestURI();
    }

    @Override
    public String matchedPath() {
        return isInclude()
                ? text(RequestDispatcher.INCLUDE_CONTEXT_PATH)
                        + text(RequestDispatcher.INCLUDE_SERVLET_PATH)
                        + text(RequestDispatcher.INCLUDE_PATH_INFO)
                : request.getContextPath() + request.getServletPath() + orEmpty(request.getPathInfo());
    }

    private boolean isInclude() {
        return request.getDispatcherType() == DispatcherType.INCLUDE;
    }

    private String text(String attribute) {
        return request.getAttribute(attribute) instanceof String text ? text : "";
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
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

    /** One for all dispatches of a request. */
    @Override
    public String correlationId() {
        if (request.getAttribute(CorrelationId.ATTRIBUTE) instanceof String known) {
            return known;
        }
        String id = CorrelationId.of(this);
        request.setAttribute(CorrelationId.ATTRIBUTE, id);
        return id;
    }
}
