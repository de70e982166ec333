package dev.cardea;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request as a client sends it, and what its connection brings: to {@value #HOST}, over TLS, unless said otherwise. */
record SentRequest(
        String method,
        String path,
        Map<String, List<String>> fields,
        boolean isSecure,
        String remoteAddress,
        String contextPath,
        List<X509Certificate> clientCertificates)
        implements ProtectedRequest {
    static final String HOST = "api.example.com";

    static SentRequest to(String path) {
        return new SentRequest("GET", path, Map.of("Host", List.of(HOST)), true, "198.51.100.7", "", List.of());
    }

    SentRequest method(String other) {
        return new SentRequest(other, path, fields, isSecure, remoteAddress, contextPath, clientCertificates);
    }

    SentRequest with(String field, String... values) {
        Map<String, List<String>> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(fields);
        more.put(field, List.of(values));
        return new SentRequest(method, path, more, isSecure, remoteAddress, contextPath, clientCertificates);
    }

    SentRequest from(String peer) {
        return new SentRequest(method, path, fields, isSecure, peer, contextPath, clientCertificates);
    }

    SentRequest showing(X509Certificate... certificates) {
        return new SentRequest(method, path, fields, isSecure, remoteAddress, contextPath, List.of(certificates));
    }

    /** Its address, as its client would write it into {@code htu}. */
    String uri() {
        return (isSecure ? "https://" : "http://") + HOST + path;
    }

    @Override
    public List<String> headers(String name) {
        return fields.getOrDefault(name, List.of());
    }

    @Override
    public @Nullable String query() {
        return null;
    }

    @Override
    public @Nullable String authority() {
        return HOST;
    }

    @Override
    public String route() {
        return "/*";
    }

    @Override
    public String correlationId() {
        return "test";
    }

    /** Neither token nor proof. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
