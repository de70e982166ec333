package dev.cardea.examples.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Open Liberty with the web profile and MicroProfile Config. */
record OpenLiberty(Path home) implements ApplicationServer {
    private static final String SERVER = "orders";

    @Override
    public String title() {
        return "Open Liberty";
    }

    /** An application did not start. */
    @Override
    public String signOfFailure() {
        return "CWWKZ0002E";
    }

    @Override
    public ServerProcess start(Path war, Path folder, int port, List<String> settings) throws IOException {
        Path user = ApplicationServer.emptied(folder.resolve("liberty"));
        Path server = Files.createDirectories(user.resolve("servers").resolve(SERVER));
        try (InputStream xml = Objects.requireNonNull(OpenLiberty.class.getResourceAsStream("/server.xml"))) {
            Files.copy(xml, server.resolve("server.xml"));
        }
        Files.writeString(server.resolve("bootstrap.properties"), "demo.http.port=" + port + "\n");
        Files.copy(war, Files.createDirectories(server.resolve("dropins")).resolve("orders.war"));

        // As bin/server does it. Without the script there is one process to stop, not two.
        List<String> options = new ArrayList<>(List.of("-Xmx512m"));
        options.add("@" + home.resolve("lib/platform/java").resolve(moduleOptions()));
        options.add("-javaagent:" + home.resolve("bin/tools/ws-javaagent.jar"));
        options.addAll(settings);
        options.addAll(List.of("-jar", home.resolve("bin/tools/ws-server.jar").toString(), SERVER));
        return ServerProcess.java(
                title(), options, Map.of("WLP_USER_DIR", user.toString()), folder.resolve("liberty.log"));
    }

    private static String moduleOptions() {
        return Runtime.version().feature() >= 24 ? "java24.options" : "java9.options";
    }
}
