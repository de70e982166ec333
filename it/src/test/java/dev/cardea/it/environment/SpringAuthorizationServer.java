package dev.cardea.it.environment;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Spring Authorization Server in a process of its own, started once per run when a test first asks for it. It ends with the
 * run, and with its standard input, so also when this JVM dies.
 */
public final class SpringAuthorizationServer {

    public static final String AUDIENCE = "https://orders.example";

    private static final String REDIRECT = "http://127.0.0.1/callback";

    private static @Nullable SpringAuthorizationServer shared;

    private final Process process;
    private final String issuer;

    private SpringAuthorizationServer(Process process, String issuer) {
        this.process = process;
        this.issuer = issuer;
    }

    public static synchronized SpringAuthorizationServer shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    static synchronized void stopShared() {
        if (shared != null) {
            shared.stop();
            shared = null;
        }
    }

    private static SpringAuthorizationServer start() {
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-XX:TieredStopAtLevel=1",
                            "-jar",
                            Settings.path("it.authorization-server").toString(),
                            "--server.port=0",
                            "--exit-on-stdin-eof=true",
                            "--cardea.audience=" + AUDIENCE)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String line = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            if (line == null || !line.startsWith("READY ")) {
                process.destroyForcibly();
                throw new IllegalStateException("the authorization server is not ready but says: " + line);
            }
            return new SpringAuthorizationServer(process, line.substring("READY ".length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stop() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    public String issuer() {
        return issuer;
    }

    public URI introspectionEndpoint() {
        return URI.create(issuer + "/oauth2/introspect");
    }

    /** A token that one of the example's clients gets for itself; without scopes, one without scope. */
    public String token(String client, String... scopes) throws IOException, InterruptedException {
        String form = "grant_type=client_credentials"
                + (scopes.length == 0 ? "" : "&scope=" + TokenEndpoint.encoded(String.join(" ", scopes)));
        return TokenEndpoint.text(post(client, "/oauth2/token", form), "access_token");
    }

    /** As {@link #token}, bound to the proof's key; the proof is for {@link #tokenEndpoint()}. */
    public String boundToken(String client, String proof, String... scopes) throws IOException, InterruptedException {
        String form = "grant_type=client_credentials&scope=" + TokenEndpoint.encoded(String.join(" ", scopes));
        String answer = TokenEndpoint.post(tokenEndpoint(), new Used.Client(client, client + "-secret"), form, proof);
        if (!TokenEndpoint.text(answer, "token_type").equals("DPoP")) {
            throw new IllegalStateException("the token is not bound");
        }
        return TokenEndpoint.text(answer, "access_token");
    }

    public URI tokenEndpoint() {
        return URI.create(issuer + "/oauth2/token");
    }

    /**
     * What a login of the user {@code alice} gives the client {@code web}, whose tokens are what the product writes by itself.
     */
    public Keycloak.Login login(String... scopes) throws IOException, InterruptedException {
        String redirect = TokenEndpoint.encoded(REDIRECT);
        String location = TokenEndpoint.redirect(
                URI.create(issuer + "/oauth2/authorize?response_type=code&client_id=web&redirect_uri=" + redirect
                        + "&scope=" + TokenEndpoint.encoded(String.join(" ", scopes))),
                new Used.Client("alice", "alice-secret"));
        Matcher code = Pattern.compile("[?&]code=([^&]+)").matcher(location);
        if (!code.find()) {
            throw new IllegalStateException("no code in " + location);
        }
        String answer = post(
                "web",
                "/oauth2/token",
                "grant_type=authorization_code&redirect_uri=" + redirect + "&code=" + code.group(1));
        return new Keycloak.Login(
                TokenEndpoint.text(answer, "access_token"),
                TokenEndpoint.text(answer, "id_token"),
                TokenEndpoint.text(answer, "refresh_token"));
    }

    public void revoke(String client, String token) throws IOException, InterruptedException {
        post(client, "/oauth2/revoke", "token=" + TokenEndpoint.encoded(token));
    }

    private String post(String client, String path, String form) throws IOException, InterruptedException {
        return TokenEndpoint.post(URI.create(issuer + path), new Used.Client(client, client + "-secret"), form);
    }
}
