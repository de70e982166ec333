package dev.cardea.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cardea.DecisionListener;
import dev.cardea.it.app.ClosedServlet;
import dev.cardea.it.app.ControlServlet;
import dev.cardea.it.app.DispatchingServlet;
import dev.cardea.it.app.EchoEndpoint;
import dev.cardea.it.app.ErrorPageServlet;
import dev.cardea.it.app.FailingServlet;
import dev.cardea.it.app.GuardedResource;
import dev.cardea.it.app.HeardDecisions;
import dev.cardea.it.app.HeldResource;
import dev.cardea.it.app.HeldServlet;
import dev.cardea.it.app.NamedServlet;
import dev.cardea.it.app.OpenServlet;
import dev.cardea.it.app.PathApplication;
import dev.cardea.it.app.ScopedServlet;
import dev.cardea.it.environment.Application;
import dev.cardea.it.environment.Server;
import dev.cardea.it.environment.TlsClients;
import dev.cardea.it.environment.Used;
import dev.cardea.it.environment.Wars;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.contract.RawHttp;
import dev.cardea.testkit.contract.RawRequest;
import dev.cardea.testkit.contract.RawResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests that do not end with the dispatch they began with, and the ways of asking that are not GET over HTTP/1.1. */
@ExtendWith(ArquillianExtension.class)
class DispatchesIT {
    private static final String APP = "dispatches";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final List<String> STREAMS = List.of("/held/stream", "/api/held/stream");

    private static final TestAuthorizationServer AUTHORIZATION_SERVER =
            TestAuthorizationServer.start(Clock.systemUTC());

    private final Application app = Application.at(APP);
    private final RawHttp http = RawHttp.to(Server.application(APP)).heardBy(Used::request);
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final String reads = token("orders:read", 300);
    private final String writes = token("orders:write", 300);

    @Deployment(testable = false)
    static WebArchive dispatches() {
        Map<String, String> configuration = new LinkedHashMap<>(Wars.trusting(AUTHORIZATION_SERVER));
        configuration.put("cardea.access.default", "deny");
        configuration.put("cardea.jwt.clock-skew", "0s");
        configuration.put("cardea.routes.nothing.path", "/dispatches/nothing/*");
        configuration.put("cardea.routes.nothing.access", "permit");
        WebArchive war = Wars.of(
                        APP,
                        configuration,
                        PathApplication.class,
                        GuardedResource.class,
                        HeldResource.class,
                        HeldServlet.class,
                        ScopedServlet.class,
                        NamedServlet.class,
                        ClosedServlet.class,
                        DispatchingServlet.class,
                        EchoEndpoint.class,
                        FailingServlet.class,
                        ErrorPageServlet.class,
                        OpenServlet.class,
                        ControlServlet.class,
                        HeardDecisions.class)
                .addClass("dev.cardea.it.app.Held")
                .addAsServiceProvider(DecisionListener.class, HeardDecisions.class);
        return Wars.webXml(war, "", "<error-page><location>/error-page</location></error-page>")
                .addAsWebResource(new StringAsset("something"), "nothing/but-this.txt")
                .addAsWebInfResource(new StringAsset(""), "beans.xml");
    }

    @AfterAll
    static void stop() {
        AUTHORIZATION_SERVER.close();
    }

    @Test
    @Tag("N22")
    void aStreamBeginsForNobodyElseAndItsDecisionIsToldOnceWhenItEnds() throws Exception {
        for (String path : STREAMS) {
            assertRefused(path, null, 401, "DENIED NO_CREDENTIALS");
            assertRefused(path, writes, 403, "DENIED SCOPE_MISSING");

            String id = newId();
            try (Stream stream = open(path, id, reads)) {
                assertThat(stream.contentType()).startsWith("text/event-stream");
                assertThat(stream.event()).as(path).isEqualTo("data: first");
                assertThat(heard(id)).as("%s goes on", path).isEmpty();
                release(id);
                assertThat(stream.event()).as(path).isEqualTo("data: last");
                assertThat(stream.event()).as(path).isNull();
            }
            assertThat(decisions(id)).as(path).containsExactly("GRANTED GRANTED");
        }
    }

