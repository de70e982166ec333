package dev.cardea.examples.authorizationserver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

/** The packaged jar, started as the demo and the integration tests start it. */
final class ServerProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private String issuer = "";

    private ServerProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Standard error joins standard output, so that a test for silence hears both. */
    static ServerProcess launch(String... args) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-jar"));
        command.add(Objects.requireNonNull(System.getProperty("authorization-server.jar")));
        command.addAll(List.of(args));
        return new ServerProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    static ServerProcess start(String... args) throws Exception {
        var server = launch(args);
        try {
            var line = server.nextLine();
            if (line == null || !line.startsWith("READY ")) {
                throw new IllegalStateException("Not ready but: " + line + " " + server.remainingOutput());
            }
            server.issuer = line.substring("READY ".length());
            return server;
        } catch (Exception e) {
            server.close();
            throw e;
        }
    }

    String issuer() {
        return issuer;
    }

    /** By its handle, because {@link Process#destroy} also closes the stream that would tell its last words. */
    void terminate() {
        process.toHandle().destroy();
    }

    void closeStandardInput() throws IOException {
        process.getOutputStream().close();
    }

    String remainingOutput() {
        return output.lines().collect(Collectors.joining("\n"));
    }

    int exitStatus() throws InterruptedException {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new AssertionError("Still running after 20 s");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    record Answer(int status, String body, HttpResponse<String> response) {

        Map<String, Object> json() {
            try {
                return JsonUtil.parseJson(body);
            } catch (JoseException e) {
                throw new AssertionError("Not JSON: " + body, e);
            }
        }
    }

    Answer get(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(issuer + path)).GET());
    }

    Answer post(String path, Map<String, String> form) throws Exception {
        return send(posting(path, form));
    }

    Answer post(String client, String secret, String path, Map<String, String> form) throws Exception {
        var pair = (client + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return send(posting(path, form)
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair)));
    }

    /** An access token of the client, whose secret is its name followed by {@code -secret}. */
    String token(String client, String scope) throws Exception {
        var answer = post(
                client,
                client + "-secret",
                "/oauth2/token",
                Map.of("grant_type", "client_credentials", "scope", scope));
        if (answer.status() != 200) {
            throw new AssertionError(answer.status() + " " + answer.body());
        }
        return (String) answer.json().get("access_token");
    }

    Map<String, Object> introspect(String token) throws Exception {
        var answer = post("orders-api", "orders-api-secret", "/oauth2/introspect", Map.of("token", token));
        if (answer.status() != 200) {
            throw new AssertionError(answer.status() + " " + answer.body());
        }
        return answer.json();
    }

    private HttpRequest.Builder posting(String path, Map<String, String> form) {
        var body = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(URI.create(issuer + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private Answer send(HttpRequest.Builder request) throws Exception {
        var response = http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .get(10, TimeUnit.SECONDS);
        return new Answer(response.statusCode(), response.body(), response);
    }

    private String nextLine() throws Exception {
        return CompletableFuture.supplyAsync(() -> {
                    try {
                        return output.readLine();
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .get(60, TimeUnit.SECONDS);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
