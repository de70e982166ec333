package dev.cardea.it.environment;

import dev.cardea.testkit.TestEncryptionKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The npm package oidc-provider in a Node process, started once per run when a test first asks for it: the one authorization
 * server that is known to sign introspection answers (RFC 9701). Two issuers, of which the second never signs any. The process
 * ends with the run, and with its standard input, so also when this JVM dies.
 *
 * <p>Where there is no {@code node} or no {@code npm} on the path, or the package cannot be installed, its tests are skipped and
 * the run says why.
 */
public final class OidcProvider {
    public static final String CLIENT = "client";
    /** Gets tokens that are bound to the key of a proof, and no others. */
    public static final String BOUND_CLIENT = "bound-client";

    private static final System.Logger LOG = System.getLogger(OidcProvider.class.getName());
    private static final List<String> RESOURCE_SERVERS =
            List.of("rs-signed", "rs-signed-rsa", "rs-encrypted", "rs-default");
    private static final NodePackage PACKAGE = new NodePackage("oidc-provider", "server.js");

    private static final TestEncryptionKey ENCRYPTION_KEY =
            TestEncryptionKey.newEc("answers", "ECDH-ES+A256KW", "P-256");

    private static @Nullable Boolean available;
    private static @Nullable OidcProvider shared;

    private final Process process;
    private final String signing;
    private final String plain;

    private OidcProvider(Process process, String signing, String plain) {
        this.process = process;
        this.signing = signing;
        this.plain = plain;
    }

    /** Whether its tests can run here. Installs the package, and says what is missing. */
    public static synchronized boolean isAvailable() {
        if (available == null) {
            String missing = PACKAGE.missing();
            available = missing == null;
            if (missing != null) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "OidcProviderIT is SKIPPED, so nothing here ran against real signed introspection answers (RFC 9701): "
                                + missing);
            }
        }
        return available;
    }

    public static synchronized OidcProvider shared() {
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

    private static OidcProvider start() {
        String secrets = Stream.concat(RESOURCE_SERVERS.stream(), Stream.of(BOUND_CLIENT))
                .map(client -> ",\"" + client + "\":\"" + secret(client) + "\"")
                .collect(Collectors.joining("", "{\"" + CLIENT + "\":\"" + secret(CLIENT) + "\"", "}"));
        try {
            ProcessBuilder builder = PACKAGE.node("server.js")
                    .redirectError(Server.underTest()
                            .directory()
                            .resolve("oidc-provider.log")
                            .toFile());
            builder.environment()
                    .put("SETTINGS", "{\"encryptionKey\":" + json(ENCRYPTION_KEY) + ",\"secrets\":" + secrets + "}");
            Process process = builder.start();
            String line = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            if (line == null || !line.startsWith("READY ")) {
                process.destroyForcibly();
                throw new IllegalStateException("oidc-provider is not ready but says: " + line);
            }
            String[] issuers = line.split(" ", -1);
            return new OidcProvider(process, issuers[1], issuers[2]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String json(TestEncryptionKey key) {
        return key.publicJwk().entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":\"" + member.getValue() + "\"")
                .collect(Collectors.joining(",", "{", "}"));
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

    /** Of the issuer that signs answers. */
    public String signing() {
        return signing;
    }

    /** Of the issuer that does not. */
    public String plain() {
        return plain;
    }

    /** For what it encrypts to {@code rs-encrypted}. */
    public static TestEncryptionKey encryptionKey() {
        return ENCRYPTION_KEY;
    }

    public static String secret(String client) {
        return client + "-of-oidc-provider-secret";
    }

    /** What a resource server is configured with that knows its tokens by {@code audience}. */
    public static Map<String, String> trusting(String issuer, String client, String audience) {
        return new LinkedHashMap<>(Map.of(
                "cardea.issuer", issuer,
                "cardea.allow-http-issuer", "true",
                "cardea.audience", audience,
                "cardea.introspection.client-id", client,
                "cardea.introspection.client-secret", secret(client)));
    }

    /** A token that a client gets for itself; a JWT if the name of the resource ends so, else an opaque one. */
    public String token(String issuer, String resource, String scope) throws IOException, InterruptedException {
        String form = "grant_type=client_credentials&scope=" + TokenEndpoint.encoded(scope) + "&resource="
                + TokenEndpoint.encoded(resource);
        return TokenEndpoint.text(post(issuer, "/token", form), "access_token");
    }

    public void revoke(String issuer, String token) throws IOException, InterruptedException {
        post(issuer, "/token/revocation", "token=" + TokenEndpoint.encoded(token));
    }

    private static String post(String issuer, String path, String form) throws IOException, InterruptedException {
        return TokenEndpoint.post(URI.create(issuer + path), new Used.Client(CLIENT, secret(CLIENT)), form);
    }
}
