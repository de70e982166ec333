package dev.cardea.examples.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Sends requests to the orders API. */
final class ApiClient {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI api;

    ApiClient(URI api) {
        this.api = api;
    }

    /**
     * @param authorization the header field's value, or null for none
     * @param json the body of a POST, or null for a GET
     */
    Answer send(String path, @Nullable String authorization, @Nullable String json)
            throws IOException, InterruptedException {
        return send(path, authorization, null, json);
    }

    /** The address of a path, as a proof names it. */
    String uri(String path) {
        return api + path;
    }

    /** @param proof the {@code DPoP} field's value, or null for none */
    Answer send(String path, @Nullable String authorization, @Nullable String proof, @Nullable String json)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(api + path)).timeout(Duration.ofSeconds(20));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (proof != null) {
            request.header("DPoP", proof);
        }
        if (json != null) {
            request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(json));
        }
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                String.join(", ", response.headers().allValues("WWW-Authenticate")),
                response.headers().firstValue("Location").orElse(""),
                response.body());
    }
}
