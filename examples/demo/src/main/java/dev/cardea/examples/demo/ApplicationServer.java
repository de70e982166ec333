package dev.cardea.examples.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** An unpacked application server, started from a private copy of its configuration so that it stays as it was. */
interface ApplicationServer {

    /** @throws IllegalArgumentException if there is no server of that name, or none in that folder */
    static ApplicationServer named(String name, Path home) {
        ApplicationServer server =
                switch (name) {
                    case "wildfly" -> new WildFly(home);
                    case "liberty" -> new OpenLiberty(home);
                    default ->
                        throw new IllegalArgumentException(
                                "cardea.demo.server is \"" + name + "\"; it can be wildfly or liberty");
                };
        if (!Files.isDirectory(home)) {
            throw new IllegalArgumentException("There is no " + server.title() + " in " + home + ". Delete "
                    + home.getParent() + " to have it unpacked again.");
        }
        return server;
    }

    String title();

    /** What its log says when the application could not be deployed, though the server itself goes on. */
    String signOfFailure();

    /**
     * @param folder for the configuration, the deployment and the logs
     * @param port for HTTP, on the loopback interface
     * @param settings options of the JVM
     */
    ServerProcess start(Path war, Path folder, int port, List<String> settings) throws IOException;

    /** An empty folder: what an earlier demo left there would be deployed again. */
    static Path emptied(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> tree = Files.walk(folder)) {
                for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
        return Files.createDirectories(folder);
    }
}
