package dev.cardea.it.environment;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How tests talk to a real authorization server, whose refusals are theirs to repair. */
final class TokenEndpoint {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private TokenEndpoint() {}

    /** As a client. What it authenticates with is remembered, to be looked for in the servers' logs. */
    static String post(URI uri, Used.Client client, String form) throws IOException, InterruptedException {
        return post(HTTP, uri, client, form);
    }

    static String post(HttpClient http, URI uri, Used.Client client, String form)
            throws IOException, InterruptedException {
        return send(http, form(uri, client, form)).body();
    }

    /** As a client that wants its token bound to the proof's key. */
    static String post(URI uri, Used.Client client, String form, String proof)
            throws IOException, InterruptedException {
        return send(HTTP, form(uri, client, form).header("DPoP", proof)).body();
    }

    private static HttpRequest.Builder form(URI uri, Used.Client client, String form) {
        Used.client(client.id(), client.secret());
        return HttpRequest.newBuilder(uri)
                .header("Authorization", "Basic " + client.basic())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
    }

    /** Where a user who authenticates with his name and password is sent back to. */
    static String redirect(URI uri, Used.Client user) throws IOException, InterruptedException {
        Used.client(user.id(), user.secret());
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(uri)
                        .header("Authorization", "Basic " + user.basic())
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return answer.headers()
                .firstValue("Location")
                .orElseThrow(() -> new IllegalStateException(uri.getPath() + ": " + answer.statusCode()));
    }

    static HttpResponse<String> send(HttpRequest.Builder builder) throws IOException, InterruptedException {
        return send(HTTP, builder);
    }

    private static HttpResponse<String> send(HttpClient http, HttpRequest.Builder builder)
            throws IOException, InterruptedException {
        HttpRequest request = builder.timeout(Duration.ofSeconds(30)).build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(request.method() + " " + request.uri() + ": " + answer.statusCode() + " "
                    + answer.body().lines().collect(Collectors.joining(" ")));
        }
        return answer;
    }

    /** A member of a JSON answer, where it is a text without escapes. */
    static String text(String json, String name) {
        Matcher member =
                Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"\\\\]+)\"").matcher(json);
        if (!member.find()) {
            throw new IllegalStateException("an answer without " + name);
        }
        return member.group(1);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
