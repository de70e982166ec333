package dev.cardea.examples.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The whole demo: an authorization server, an application server with the orders API in it, a scripted client, a table.
 *
 * <p>Exit status 0 if every answer was as expected, 1 if one was not, 2 if a server did not start. Nothing is left
 * running, however it ends.
 */
public final class Demo {
    private final ApplicationServer applicationServer;
    private final Path war;
    private final Path authorizationServerJar;
    private final Path folder;
    private final PrintStream out;

    private Demo(
            ApplicationServer applicationServer, Path war, Path authorizationServerJar, Path folder, PrintStream out) {
        this.applicationServer = applicationServer;
        this.war = war;
        this.authorizationServerJar = authorizationServerJar;
        this.folder = folder;
        this.out = out;
    }

    /**
     * @param args {@code wildfly} or {@code liberty}, its unpacked folder, the WAR, the authorization server's jar, a folder
     *     to write into, and {@code true} to keep the servers up after the script
     */
    public static void main(String[] args) throws InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int status;
        try {
            Demo demo = new Demo(
                    ApplicationServer.named(args[0], Path.of(args[1])),
                    Path.of(args[2]).normalize(),
                    Path.of(args[3]).normalize(),
                    Path.of(args[4]),
                    out);
            status = demo.run(Boolean.parseBoolean(args[5])) ? 0 : 1;
        } catch (IOException | IllegalArgumentException e) {
            out.println();
            out.println("The demo stopped: " + e.getMessage());
            status = 2;
        }
        if (status != 0) {
            // Not an exception: Maven would bury the table under its report of it.
            System.exit(status);
        }
    }

    private boolean run(boolean keep) throws IOException, InterruptedException {
        try (ServerProcess authorization = AuthorizationServer.start(authorizationServerJar, folder)) {
            URI issuer = AuthorizationServer.issuer(authorization);
            out.println("Authorization server at " + issuer + " (Spring Authorization Server)");

            int port = Ports.free();
            try (ServerProcess application = applicationServer.start(war, folder, port, settings(issuer))) {
                URI api = URI.create("http://127.0.0.1:" + port + "/orders");
                application.awaitAnswer(URI.create(api + "/public/info"), applicationServer.signOfFailure());
                out.println("Orders API at           " + api + " (" + applicationServer.title() + ", started in "
                        + application.age().toMillis() / 100 / 10.0 + " s)");
                out.println();

                boolean asExpected = play(issuer, api);
                if (!asExpected) {
                    out.println(application.lastWords());
                }
                if (keep) {
                    out.println(CurlLines.of(issuer, api));
                    awaitEnter();
                }
                return asExpected;
            }
        }
    }

    /** What the demo adds to the WAR's own configuration, in the way an operator would. */
    private static List<String> settings(URI issuer) {
        return List.of(
                "-Dcardea.issuer=" + issuer,
                // Short, so that nobody waits half a minute to see a token expire, or a cache entry become too old.
                "-Dcardea.jwt.clock-skew=0s",
                "-Dcardea.introspection.cache.ttl=" + Script.CACHE_TTL.toSeconds() + "s");
    }

    private boolean play(URI issuer, URI api) throws IOException, InterruptedException {
        Clock clock = Clock.systemUTC();
        List<Row> rows = new ArrayList<>();
        out.print(Table.header());
        new Script(new TokenClient(issuer, clock), new ApiClient(api), clock, row -> {
                    rows.add(row);
                    out.print(Table.row(row));
                })
                .play(issuer);
        long unexpected = rows.stream().filter(row -> !row.asExpected()).count();
        out.println(
                unexpected == 0
                        ? "All " + rows.size() + " answers are as expected."
                        : unexpected + " of " + rows.size() + " answers are UNEXPECTED.");
        return unexpected == 0;
    }

    /** Until somebody presses Enter; where there is no terminal, until the process is told to end. */
    private void awaitEnter() throws IOException, InterruptedException {
        out.println("Both servers stay up. Enter or Ctrl-C stops them.");
        int read;
        do {
            read = System.in.read();
        } while (read != '\n' && read != -1);
        if (read == -1) {
            new CountDownLatch(1).await();
        }
    }
}
