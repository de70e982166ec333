package dev.cardea.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.cardea.config.HttpSettings;
import dev.cardea.config.Secret;
import dev.cardea.http.TransportException.Kind;
import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.TransportFault;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class JdkHttpTransportTest {
    private static final Duration PLENTY = Duration.ofSeconds(10);
    private static final String PASSWORD = "changeit";
    private static final Duration LITTLE = Duration.ofMillis(300);

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final JdkHttpTransport transport = transport(new HttpSettings(true, null, null));

    private JdkHttpTransport transport(HttpSettings settings) {
        return open(new JdkHttpTransport(settings, Duration.ofSeconds(1), System::nanoTime));
    }

    private RawServer server(RawServer.Script script) {
        return open(new RawServer(script));
    }

    private <T extends AutoCloseable> T open(T resource) {
        opened.add(resource);
        return resource;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened) {
            resource.close();
        }
    }

    private static HttpCall post(URI uri, Duration timeout) {
        byte[] body = "a=b".getBytes(StandardCharsets.US_ASCII);
        return new HttpCall("POST", uri, Map.of("X-Mark", "1"), body, timeout, 1000);
    }

    private String body(HttpCall call) throws TransportException {
        return new String(transport.send(call).body(), StandardCharsets.UTF_8);
    }

    private TransportException failure(HttpCall call) {
        return catchThrowableOfType(TransportException.class, () -> transport.send(call));
    }

    private static void answerForever(RawServer.Connection connection) throws IOException {
        while (true) {
            connection.readRequest();
            connection.answer("ok");
        }
    }

    @Test
    void sendsTheCallAndGivesTheWholeAnswer() throws Exception {
        RawServer server = server(connection -> {
            connection.readRequest();
            connection.write("HTTP/1.1 418 Teapot\r\nX-Kind: Pot\r\nx-kind: Tea\r\nContent-Length: 5\r\n\r\nhello");
        });
        HttpAnswer answer = transport.send(post(server.uri(), PLENTY));

        assertThat(answer.status()).isEqualTo(418);
        assertThat(answer.headers().get("x-kind")).containsExactly("Pot", "Tea");
        assertThat(answer.body()).asString().isEqualTo("hello");
        assertThat(server.requests().get(0))
                .startsWith("POST /path HTTP/1.1\r\n")
                .contains("X-Mark: 1\r\n")
                .endsWith("a=b");
    }

    @Test
    void asksForNoUpgradeAndRemembersNoCookie() throws Exception {
        RawServer server = server(connection -> {
            while (true) {
                connection.readRequest();
                connection.write("HTTP/1.1 200 OK\r\nSet-Cookie: session=1\r\nContent-Length: 0\r\n\r\n");
            }
        });
        transport.send(post(server.uri(), PLENTY));
        transport.send(post(server.uri(), PLENTY));

        assertThat(server.requests()).hasSize(2).noneMatch(request -> request.toLowerCase()
                .matches("(?s).*(upgrade|cookie|http2-settings).*"));
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void answersA401WithoutAChallengeLikeAnyOther() throws Exception {
        RawServer server = server(connection -> {
            connection.readRequest();
            connection.write("HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n");
        });
        assertThat(transport.send(post(server.uri(), PLENTY)).status()).isEqualTo(401);
    }

    // Time

    @Test
    void givesUpOnAServerThatSaysNothing() {
        RawServer server = server(RawServer.Connection::hang);
        assertTimesOut(server);
    }

    @Test
    void givesUpOnAHeadThatDrips() {
        RawServer server = server(connection -> {
            connection.readRequest();
            drip(connection, "HTTP/1.1 200 OK\r\nX-Long: " + "x".repeat(1000));
        });
        assertTimesOut(server);
    }

    @Test
    void givesUpOnABodyThatDripsHoweverOftenAByteComes() throws Exception {
        RawServer server = server(connection -> {
            connection.readRequest();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
            drip(connection, "x".repeat(100));
        });
        assertTimesOut(server);
        assertThat(body(post(server.uri(), PLENTY))).hasSize(100);
    }

    private static void drip(RawServer.Connection connection, String text) throws IOException, InterruptedException {
        for (char c : text.toCharArray()) {
            connection.write(String.valueOf(c));
            Thread.sleep(20);
        }
    }

    private void assertTimesOut(RawServer server) {
        long start = System.nanoTime();
        assertThat(failure(post(server.uri(), LITTLE)).kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(LITTLE, LITTLE.plusMillis(1000));
    }

    @Test
    void endsWithTheThreadThatIsInterruptedAndLeavesTheFlagSet() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        RawServer server = server(connection -> {
            connection.readRequest();
            asked.countDown();
            connection.hang();
        });
        AtomicReference<Kind> kind = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            kind.set(failure(post(server.uri(), PLENTY)).kind());
            flag.set(Thread.currentThread().isInterrupted());
        });
        caller.start();
        asked.await();
        caller.interrupt();
        caller.join();

        assertThat(kind).hasValue(Kind.GIVEN_UP);
        assertThat(flag).hasValue(true);
    }

    // Size

    @Test
    void readsUpToTheBoundAndNotOneByteMore() throws Exception {
        for (boolean chunked : new boolean[] {false, true}) {
            RawServer fits = server(connection -> answerWith(connection, 1000, chunked));
            RawServer tooLarge = server(connection -> answerWith(connection, 1001, chunked));

            assertThat(body(post(fits.uri(), PLENTY))).hasSize(1000);
            assertThat(failure(post(tooLarge.uri(), PLENTY)).kind()).isEqualTo(Kind.TOO_LARGE);
        }
    }

    private static void answerWith(RawServer.Connection connection, int bytes, boolean chunked) throws IOException {
        connection.readRequest();
        String body = "x".repeat(bytes);
        connection.write(
                chunked
                        ? "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(bytes) + "\r\n"
                                + body + "\r\n0\r\n\r\n"
                        : "HTTP/1.1 200 OK\r\nContent-Length: " + bytes + "\r\n\r\n" + body);
    }

    @Test
    void stopsReadingAnEndlessBody() {
        CompletableFuture<Void> cutOff = new CompletableFuture<>();
        RawServer server = server(connection -> {
            connection.readRequest();
            connection.write("HTTP/1.1 200 OK\r\n\r\n");
            try {
                while (true) {
                    connection.write("x".repeat(10_000));
                }
            } catch (IOException e) {
                cutOff.complete(null);
                throw e;
            }
        });
        assertThat(failure(post(server.uri(), PLENTY)).kind()).isEqualTo(Kind.TOO_LARGE);
        assertThat(cutOff).succeedsWithin(PLENTY);
    }

    // Redirects and addresses

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    @Tag("I21")
    void followsNoRedirect(int status) throws Exception {
        RawServer elsewhere = server(JdkHttpTransportTest::answerForever);
        RawServer server = server(connection -> {
            connection.readRequest();
            connection.write(
                    "HTTP/1.1 " + status + " Go\r\nLocation: " + elsewhere.uri() + "\r\nContent-Length: 0\r\n\r\n");
        });
        assertThat(transport.send(post(server.uri(), PLENTY)).status()).isEqualTo(status);
        assertThat(elsewhere.connections()).isZero();
    }

    @Test
    void speaksPlainHttpOnlyWhereThatIsAllowed() throws Exception {
        RawServer server = server(JdkHttpTransportTest::answerForever);
        JdkHttpTransport strict = transport(new HttpSettings(false, null, null));

        assertThatThrownBy(() -> strict.send(post(server.uri(), PLENTY)))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("cardea.allow-http-issuer");
        assertThat(server.connections()).isZero();
        assertThat(body(post(server.uri(), PLENTY))).isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://127.0.0.1/x", "file:///etc/passwd", "https:/x", "x", "https://a_b/x"})
    void goesNowhereButToHttpAddresses(String address) {
        assertThat(failure(post(URI.create(address), PLENTY)).kind()).isEqualTo(Kind.NOT_CONNECTED);
    }

    @Test
    void reportsThatNobodyIsThere() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        URI uri = URI.create("http://user:pass@127.0.0.1:" + port + "/path?token=secret");
        assertThat(failure(post(uri, PLENTY)))
                .hasMessage("POST http://127.0.0.1:" + port + "/path: the connection is refused")
                .extracting(TransportException::kind)
                .isEqualTo(Kind.NOT_CONNECTED);
    }

    @Test
    void reportsWhatIsNotHttpWithoutRepeatingIt() {
        RawServer server = server(connection -> {
            connection.readRequest();
            connection.write("secret of the server\r\n\r\n");
        });
        assertThat(failure(post(server.uri(), PLENTY)))
                .hasMessageNotContaining("secret")
                .extracting(TransportException::kind)
                .isEqualTo(Kind.BROKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nContent-Length: x", "HTTP/1.1 abc OK", "HTTP/9 200 OK", "SSH-2.0-x"})
    void reportsAHeadThatMakesNoSense(String head) {
        RawServer server = server(connection -> {
            connection.readRequest();
            connection.write(head + "\r\n\r\nx");
        });
        assertThat(failure(post(server.uri(), PLENTY)).kind()).isEqualTo(Kind.BROKEN);
    }

    @Test
    void reportsABodyThatBreaksOff() {
        RawServer server = server(connection -> {
            connection.readRequest();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        });
        assertThat(failure(post(server.uri(), PLENTY)).kind()).isEqualTo(Kind.BROKEN);
    }

    // Connections that died while they were idle

    /** Plays a server that answers once per connection and drops the connection when the next request has come. */
    private static RawServer.Script forgetful(boolean reset) {
        return connection -> {
            connection.readRequest();
            connection.answer("ok");
            connection.readRequest();
            if (reset) {
                connection.resetOnClose();
            }
        };
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sendsAgainWhatAConnectionFromThePoolDidNotSurvive(boolean reset) throws Exception {
        RawServer server = server(forgetful(reset));
        for (int i = 0; i < 5; i++) {
            assertThat(body(post(server.uri(), PLENTY))).isEqualTo("ok");
        }
        assertThat(server.connections()).isEqualTo(5);
        assertThat(server.requests()).hasSize(9).allMatch(request -> request.endsWith("a=b"));
    }

    @Test
    void survivesAServerThatClosesIdleConnectionsInOrder() throws Exception {
        RawServer server = server(connection -> {
            connection.readRequest();
            connection.answer("ok");
        });
        for (int i = 0; i < 50; i++) {
            assertThat(body(post(server.uri(), PLENTY))).isEqualTo("ok");
        }
        assertThat(server.connections()).isEqualTo(50);
    }

    /** A firewall that forgot all of them: the second connection of the pool is as dead as the first. */
    @Test
    void triesNoSecondConnectionOfAPoolThatHeldADeadOne() throws Exception {
        int calls = 6;
        CyclicBarrier allAreThere = new CyclicBarrier(calls);
        RawServer server = server(connection -> {
            connection.readRequest();
            if (connection.number <= calls) {
                awaitAll(allAreThere);
                connection.answer("ok");
                connection.readRequest();
                connection.resetOnClose();
                return;
            }
            connection.answer("ok");
            answerForever(connection);
        });
        assertThat(inParallel(calls, server)).containsOnly("ok");
        assertThat(server.connections()).isEqualTo(calls);

        assertThat(body(post(server.uri(), PLENTY))).isEqualTo("ok");
        assertThat(server.connections()).isEqualTo(calls + 1);
    }

    private List<String> inParallel(int calls, RawServer server) {
        List<CompletableFuture<String>> running = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            CompletableFuture<String> future = new CompletableFuture<>();
            running.add(future);
            new Thread(() -> {
                        try {
                            future.complete(body(post(server.uri(), PLENTY)));
                        } catch (TransportException e) {
                            future.completeExceptionally(e);
                        }
                    })
                    .start();
        }
        return running.stream().map(CompletableFuture::join).toList();
    }

    private static void awaitAll(CyclicBarrier barrier) throws InterruptedException {
        try {
            barrier.await();
        } catch (java.util.concurrent.BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void doesNotSendAgainOverAConnectionThatWasNew(boolean reset) {
        RawServer server = server(connection -> {
            connection.readRequest();
            if (reset) {
                connection.resetOnClose();
            }
        });
        assertThat(failure(post(server.uri(), PLENTY)).kind()).isEqualTo(Kind.BROKEN);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void sendsAgainOnceOnly() throws Exception {
        RawServer server = server(connection -> {
            connection.readRequest();
            if (connection.number == 1) {
                connection.answer("ok");
                connection.readRequest();
            }
        });
        assertThat(body(post(server.uri(), PLENTY))).isEqualTo("ok");
        assertThat(failure(post(server.uri(), PLENTY)).kind()).isEqualTo(Kind.BROKEN);
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void doesNotSendAgainOnceAByteOfTheAnswerHasCome() throws Exception {
        RawServer server = server(connection -> {
            connection.readRequest();
            connection.answer("ok");
            connection.readRequest();
            connection.write("HTTP/1.1 2");
        });
        assertThat(body(post(server.uri(), PLENTY))).isEqualTo("ok");
        assertThat(failure(post(server.uri(), PLENTY)).kind()).isEqualTo(Kind.BROKEN);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void sendsAgainWithinTheSameDeadline() throws Exception {
        RawServer server = server(connection -> {
            connection.readRequest();
            if (connection.number > 1) {
                connection.hang();
            }
            connection.answer("ok");
            connection.readRequest();
            Thread.sleep(1_600);
        });
        assertThat(body(post(server.uri(), PLENTY))).isEqualTo("ok");

        long start = System.nanoTime();
        assertThat(failure(post(server.uri(), Duration.ofSeconds(2))).kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(3_200));
        assertThat(server.requests()).hasSize(3);
    }

    // TLS

    @Test
    @Tag("I17")
    void believesOnlyCertificatesThatAreTrustedAndForTheHost() throws Exception {
        TestAuthorizationServer as = open(TestAuthorizationServer.startTls(Clock.systemUTC()));
        URI uri = URI.create(as.url(Endpoint.JWKS));
        JdkHttpTransport trusting = transport(new HttpSettings(
                false, TestAuthorizationServer.trustStore(), new Secret(TestAuthorizationServer.trustStorePassword())));

        assertThat(trusting.send(HttpCall.get(uri, "application/json", PLENTY, 10_000))
                        .status())
                .isEqualTo(200);
        assertThat(failure(HttpCall.get(uri, "application/json", PLENTY, 10_000)))
                .hasMessageContaining("cardea.http.trust-store")
                .extracting(TransportException::kind)
                .isEqualTo(Kind.NOT_CONNECTED);
    }

    @Test
    @Tag("I17")
    void believesNoCertificateOfAnotherHost(@TempDir Path directory) throws Exception {
        Path ours = directory.resolve("ours.p12");
        Path others = directory.resolve("others.p12");
        makeCertificate(ours, "ip:127.0.0.1");
        makeCertificate(others, "dns:other.example");

        assertThat(sendTo(ours, directory).status()).isEqualTo(200);
        assertThatThrownBy(() -> sendTo(others, directory))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("not for this host");
    }

    private static void makeCertificate(Path keyStore, String name) throws Exception {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=any",
                        "-ext",
                        "san=" + name,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keyStore.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }

    /** To a server with the key of {@code keyStore}, trusting exactly that server's certificate. */
    private HttpAnswer sendTo(Path keyStore, Path directory) throws Exception {
        KeyStore key = KeyStore.getInstance(keyStore.toFile(), PASSWORD.toCharArray());
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("server", key.getCertificate("server"));
        Path trustStore = directory.resolve("trust-" + keyStore.getFileName());
        try (OutputStream out = Files.newOutputStream(trustStore)) {
            trust.store(out, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(key, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        opened.add(() -> server.stop(0));
        URI uri = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/");
        return transport(new HttpSettings(false, trustStore, new Secret(PASSWORD)))
                .send(HttpCall.get(uri, "*/*", PLENTY, 1000));
    }

    @Test
    void startsWithNoTrustStoreThatItCannotRead() {
        Path store = TestAuthorizationServer.trustStore();
        Secret right = new Secret(TestAuthorizationServer.trustStorePassword());
        transport(new HttpSettings(false, store, right));

        assertThatThrownBy(() -> transport(new HttpSettings(false, store, new Secret("wrong"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cardea.http.trust-store")
                .hasMessageNotContaining("wrong");
        assertThatThrownBy(() -> transport(new HttpSettings(false, store.resolveSibling("nothing"), right)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cardea.http.trust-store");
    }

    // The end

    @Test
    void leavesNoThreadOfItsOwnAndAnswersNothingOnceClosed() throws Exception {
        RawServer server = server(JdkHttpTransportTest::answerForever);
        assertThat(body(post(server.uri(), PLENTY))).isEqualTo("ok");
        assertThat(ownThreads()).isNotEmpty().allSatisfy(thread -> {
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getContextClassLoader()).isEqualTo(ClassLoader.getPlatformClassLoader());
        });

        List<Thread> own = ownThreads();
        transport.close();
        transport.close();
        assertThat(failure(post(server.uri(), PLENTY)).kind()).isEqualTo(Kind.GIVEN_UP);
        for (Thread thread : own) {
            thread.join(5_000);
            assertThat(thread.isAlive()).isFalse();
        }
    }

    private static List<Thread> ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("cardea-http-"))
                .toList();
    }

    @Test
    void doesNotKeepTheContextClassLoaderOfWhoeverMadeIt() {
        ClassLoader application = new ClassLoader(getClass().getClassLoader()) {};
        Thread.currentThread().setContextClassLoader(application);
        try {
            transport(new HttpSettings(true, null, null));
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(application);
            assertThat(Thread.getAllStackTraces().keySet())
                    .anyMatch(thread -> thread.getName().startsWith("HttpClient-"))
                    .filteredOn(thread -> thread.getName().startsWith("HttpClient-"))
                    .noneMatch(thread -> thread.getContextClassLoader() == application);
        } finally {
            Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
        }
    }

    @Test
    void countsAFaultyServerOnceMoreInTheTestkitsWords() throws Exception {
        TestAuthorizationServer as = open(TestAuthorizationServer.start(Clock.systemUTC()));
        URI uri = URI.create(as.url(Endpoint.JWKS));
        HttpCall call = HttpCall.get(uri, "application/json", PLENTY, 10_000);
        HttpCall hasty = HttpCall.get(uri, "application/json", LITTLE, 10_000);
        assertThat(transport.send(call).status()).isEqualTo(200);

        Map<TransportFault, Kind> expected = Map.of(
                TransportFault.CUT_OFF, Kind.BROKEN,
                TransportFault.CLOSED, Kind.BROKEN,
                TransportFault.RESET, Kind.BROKEN,
                TransportFault.HANGING, Kind.TIMED_OUT,
                TransportFault.NOT_HTTP, Kind.BROKEN,
                TransportFault.HUGE, Kind.TOO_LARGE);
        expected.forEach((fault, kind) -> {
            as.fail(Endpoint.JWKS, fault);
            assertThat(failure(fault == TransportFault.HANGING ? hasty : call).kind())
                    .as(fault.name())
                    .isEqualTo(kind);
            as.heal();
        });
        assertThat(transport.send(call).status()).isEqualTo(200);
    }
}