    @Test
    @Tag("N22")
    @Tag("T06")
    @Tag("accepts")
    void whatWasGrantedIsCarriedToItsEndAfterTheTokenHasExpired() throws Exception {
        String shortLived = token("orders:read", 4);
        Instant end = Instant.now().plusSeconds(5);
        Map<String, CompletableFuture<HttpResponse<String>>> answers = new LinkedHashMap<>();
        for (String path : List.of("/held/stream", "/api/held/stream", "/api/held/suspended")) {
            String id = newId();
            answers.put(id, client.sendAsync(request(path, id, shortLived), BodyHandlers.ofString()));
        }
        Conversation socket = new Conversation();
        WebSocket open = socket(shortLived, socket);
        assertThat(app.get("/scoped", shortLived).body()).as("at first").isEqualTo("secret");

        sleepUntil(end);
        assertThat(app.get("/scoped", shortLived).status()).as("afterwards").isEqualTo(401);
        for (Map.Entry<String, CompletableFuture<HttpResponse<String>>> answer : answers.entrySet()) {
            release(answer.getKey());
            assertThat(answer.getValue()
                            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                            .body())
                    .contains("data: last");
            assertThat(decisions(answer.getKey())).containsExactly("GRANTED GRANTED");
        }
        assertThat(socket.say(open, "late")).isEqualTo("secret room late");
        open.abort();
    }

