package dev.cardea.it.environment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;

/**
 * Keycloak made ready: its one-time build, and a database with the realm in it. Both take half a minute, so they stay beside the
 * unpacked distribution, outside {@code target}, under names that change with what they are made of. A run gets a copy.
 */
final class KeycloakInstallation {

    /** What these tests do not use only costs time. No cluster, so nothing listens but the two ports. */
    private static final List<String> BUILD = List.of(
            "build",
            "--db=dev-file",
            "--https-client-auth=request",
            "--features-disabled=account,admin,ciba,device-flow,impersonation,organization,kerberos");

    private static final String REALM = "shop-realm.json";
    private static final String AUGMENTED = "lib/quarkus/generated-bytecode.jar";
    private static final String DATABASE = "data/h2/keycloakdb.mv.db";
    private static final int PREPARATION_MINUTES = 5;

    private final Path unpacked = Settings.path("it.keycloak.home");
    private final Path run = Server.underTest().directory().resolve("keycloak");
    /** Where it and its certificates have their files, empty at first. */
    static Path cleanFolder() {
        return Server.clean(Server.underTest().directory().resolve("keycloak"));
    }

    private final Path watch = run.resolve("ends-with-standard-input.jar");

    /**
     * Starts it on a home of its own. It writes to {@code keycloak.log} beside the server's files.
     *
     * @param tls its own certificate, and the clients' that it knows
     */
    Process start(int port, int tlsPort, KeycloakCertificates tls) throws IOException, InterruptedException {
        ShrinkWrap.create(JavaArchive.class)
                .addClass(EndsWithStandardInput.class)
                .as(ZipExporter.class)
                .exportTo(watch.toFile(), true);
        Path built = once("built-" + digest(bytes(BUILD)), this::build);
        Path realm = once("shop-" + digest(bytes(BUILD), realm()), folder -> importRealm(built, folder));
        Path home = run.resolve("home");
        Server.copy(realm, home);
        return launch(
                built,
                home,
                run.resolve("keycloak.log"),
                List.of(
                        "start",
                        "--optimized",
                        "--cache=local",
                        "--http-enabled=true",
                        "--hostname-strict=false",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port,
                        "--https-port=" + tlsPort,
                        "--https-key-store-file=" + tls.ofServer(),
                        "--https-key-store-password=" + KeycloakCertificates.PASSWORD,
                        "--https-trust-store-file=" + tls.knownClients(),
                        "--https-trust-store-password=" + KeycloakCertificates.PASSWORD,
                        "--https-trust-store-type=PKCS12"));
    }

    private void build(Path folder) throws IOException, InterruptedException {
        Server.copy(unpacked, folder);
        finish(launch(folder, folder, run.resolve("build.log"), BUILD));
        require(folder.resolve(AUGMENTED));
    }

    /** Keycloak reads from its home's copy of this file whether it was built, from the built one what was built. */
    private void importRealm(Path built, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve(AUGMENTED).getParent());
        Files.copy(built.resolve(AUGMENTED), folder.resolve(AUGMENTED));
        Path file = run.resolve(REALM);
        Files.write(file, realm());
        finish(launch(built, folder, run.resolve("import.log"), List.of("import", "--optimized", "--file=" + file)));
        require(folder.resolve(DATABASE));
    }

    private interface Making {
        void into(Path folder) throws IOException, InterruptedException;
    }

    /** Made under another name first: what was interrupted is made again. Locked, as clones may share the folder. */
    private Path once(String name, Making making) throws IOException, InterruptedException {
        Path beside = unpacked.resolveSibling(name);
        try (FileChannel channel = FileChannel.open(
                unpacked.resolveSibling("preparation.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            if (!Files.exists(beside)) {
                Path unfinished = Server.clean(unpacked.resolveSibling("unfinished"));
                making.into(unfinished);
                Files.move(unfinished, beside, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return beside;
    }

    private Process launch(Path built, Path home, Path log, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xmx384m",
                "-XX:MaxMetaspaceSize=256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                // What follows is of bin/kc.sh.
                "-Dfile.encoding=UTF-8",
                "-Duser.language=en",
                "-Duser.country=US"));
        for (String name : List.of("util", "util.concurrent", "security", "lang")) {
            command.add("--add-opens=java.base/java." + name + "=ALL-UNNAMED");
        }
        command.addAll(List.of(
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Djava.util.concurrent.ForkJoinPool.common.threadFactory"
                        + "=io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                "-Dkc.home.dir=" + home,
                "-Djboss.server.config.dir=" + home.resolve("conf"),
                "-cp",
                built.resolve("lib/quarkus-run.jar") + System.getProperty("path.separator") + watch,
                EndsWithStandardInput.class.getName(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint"));
        command.addAll(arguments);
        ProcessBuilder process =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        // It would take them for settings.
        process.environment().keySet().removeIf(name -> name.startsWith("KC_"));
        return process.start();
    }

    private void finish(Process process) throws InterruptedException {
        try {
            if (!process.waitFor(PREPARATION_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException("Keycloak cannot be prepared: see the logs in " + run);
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private void require(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalStateException(file + " was not made: see the logs in " + run);
        }
    }

    private static byte[] realm() throws IOException {
        try (InputStream realm = KeycloakInstallation.class.getResourceAsStream("/keycloak/" + REALM)) {
            return realm.readAllBytes();
        }
    }

    private static byte[] bytes(Object object) {
        return object.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String digest(byte[]... contents) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (byte[] content : contents) {
                sha256.update(content);
            }
            return HexFormat.of().formatHex(sha256.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
