package dev.cardea.it.environment;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;

/**
 * Open Liberty as an authorization server ({@code openidConnectServer-1.0}): opaque tokens, and introspection answers without
 * {@code aud}. A second server from the same installation, whichever is under test. It ends with its standard input, so also
 * when this JVM dies.
 */
public final class LibertyAuthorizationServer implements AutoCloseable {

    /** The server's name, by which its process is told from the one under test. */
    static final String NAME = "cardeaAuthorizes";

    public static final String API = "orders-api";
    public static final String API_SECRET = "orders-api-secret-at-liberty";

    private static final String CLIENT = "batch";
    private static final String CLIENT_SECRET = "batch-secret-at-liberty";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final String issuer;

    private LibertyAuthorizationServer(Process process, String issuer) {
        this.process = process;
        this.issuer = issuer;
    }

    /** Takes about ten seconds. */
    public static LibertyAuthorizationServer start() {
        try {
            int port = Server.freePorts(1).get(0);
            Path folder = Server.clean(Server.underTest().directory().resolve("liberty-authorizes"));
            Path server = Files.createDirectories(folder.resolve("servers").resolve(NAME));
            Files.writeString(server.resolve("server.xml"), configuration(port));
            LibertyAuthorizationServer started =
                    new LibertyAuthorizationServer(launch(folder), "http://127.0.0.1:" + port + "/oidc/endpoint/OP");
            started.awaitReadiness(folder);
            return started;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String configuration(int port) {
        return """
                <server>
                  <featureManager>
                    <feature>openidConnectServer-1.0</feature>
                    <feature>servlet-6.0</feature>
                  </featureManager>
                  <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1"/>
                  <keyStore id="defaultKeyStore" password="of-no-secret"/>
                  <basicRegistry realm="nobody"/>
                  <openidConnectProvider id="OP" oauthProviderRef="OAuth"/>
                  <oauthProvider id="OAuth" httpsRequired="false">
                    <grantType>client_credentials</grantType>
                    <localStore>
                      <client name="%s" secret="%s" introspectTokens="true" enabled="true"/>
                      <client name="%s" secret="%s" scope="orders:read orders:write"
                              preAuthorizedScope="orders:read orders:write" enabled="true"/>
                    </localStore>
                  </oauthProvider>
                </server>
                """.formatted(port, API, API_SECRET, CLIENT, CLIENT_SECRET);
    }

    private static Process launch(Path folder) throws IOException {
        Path watch = folder.resolve("ends-with-standard-input.jar");
        ShrinkWrap.create(JavaArchive.class)
                .addClass(EndsWithStandardInput.class)
                .as(ZipExporter.class)
                .exportTo(watch.toFile(), true);
        Path tools = Settings.path("it.liberty.home").resolve("bin/tools");
        ProcessBuilder process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-javaagent:" + tools.resolve("ws-javaagent.jar"),
                        "-cp",
                        tools.resolve("ws-server.jar") + System.getProperty("path.separator") + watch,
                        EndsWithStandardInput.class.getName(),
                        "com.ibm.ws.kernel.boot.cmdline.EnvCheck",
                        NAME)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("console.log").toFile());
        process.environment().put("WLP_USER_DIR", folder.toString());
        process.environment().put("WLP_OUTPUT_DIR", folder.resolve("servers").toString());
        return process.start();
    }

    private void awaitReadiness(Path folder) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new IllegalStateException("Open Liberty does not start: see console.log in " + folder);
            }
            Thread.sleep(100);
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            TokenEndpoint.send(HttpRequest.newBuilder(URI.create(issuer + "/.well-known/openid-configuration")));
            return true;
        } catch (IOException | IllegalStateException e) {
            return false;
        }
    }

    public String issuer() {
        return issuer;
    }

    /** A token that a client gets for itself. */
    public String token(String... scopes) throws IOException, InterruptedException {
        String form = "grant_type=client_credentials&scope=" + TokenEndpoint.encoded(String.join(" ", List.of(scopes)));
        return TokenEndpoint.text(
                TokenEndpoint.post(URI.create(issuer + "/token"), new Used.Client(CLIENT, CLIENT_SECRET), form),
                "access_token");
    }

    @Override
    public void close() {
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
}
