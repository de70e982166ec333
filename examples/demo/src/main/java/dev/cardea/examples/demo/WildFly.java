package dev.cardea.examples.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** WildFly with its standard {@code standalone.xml}. */
record WildFly(Path home) implements ApplicationServer {
    /** What {@code bin/standalone.sh} passes on every JDK from 9. Without the script there is one process to stop, not two. */
    private static final List<String> MODULE_OPTIONS = List.of(
            "--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldaps=ALL-UNNAMED",
            "--add-exports=jdk.naming.dns/com.sun.jndi.dns=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.management/javax.management=ALL-UNNAMED",
            "--add-opens=java.naming/javax.naming=ALL-UNNAMED");

    @Override
    public String title() {
        return "WildFly";
    }

    /** Started with errors. */
    @Override
    public String signOfFailure() {
        return "WFLYSRV0026";
    }

    @Override
    public ServerProcess start(Path war, Path folder, int port, List<String> settings) throws IOException {
        Path base = ApplicationServer.emptied(folder.resolve("wildfly"));
        Path configuration = Files.createDirectories(base.resolve("configuration"));
        try (Stream<Path> files = Files.list(home.resolve("standalone/configuration"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, configuration.resolve(file.getFileName()));
            }
        }
        Files.copy(war, Files.createDirectories(base.resolve("deployments")).resolve("orders.war"));

        List<String> options =
                new ArrayList<>(List.of("-Xmx512m", "-Djava.awt.headless=true", "-Dorg.jboss.logmanager.nocolor=true"));
        options.addAll(MODULE_OPTIONS);
        options.add("-Dorg.jboss.boot.log.file=" + base.resolve("log/server.log"));
        options.add("-Dlogging.configuration="
                + configuration.resolve("logging.properties").toUri());
        options.addAll(settings);
        options.addAll(List.of("-jar", home.resolve("jboss-modules.jar").toString()));
        options.addAll(List.of("-mp", home.resolve("modules").toString(), "org.jboss.as.standalone"));
        options.add("-Djboss.home.dir=" + home);
        options.add("-Djboss.server.base.dir=" + base);
        options.addAll(List.of("-Djboss.bind.address=127.0.0.1", "-Djboss.bind.address.management=127.0.0.1"));
        options.add("-Djboss.http.port=" + port);
        options.add("-Djboss.https.port=" + Ports.free());
        options.add("-Djboss.management.http.port=" + Ports.free());
        return ServerProcess.java(title(), options, Map.of(), folder.resolve("wildfly.log"));
    }
}
