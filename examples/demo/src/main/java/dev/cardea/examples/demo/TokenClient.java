package dev.cardea.examples.demo;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a client asks of the authorization server: tokens, and that a token be revoked. */
final class TokenClient {
    /** Two members of an answer that we know the maker of; a client of the wide world reads JSON with a parser. */
    private static final Pattern ACCESS_TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"\\\\]+)\"");

    private static final Pattern EXPIRES_IN = Pattern.compile("\"expires_in\"\\s*:\\s*(\\d{1,9})");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI issuer;
    private final Clock clock;

    TokenClient(URI issuer, Clock clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    /** @param scope scopes separated by spaces */
    AccessToken token(String client, String scope) throws IOException, InterruptedException {
        return token(client, scope, null);
    }

    /** @param key the key that the token is to be bound to, or null for a bearer token */
    AccessToken token(String client, String scope, @Nullable ProofKey key) throws IOException, InterruptedException {
        String path = "/oauth2/token";
        String proof = key == null ? null : key.proof("POST", issuer + path, null);
        String body = post(path, client, "grant_type=client_credentials&scope=" + encoded(scope), proof);
        long expiresIn = Long.parseLong(member(EXPIRES_IN, body));
        // One second more than said: the token's own "exp" is in whole seconds, and counted from before we received it.
        return new AccessToken(
                client, member(ACCESS_TOKEN, body), clock.instant().plusSeconds(expiresIn + 1));
    }

    /** RFC 7009: the client that owns the token asks. */
    void revoke(AccessToken token) throws IOException, InterruptedException {
        post("/oauth2/revoke", token.client(), "token=" + encoded(token.value()), null);
    }

    private String post(String path, String client, String form, @Nullable String proof)
            throws IOException, InterruptedException {
        String pair = client + ":" + client + "-secret";
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(issuer + path))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(form));
        if (proof != null) {
            request.header("DPoP", proof);
        }
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(
                    "The authorization server answered " + path + " of " + client + " with " + response.statusCode());
        }
        return response.body();
    }

    private static String member(Pattern pattern, String json) throws IOException {
        Matcher matcher = pattern.matcher(json);
        if (!matcher.find()) {
            throw new IOException("The authorization server's answer has no " + pattern);
        }
        return matcher.group(1);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
