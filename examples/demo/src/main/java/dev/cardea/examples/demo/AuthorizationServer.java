package dev.cardea.examples.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The example authorization server's runnable jar. */
final class AuthorizationServer {
    private AuthorizationServer() {}

    static ServerProcess start(Path jar, Path folder) throws IOException {
        return ServerProcess.java(
                "the authorization server",
                // Ends with our end of its standard input: not even a killed demo leaves it running.
                List.of("-jar", jar.toString(), "--server.port=0", "--exit-on-stdin-eof=true"),
                Map.of(),
                folder.resolve("authorization-server.log"));
    }

    static URI issuer(ServerProcess server) throws IOException, InterruptedException {
        return URI.create(server.awaitLine("READY "));
    }
}