    @Test
    @Tag("N22")
    @Tag("T06")
    @Tag("accepts")
    @Tag("refuses")
    void aDispatchAfterTheTokenHasExpiredIsRefused() throws Exception {
        String shortLived = token("orders:read", 3);
        Instant end = Instant.now().plusSeconds(4);
        String late = newId();
        String twin = newId();
        CompletableFuture<HttpResponse<String>> lateAnswer =
                client.sendAsync(request("/held/dispatch", late, shortLived), BodyHandlers.ofString());
        CompletableFuture<HttpResponse<String>> twinAnswer =
                client.sendAsync(request("/held/dispatch", twin, reads), BodyHandlers.ofString());
        sleepUntil(end);
        release(late);
        release(twin);

        HttpResponse<String> refused = lateAnswer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().allValues("WWW-Authenticate"))
                .anySatisfy(challenge -> assertThat(challenge).contains("error=\"invalid_token\""));
        assertThat(refused.body()).doesNotContain("secret");
        assertThat(decisions(late)).containsExactly("DENIED EXPIRED");
        assertThat(twinAnswer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).body())
                .isEqualTo("secret");
        assertThat(decisions(twin)).containsExactly("GRANTED GRANTED");
    }

    @Test
    @Tag("N22")
    void aRequestThatIsDispatchedAtOnceIsToldOnceWithItsLastDecision() throws Exception {
        String closed = newId();
        RawResponse refused =
                get("/held/dispatch-at-once", closed).bearer(reads).send();
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).doesNotContain("secret");
        assertThat(decisions(closed)).containsExactly("DENIED ACCESS_DENIED");

        String opened = newId();
        assertThat(get("/dispatching?async", opened).bearer(reads).send().body())
                .isEqualTo("secret");
        assertThat(decisions(opened)).containsExactly("GRANTED GRANTED");
        String forbidden = newId();
        assertThat(get("/dispatching?async", forbidden).bearer(writes).send().status())
                .isEqualTo(403);
        assertThat(decisions(forbidden)).containsExactly("DENIED SCOPE_MISSING");
    }

    /** The other thread may be done before the filter looks whether the request has become asynchronous. */
    @Test
    @Tag("N22")
    void aRequestThatAnotherThreadCompletesAtOnceIsToldOnce() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String id = newId();
            ids.add(id);
            assertThat(get("/held/complete-at-once", id).bearer(reads).send().status())
                    .isEqualTo(200);
        }
        for (String id : ids) {
            assertThat(heardInTheEnd(id)).containsExactly("GRANTED GRANTED");
        }
    }

    @Test
    @Tag("N22")
    void headIsProtectedAsGetAndHasNoBody() throws Exception {
        for (String path : List.of("/scoped", "/api/guarded")) {
            assertThat(head(path, null)).as(path).startsWith("HTTP/1.1 401 ").endsWith("\r\n\r\n");
            assertThat(head(path, writes)).as(path).startsWith("HTTP/1.1 403 ").endsWith("\r\n\r\n");
            assertThat(head(path, reads)).as(path).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n");
        }
    }

    @Test
    @Tag("N22")
    void noMethodGetsPastThatAnEndpointDoesNotExpect() throws Exception {
        for (String path : List.of("/scoped", "/api/guarded")) {
            for (String method : List.of("OPTIONS", "POST", "UNHEARD-OF")) {
                RawResponse granted = http.request(method, path).bearer(reads).send();
                assertThat(http.request(method, path).send().status())
                        .as("%s %s", method, path)
                        .isEqualTo(401);
                assertThat(granted.status()).as("%s %s", method, path).isIn(200, 405, 501);
                assertThat(granted.body()).as("%s %s", method, path).doesNotContain("secret");
            }
        }
    }

    /** WildFly refuses TRACE before any application sees it, Open Liberty where the servlet has no answer of its own. */
    @Test
    @Tag("N22")
    void traceIsProtectedWhereTheServerLetsItThroughAndNeverRepeatsTheToken() throws Exception {
        boolean wildFly = Server.underTest() == Server.WILDFLY;
        for (String path : List.of("/scoped", "/api/guarded", "/held/trace")) {
            RawResponse granted = http.request("TRACE", path).bearer(reads).send();
            assertThat(http.request("TRACE", path).send().status())
                    .as(path)
                    .isEqualTo(wildFly ? 405 : path.equals("/scoped") ? 403 : 401);
            assertThat(granted.body() + granted.headers()).as(path).doesNotContain(reads);
            assertThat(granted.status() == 200)
                    .as("%s: %s", path, granted.status())
                    .isEqualTo(!wildFly && path.equals("/held/trace"));
        }
    }

    @Test
    @Tag("N22")
    void theApplicationsErrorPageIsShownForItsOwnErrorsAndKnowsTheCaller() throws Exception {
        RawResponse failed = app.get("/failing", reads);
        assertThat(failed.status()).isEqualTo(500);
        assertThat(failed.body()).isEqualTo("error page for alice alias alice");

        RawResponse missing = app.get("/nothing/here");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.body()).isEqualTo("error page for null alias anonymous");
        assertThat(app.get("/open").status()).isEqualTo(404);
        assertThat(app.get("/open").body()).isEqualTo("error page for null alias anonymous");
    }

    @Test
    @Tag("N22")
    void theApplicationsErrorPageIsNotShownForARefusal() throws Exception {
        for (RawResponse refusal : List.of(app.get("/failing"), app.get("/failing", writes), app.get("/error-page"))) {
            assertThat(refusal.status()).isIn(401, 403);
            assertThat(refusal.all("WWW-Authenticate")).isNotEmpty();
            assertThat(refusal.body()).isEmpty();
        }
    }

    @Test
    @Tag("N22")
    void overHttp2TheAnswersAreTheSame() throws Exception {
        assertSameAnswersOverHttp2(Server.secureApplication(APP));
    }

    /** WildFly takes the upgrade that the JDK's client asks for; Open Liberty answers it over HTTP/1.1. */
    @Test
    @Tag("N22")
    void overHttp2WithoutTlsTheAnswersAreTheSame() throws Exception {
        assumeTrue(Server.underTest() == Server.WILDFLY, "the server switches from HTTP/1.1 to h2c");
        assertSameAnswersOverHttp2(Server.application(APP));
    }

    private void assertSameAnswersOverHttp2(URI application) throws Exception {
        HttpClient second = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .connectTimeout(PATIENCE)
                .sslContext(TlsClients.presenting(null))
                .build();
        for (String path : List.of("/scoped", "/api/guarded")) {
            for (String token : new String[] {null, "never-issued", writes, reads}) {
                HttpResponse<String> first = client.send(request(path, newId(), token), BodyHandlers.ofString());
                HttpResponse<String> other =
                        second.send(request(application, path, newId(), token), BodyHandlers.ofString());
                assertThat(first.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
                assertThat(other.version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(told(other)).as(path).isEqualTo(told(first));
            }
        }
    }

    private static String told(HttpResponse<String> answer) {
        return answer.statusCode() + " " + answer.headers().allValues("WWW-Authenticate") + " " + answer.body();
    }

    private void assertRefused(String path, String token, int status, String decision) throws Exception {
        String id = newId();
        RawRequest request = get(path, id).header("Accept", "text/event-stream");
        RawResponse refusal = (token == null ? request : request.bearer(token)).send();
        assertThat(refusal.status()).as(path).isEqualTo(status);
        assertThat(refusal.all("WWW-Authenticate")).as(path).isNotEmpty();
        assertThat(refusal.body()).as(path).isEmpty();
        assertThat(decisions(id)).as(path).containsExactly(decision);
    }

    private RawRequest get(String path, String id) {
        return http.get(path).header("X-Request-Id", id);
    }

    private Stream open(String path, String id, String token) throws Exception {
        return new Stream(client.send(request(path, id, token), BodyHandlers.ofInputStream()));
    }

    private static HttpRequest request(String path, String id, String token) {
        return request(Server.application(APP), path, id, token);
    }

    private static HttpRequest request(URI application, String path, String id, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(application.resolve(path.substring(1)))
                .timeout(PATIENCE)
                .header("X-Request-Id", id);
        return (token == null ? request : request.header("Authorization", "Bearer " + token)).build();
    }

    private void release(String id) throws IOException {
        assertThat(app.get("/control/release?id=" + id).status()).isEqualTo(200);
    }

    /** What has been told by now. */
    private List<String> heard(String id) throws IOException {
        return app.get("/control/decisions?id=" + id).body().lines().toList();
    }

    /** What is told in the end, which is after the answer has been read. */
    private List<String> heardInTheEnd(String id) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        List<String> heard = heard(id);
        while (heard.isEmpty() && Instant.now().isBefore(end)) {
            Thread.sleep(20);
            heard = heard(id);
        }
        return heard;
    }

    /** As {@link #heardInTheEnd}, and nothing follows. */
    private List<String> decisions(String id) throws Exception {
        heardInTheEnd(id);
        Thread.sleep(200);
        return heard(id);
    }

    private WebSocket socket(String token, Conversation conversation) throws Exception {
        URI uri = URI.create(Server.application(APP).toString().replaceFirst("^http", "ws") + "echo/room");
        return client.newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .buildAsync(uri, conversation)
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Everything that is sent in answer to HEAD, up to the end of the connection. */
    private static String head(String path, String token) throws IOException {
        URI server = Server.application(APP);
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            String authorization = token == null ? "" : "Authorization: Bearer " + token + "\r\n";
            socket.getOutputStream()
                    .write(("HEAD /" + APP + path + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n"
                                    + authorization + "Connection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String token(String scope, int seconds) {
        String token = AUTHORIZATION_SERVER
                .accessToken(scope)
                .expiresAt(Instant.now().getEpochSecond() + seconds)
                .build();
        Used.secret("Bearer " + token);
        return token;
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    private static void sleepUntil(Instant time) throws InterruptedException {
        Thread.sleep(Math.max(0, Duration.between(Instant.now(), time).toMillis()));
    }

    /** An answer that is read while it is being written. */
    private static final class Stream implements AutoCloseable {
        private final HttpResponse<InputStream> answer;
        private final BufferedReader lines;

        Stream(HttpResponse<InputStream> answer) {
            this.answer = answer;
            this.lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
        }

        String contentType() {
            return answer.headers().firstValue("Content-Type").orElse("");
        }

        /** The next line with data in it, or null at the end. */
        String event() throws IOException {
            String line = lines.readLine();
            while (line != null && !line.startsWith("data:")) {
                line = lines.readLine();
            }
            return line;
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    /** What an echo says. */
    private static final class Conversation implements WebSocket.Listener {
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            heard.add(data.toString());
            socket.request(1);
            return null;
        }

        String say(WebSocket socket, String message) throws Exception {
            socket.sendText(message, true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }
}
