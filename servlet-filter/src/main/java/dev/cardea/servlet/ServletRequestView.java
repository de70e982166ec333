package dev.cardea.servlet;

import dev.cardea.ProtectedRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A servlet request as core sees it. Never reads parameters: that would consume the body the application wants. */
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
}
