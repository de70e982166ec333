package dev.cardea.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.config.HttpSettings;
import dev.cardea.config.ProxyAddress;
import dev.cardea.config.Secret;
import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.TestAuthorizationServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code cardea.http.proxy}. */
@Timeout(60)
class ProxyTest {

    /** Passes on whatever comes after the first line of a request. */
    private static final class Proxy implements AutoCloseable {
        final List<String> requestLines = new CopyOnWriteArrayList<>();
        private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

        Proxy() throws IOException {
            daemon(() -> {
                while (true) {
                    Socket client = listener.accept();
                    daemon(() -> serve(client));
                }
            });
        }

        private void serve(Socket client) throws IOException {
            String line = line(client.getInputStream());
            requestLines.add(line);
            String[] parts = line.split(" ");
            boolean tunnel = parts[0].equals("CONNECT");
            URI target = URI.create(tunnel ? "https://" + parts[1] : parts[1]);
            Socket server = new Socket(target.getHost(), target.getPort());
            if (tunnel) {
                while (!line(client.getInputStream()).isEmpty()) {
                    // The rest of the head is for the proxy.
                }
                client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } else {
                server.getOutputStream()
                        .write((parts[0] + " " + target.getRawPath() + " HTTP/1.1\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
            }
            daemon(() -> server.getInputStream().transferTo(client.getOutputStream()));
            client.getInputStream().transferTo(server.getOutputStream());
        }

        private static String line(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
                line.append((char) c);
            }
            return line.toString().strip();
        }

        private interface Work {
            void run() throws IOException;
        }

        private static void daemon(Work work) {
            Thread thread = new Thread(() -> {
                try {
                    work.run();
                } catch (IOException e) {
                    // Somebody hung up.
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }

    @Test
    void everyCallGoesThroughIt() throws Exception {
        try (Proxy proxy = new Proxy();
                TestAuthorizationServer plain = TestAuthorizationServer.start(Clock.systemUTC());
                TestAuthorizationServer tls = TestAuthorizationServer.startTls(Clock.systemUTC())) {
            ProxyAddress address = new ProxyAddress("localhost", proxy.listener.getLocalPort());
            assertThat(status(plain, address)).isEqualTo(200);
            assertThat(status(tls, address)).isEqualTo(200);
            String of = tls.url(Endpoint.JWKS).replaceFirst("https://([^/]+)/.*", "$1");
            assertThat(proxy.requestLines)
                    .containsExactly("GET " + plain.url(Endpoint.JWKS) + " HTTP/1.1", "CONNECT " + of + " HTTP/1.1");

            assertThat(status(plain, null)).isEqualTo(200);
            assertThat(proxy.requestLines).hasSize(2);
        }
    }

    private static int status(TestAuthorizationServer as, ProxyAddress proxy) throws Exception {
        HttpSettings settings = new HttpSettings(
                true,
                TestAuthorizationServer.trustStore(),
                new Secret(TestAuthorizationServer.trustStorePassword()),
                null,
                null,
                proxy,
                null);
        try (JdkHttpTransport transport = new JdkHttpTransport(settings, Duration.ofSeconds(10), System::nanoTime)) {
            return transport
                    .send(HttpCall.get(
                            URI.create(as.url(Endpoint.JWKS)), "application/json", Duration.ofSeconds(20), 10_000))
                    .status();
        }
    }
}
