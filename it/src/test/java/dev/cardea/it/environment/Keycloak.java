package dev.cardea.it.environment;

import dev.cardea.testkit.TestClientCertificate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A real Keycloak with the realm of {@code shop-realm.json}, started once per run when a test first asks for it. It ends with
 * the run, and with its standard input, so also when this JVM dies. Each client's secret is its name and {@code -secret}, each
 * user's password the name and {@code -password}.
 */
public final class Keycloak {

    /** The client that stands for the application under test. */
    public static final String API = "orders-api";

    public static final String API_SECRET = secretOf(API);

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static @Nullable Keycloak shared;

    private final Process process;
    private final URI base;
    private final URI tlsBase;
    private final KeycloakCertificates tls;
    private final AtomicInteger priority = new AtomicInteger(100);

    private Keycloak(Process process, int port, int tlsPort, KeycloakCertificates tls) {
        this.process = process;
        this.base = URI.create("http://127.0.0.1:" + port);
        this.tlsBase = URI.create("https://localhost:" + tlsPort);
        this.tls = tls;
    }

    /** What a user's login gives a client. */
    public record Login(String accessToken, String idToken, String refreshToken) {}

    public static synchronized Keycloak shared() {
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

    private static Keycloak start() {
        try {
            List<Integer> ports = Server.freePorts(2);
            int port = ports.get(0);
            int tlsPort = ports.get(1);
            KeycloakCertificates tls = KeycloakCertificates.make(KeycloakInstallation.cleanFolder());
            Keycloak keycloak = new Keycloak(new KeycloakInstallation().start(port, tlsPort, tls), port, tlsPort, tls);
            keycloak.awaitReadiness();
            return keycloak;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void awaitReadiness() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                stop();
                throw new IllegalStateException("Keycloak does not start: see keycloak/keycloak.log in "
                        + Server.underTest().directory());
            }
            Thread.sleep(100);
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            TokenEndpoint.send(HttpRequest.newBuilder(URI.create(issuer() + "/.well-known/openid-configuration")));
            return true;
        } catch (IOException | IllegalStateException e) {
            return false;
        }
    }

    private void stop() {
        try {
            process.getOutputStream().close();
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (IOException e) {
            // It has ended by itself.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }

    public String issuer() {
        return base + "/realms/shop";
    }

    /** What it calls itself where it is asked over TLS; a token of one is inactive to who asks by the other. */
    public String tlsIssuer() {
        return tlsBase + "/realms/shop";
    }

    public KeycloakCertificates certificates() {
        return tls;
    }

    /** By password, because a test has no browser. */
    public Login login(String client, String user, String... scopes) throws IOException, InterruptedException {
        String answer = post(
                client,
                "token",
                "grant_type=password&username=" + user + "&password=" + user + "-password&scope="
                        + TokenEndpoint.encoded("openid " + String.join(" ", scopes)));
        return new Login(
                TokenEndpoint.text(answer, "access_token"),
                TokenEndpoint.text(answer, "id_token"),
                TokenEndpoint.text(answer, "refresh_token"));
    }

    /** A token that a client gets for itself. */
    public String token(String client, String... scopes) throws IOException, InterruptedException {
        String form = "grant_type=client_credentials"
                + (scopes.length == 0 ? "" : "&scope=" + TokenEndpoint.encoded(String.join(" ", scopes)));
        return TokenEndpoint.text(post(client, "token", form), "access_token");
    }

    public URI tokenEndpoint() {
        return URI.create(issuer() + "/protocol/openid-connect/token");
    }

    /** As {@link #token}, of {@link #tlsIssuer}. */
    public String tokenOverTls(String client, String scope) throws IOException, InterruptedException {
        return tokenOverTls(tls.trusting(), client, scope);
    }

    private String tokenOverTls(HttpClient http, String client, String scope) throws IOException, InterruptedException {
        return TokenEndpoint.text(
                TokenEndpoint.post(
                        http,
                        URI.create(tlsIssuer() + "/protocol/openid-connect/token"),
                        new Used.Client(client, secretOf(client)),
                        "grant_type=client_credentials&scope=" + TokenEndpoint.encoded(scope)),
                "access_token");
    }

    /**
     * A client that may introspect every token of the realm.
     *
     * @param how it authenticates: members of its JSON, and of the {@code attributes} in it
     */
    public void addIntrospector(String client, String how, String attributes) throws IOException, InterruptedException {
        add("""
                {"clientId": "%s", "standardFlowEnabled": false, "serviceAccountsEnabled": true, %s, "attributes": {%s,
                 "allow.token.introspection.without.audience.check": "true"}}
                """.formatted(client, how, attributes));
    }

    private void add(String client) throws IOException, InterruptedException {
        TokenEndpoint.send(administration("clients")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(client)));
    }

    /** A client whose tokens Keycloak binds to the certificate with which they are asked for; it may get {@code scope}. */
    public void addBoundClient(String client, String scope) throws IOException, InterruptedException {
        add("""
                {"clientId": "%s", "secret": "%s", "standardFlowEnabled": false, "serviceAccountsEnabled": true,
                 "defaultClientScopes": ["basic", "roles", "profile", "service_account", "orders-audience"],
                 "optionalClientScopes": ["%s"],
                 "attributes": {"tls.client.certificate.bound.access.tokens": "true"}}
                """.formatted(client, secretOf(client), scope));
    }

    /** As {@link #tokenOverTls}, asked for with that certificate. */
    public String tokenOverTls(String client, TestClientCertificate certificate, String scope)
            throws IOException, InterruptedException {
        return tokenOverTls(
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(TlsClients.presenting(certificate))
                        .build(),
                client,
                scope);
    }

    public void logOut(String client, Login login) throws IOException, InterruptedException {
        post(client, "logout", "refresh_token=" + TokenEndpoint.encoded(login.refreshToken()));
    }

    public void revoke(String client, String token) throws IOException, InterruptedException {
        post(client, "revoke", "token=" + TokenEndpoint.encoded(token));
    }

    /** A new RS256 key, which signs from now on beside older ones that still verify; its id. */
    public String addSigningKey() throws IOException, InterruptedException {
        String key = """
                {"name": "rs256-%1$d", "providerId": "rsa-generated", "providerType": "org.keycloak.keys.KeyProvider",
                 "config": {"priority": ["%1$d"], "algorithm": ["RS256"]}}
                """.formatted(priority.incrementAndGet());
        String location = TokenEndpoint.send(administration("components")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(key)))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        return location.substring(location.lastIndexOf('/') + 1);
    }

    public void removeSigningKey(String id) throws IOException, InterruptedException {
        TokenEndpoint.send(administration("components/" + id).DELETE());
    }

    private HttpRequest.Builder administration(String path) throws IOException, InterruptedException {
        return HttpRequest.newBuilder(base.resolve("/admin/realms/shop/" + path))
                .header("Authorization", "Bearer " + token("operator"));
    }

    private String post(String client, String endpoint, String form) throws IOException, InterruptedException {
        return TokenEndpoint.post(
                URI.create(issuer() + "/protocol/openid-connect/" + endpoint),
                new Used.Client(client, secretOf(client)),
                form);
    }

    private static String secretOf(String client) {
        return client + "-secret";
    }
}
