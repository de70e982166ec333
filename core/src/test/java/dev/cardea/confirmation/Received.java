package dev.cardea.confirmation;

import dev.cardea.request.ReceivedRequest;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request as a container would describe it, for tests: {@code GET https://api.example.com/orders} unless said otherwise. */
public record Received(
        String method,
        boolean isSecure,
        @Nullable String peer,
        @Nullable String authority,
        String requestPath,
        String contextPath,
        Map<String, List<String>> fields,
        List<X509Certificate> clientCertificates)
        implements ReceivedRequest {

    public static Received plain() {
        return new Received("GET", true, "198.51.100.7", "api.example.com", "/orders", "", Map.of(), List.of());
    }

    public Received with(String field, String... values) {
        Map<String, List<String>> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(fields);
        more.put(field, List.of(values));
        return new Received(method, isSecure, peer, authority, requestPath, contextPath, more, clientCertificates);
    }

    @Override
    public List<String> headers(String name) {
        return fields.getOrDefault(name, List.of());
    }
}
