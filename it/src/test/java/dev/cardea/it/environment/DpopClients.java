package dev.cardea.it.environment;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The npm packages openid-client, oauth4webapi and dpop, in a Node process that ends by itself. Where there is no {@code node}
 * or no {@code npm} on the path, or they, or the authorization server beside them, cannot be installed, their tests are skipped and the run says why.
 */
public final class DpopClients {

    private static final System.Logger LOG = System.getLogger(DpopClients.class.getName());
    private static final NodePackage PACKAGE = new NodePackage("dpop-clients", "clients.js");
    private static final int PATIENCE_MINUTES = 2;

    private static @Nullable Boolean available;

    private DpopClients() {}

    /** Whether they can run here. Installs them, and says what is missing. */
    public static synchronized boolean isAvailable() {
        if (available == null) {
            String missing = PACKAGE.missing();
            available = missing == null;
            if (missing != null) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "DpopClientsIT is SKIPPED, so no client that others wrote for Node called an API here: "
                                + missing);
            }
        }
        return available && OidcProvider.isAvailable();
    }

    /**
     * @param resource what the token is asked for, or an empty string
     * @param api where a nonce is not needed
     * @param nonceApi where it is
     * @param seconds how long they call while nonces are replaced
     */
    public record Settings(
            String issuer,
            String client,
            String secret,
            String resource,
            String algorithm,
            URI api,
            URI nonceApi,
            int seconds) {

        private String json() {
            return """
                    {"issuer": "%s", "id": "%s", "secret": "%s", "scope": "orders:read orders:write", "resource": "%s",
                     "algorithm": "%s", "api": "%s", "nonceApi": "%s", "seconds": %d}
                    """.formatted(issuer, client, secret, resource, algorithm, api, nonceApi, seconds);
        }

        /** Not the secret. */
        @Override
        public String toString() {
            return client + " " + resource + " " + algorithm;
        }
    }

    /** One line for each thing that they tried. */
    public static List<String> run(Settings settings) throws IOException, InterruptedException {
        Used.client(settings.client(), settings.secret());
        ProcessBuilder builder = PACKAGE.node("clients.js")
                .redirectError(Server.underTest()
                        .directory()
                        .resolve("dpop-clients.log")
                        .toFile());
        builder.environment().put("SETTINGS", settings.json());
        Process process = builder.start();
        try {
            List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException("the clients ended badly, see dpop-clients.log; before: " + lines);
            }
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }
}
