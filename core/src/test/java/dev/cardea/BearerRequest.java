package dev.cardea;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request over TLS with nothing but a bearer token. */
record BearerRequest(String token) implements ProtectedRequest {
    @Override
    public String method() {
        return "GET";
    }

    @Override
    public List<String> headers(String name) {
        return "Authorization".equalsIgnoreCase(name) ? List.of("Bearer " + token) : List.of();
    }

    @Override
    public @Nullable String query() {
        return null;
    }

    @Override
    public String path() {
        return "/test";
    }

    @Override
    public boolean isSecure() {
        return true;
    }

    @Override
    public @Nullable String remoteAddress() {
        return "198.51.100.7";
    }

    @Override
    public String route() {
        return "/test/*";
    }

    @Override
    public String correlationId() {
        return "test";
    }

    /** Not the token. */
    @Override
    public String toString() {
        return "GET /test";
    }
}
