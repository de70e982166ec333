package dev.cardea.benchmarks;

import dev.cardea.CorrelationId;
import dev.cardea.ProtectedRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request over TLS as an adapter hands it over: with a correlation id that is made for it. */
final class GetRequest implements ProtectedRequest {
    /** What a client calls it. */
    static final String URI = "https://api.example.com/api/orders";

    private static final List<String> HOST = List.of("api.example.com");

    private final List<String> authorization;
    private final List<String> proof;
    private @Nullable String correlationId;

    GetRequest(String authorization) {
        this.authorization = List.of(authorization);
        this.proof = List.of();
    }

    GetRequest(String authorization, String proof) {
        this.authorization = List.of(authorization);
        this.proof = List.of(proof);
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public List<String> headers(String name) {
        return switch (name) {
            case "Authorization" -> authorization;
            case "DPoP" -> proof;
            case "Host" -> HOST;
            default -> List.of();
        };
    }

    @Override
    public @Nullable String query() {
        return null;
    }

    @Override
    public String path() {
        return "/api/orders";
    }

    @Override
    public String authority() {
        return "api.example.com";
    }

    @Override
    public boolean isSecure() {
        return true;
    }

    @Override
    public String remoteAddress() {
        return "198.51.100.7";
    }

    @Override
    public String route() {
        return "/api/*";
    }

    @Override
    public String correlationId() {
        String known = correlationId;
        if (known == null) {
            known = CorrelationId.of(this);
            correlationId = known;
        }
        return known;
    }
}
