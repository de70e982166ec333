package dev.cardea.it.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** The servers, and where each keeps its files: below {@code it.directory}, so that the unpacked installation stays clean. */
public enum Server {
    WILDFLY {
        @Override
        void prepare() {
            Path base = clean(directory());
            copy(Settings.path("it.server.home").resolve("standalone/configuration"), base.resolve("configuration"));
            createDirectories(base.resolve("deployments"));
            Path standalone = base.resolve("configuration/standalone.xml");
            String configuration = read(standalone);
            configuration = replace(
                    configuration,
                    "<root-logger>",
                    "<logger category=\"dev.cardea\"><level name=\"TRACE\"/></logger><root-logger>");
            write(standalone, askingForClientCertificates(configuration));
            List<Integer> ports = freePorts(3);
            publishPorts(ports.get(0), ports.get(2));
            System.setProperty("it.management.port", ports.get(1).toString());
            System.setProperty(
                    "it.wildfly.arguments",
                    "-Xmx512m -XX:SoftRefLRUPolicyMSPerMB=0 -Djboss.server.base.dir=" + base
                            + " -Djboss.bind.address=127.0.0.1"
                            + " -Djboss.bind.address.management=127.0.0.1 -Djboss.http.port=" + ports.get(0)
                            + " -Djboss.management.http.port=" + ports.get(1) + " -Djboss.https.port=" + ports.get(2));
        }

        private String askingForClientCertificates(String configuration) {
            String stores = replace(configuration, "<key-store name=\"applicationKS\">", """
                    <key-store name="clientsTS">
                        <credential-reference clear-text="%s"/>
                        <implementation type="PKCS12"/>
                        <file path="%s"/>
                    </key-store>
                    <key-store name="applicationKS">""".formatted(
                            TlsClients.password(), TlsClients.trustStore()));
            String managers = replace(
                    stores,
                    "<server-ssl-contexts>",
                    "<trust-managers><trust-manager name=\"clientsTM\" key-store=\"clientsTS\"/></trust-managers>"
                            + "<server-ssl-contexts>");
            return replace(
                    managers,
                    "<server-ssl-context name=\"applicationSSC\"",
                    "<server-ssl-context name=\"applicationSSC\" want-client-auth=\"true\" trust-manager=\"clientsTM\"");
        }

        @Override
        public Path log() {
            return directory().resolve("log/server.log");
        }

        @Override
        Path logs() {
            return directory().resolve("log");
        }
    },

    LIBERTY {
        @Override
        void prepare() {
            Path usr = clean(directory());
            List<Integer> ports = freePorts(2);
            publishPorts(ports.get(0), ports.get(1));
            System.setProperty("it.liberty.usr", usr.toString());
            Path server = usr.resolve("servers/cardeaIT");
            createDirectories(server);
            write(server.resolve("server.xml"), """
                    <server>
                      <featureManager>
                        <feature>webProfile-10.0</feature>
                        <feature>mpConfig-3.1</feature>
                        <feature>localConnector-1.0</feature>
                        <feature>transportSecurity-1.0</feature>
                      </featureManager>
                      <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="%d">
                        <sslOptions sslRef="askingClients"/>
                      </httpEndpoint>
                      <keyStore id="defaultKeyStore" password="of-no-secret"/>
                      <keyStore id="clients" location="%s" type="PKCS12" password="%s"/>
                      <ssl id="askingClients" keyStoreRef="defaultKeyStore" trustStoreRef="clients"
                           clientAuthenticationSupported="true"/>
                      <applicationMonitor updateTrigger="mbean"/>
                      <logging traceSpecification="*=info:dev.cardea.*=all" maxFileSize="0"/>
                    </server>
                    """.formatted(
                            ports.get(0), ports.get(1), TlsClients.trustStore(), TlsClients.password()));
            write(server.resolve("jvm.options"), "-Xmx512m\n-XX:SoftRefLRUPolicyMSPerMB=0\n");
        }

        @Override
        public Path log() {
            return logs().resolve("messages.log");
        }

        @Override
        Path logs() {
            return directory().resolve("servers/cardeaIT/logs");
        }
    };

    private static final int FIRST_PORT = 20_000;
    private static final int END_OF_PORTS = 32_000;

    /** The one that this JVM's tests run on. */
    public static Server underTest() {
        return valueOf(Settings.get("arquillian.launch").toUpperCase(Locale.ROOT));
    }

    /** Makes the server's files and publishes their places and ports as system properties. */
    abstract void prepare();

    /** Where warnings and errors stand. */
    public abstract Path log();

    abstract Path logs();

    /** Every file that the server logged to. */
    public List<Path> logFiles() {
        try (Stream<Path> files = Files.walk(logs())) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Undertow hands every run of white space in a field to applications as one space, so a tab is nobody's to refuse. */
    public boolean turnsTabsIntoSpaces() {
        return this == WILDFLY;
    }

    public Path directory() {
        return Settings.path("it.directory").resolve(name().toLowerCase(Locale.ROOT));
    }

    /** Where the application of this name is, on the server under test. */
    public static URI application(String name) {
        return URI.create("http://127.0.0.1:" + Settings.get("it.http.port") + "/" + name + "/");
    }

    /** The same over TLS, with a certificate that the server has made itself; it asks for one of the client, and takes none. */
    public static URI secureApplication(String name) {
        return URI.create("https://127.0.0.1:" + Settings.get("it.https.port") + "/" + name + "/");
    }

    private static void publishPorts(int http, int https) {
        System.setProperty("it.http.port", Integer.toString(http));
        System.setProperty("it.https.port", Integer.toString(https));
    }

    /**
     * Open together, so that they differ. Below the ports that systems give to clients: on a busy machine a connection of somebody
     * else's has taken such a one before the server starts.
     */
    static List<Integer> freePorts(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            while (sockets.size() < count) {
                int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, END_OF_PORTS);
                try {
                    sockets.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
                } catch (BindException e) {
                    // Somebody has it: another one.
                }
            }
            List<Integer> ports =
                    sockets.stream().map(ServerSocket::getLocalPort).toList();
            for (ServerSocket socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path clean(Path directory) {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        createDirectories(directory);
        return directory;
    }

    private static void createDirectories(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (!Files.isDirectory(copy)) {
                    Files.copy(file, copy);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is not there is not replaced, and nobody would notice. */
    private static String replace(String text, String what, String by) {
        if (!text.contains(what)) {
            throw new IllegalStateException("the server's configuration has no " + what);
        }
        return text.replace(what, by);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
