package dev.cardea.servlet;

import dev.cardea.handover.LivenessProbe;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The request that asks the JAX-RS half whether it is there. Where that half is absent, JAX-RS matches it: its method is
 * one that no resource method has and its path one that no locator has, so that nothing of the application runs but what
 * runs for every request.
 */
final class ProbeRequest extends HttpServletRequestWrapper {
    private static final String METHOD = "CARDEA-PROBE";

    private final LivenessProbe probe;
    private final String path = "/" + UUID.randomUUID() + "/" + UUID.randomUUID();

    ProbeRequest(HttpServletRequest request, LivenessProbe probe) {
        super(request);
        this.probe = probe;
    }

    @Override
    public String getMethod() {
        return METHOD;
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return LivenessProbe.ATTRIBUTE.equals(name) ? probe : super.getAttribute(name);
    }

    @Override
    public String getPathInfo() {
        return path;
    }

    @Override
    public String getRequestURI() {
        return getContextPath() + getServletPath() + path;
    }

    @Override
    public StringBuffer getRequestURL() {
        return new StringBuffer("http://localhost").append(getRequestURI());
    }

    @Override
    public @Nullable String getQueryString() {
        return null;
    }
}
