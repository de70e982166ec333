package dev.cardea.servlet;

import dev.cardea.ResourceServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request without the headers that the application is not to see ({@code cardea.request.removed-headers}). */
final class ScrubbedRequest extends HttpServletRequestWrapper {
    private static final long NO_DATE = -1;
    private static final int NO_NUMBER = -1;

    private final ResourceServer server;

    private ScrubbedRequest(HttpServletRequest request, ResourceServer server) {
        super(request);
        this.server = server;
    }

    /** The request itself where nothing is removed. */
    static HttpServletRequest of(HttpServletRequest request, ResourceServer server) {
        return server.removesHeaders() ? new ScrubbedRequest(request, server) : request;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return server.removesHeader(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return server.removesHeader(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        List<String> names = Collections.list(super.getHeaderNames());
        names.removeIf(server::removesHeader);
        return Collections.enumeration(names);
    }

    @Override
    public int getIntHeader(String name) {
        return server.removesHeader(name) ? NO_NUMBER : super.getIntHeader(name);
    }

    @Override
    public long getDateHeader(String name) {
        return server.removesHeader(name) ? NO_DATE : super.getDateHeader(name);
    }
}
