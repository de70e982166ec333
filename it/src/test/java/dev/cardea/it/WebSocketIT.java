package dev.cardea.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.it.app.EchoEndpoint;
import dev.cardea.it.app.OpenTalkServlet;
import dev.cardea.it.app.PathApplication;
import dev.cardea.it.app.TalkEndpoint;
import dev.cardea.it.environment.Application;
import dev.cardea.it.environment.Server;
import dev.cardea.it.environment.Used;
import dev.cardea.it.environment.Wars;
import dev.cardea.testkit.TestAuthorizationServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The handshake that opens a conversation is refused like any other request, before anything is upgraded. */
@ExtendWith(ArquillianExtension.class)
@Tag("N22")
class WebSocketIT {

    private static final TestAuthorizationServer AUTHORIZATION_SERVER =
            TestAuthorizationServer.start(Clock.systemUTC());

    private final String reads = AUTHORIZATION_SERVER.accessToken("orders:read").build();
    private final String neither =
            AUTHORIZATION_SERVER.accessToken("profile:read").build();

    @Deployment(name = "sockets", testable = false)
    static WebArchive sockets() {
        return Wars.of("sockets", Wars.trusting(AUTHORIZATION_SERVER), EchoEndpoint.class, TalkEndpoint.class);
    }

    /** The same endpoints behind a servlet that is open to everybody. */
    @Deployment(name = "open-sockets", testable = false)
    static WebArchive openSockets() {
        return Wars.of(
                "open-sockets",
                Wars.trusting(AUTHORIZATION_SERVER),
                PathApplication.class,
                EchoEndpoint.class,
                TalkEndpoint.class,
                OpenTalkServlet.class);
    }

    @AfterAll
    static void stop() {
        AUTHORIZATION_SERVER.close();
    }

    @Test
    void anAnnotatedEndpointTalksToWhoeverMayOpenItAndToNobodyElse() throws Exception {
        for (String application : List.of("sockets", "open-sockets")) {
            assertThat(talk(application, "echo/42", reads)).isEqualTo("secret 42 hello");
            assertRefused(application, "echo/42", null, 401, "Bearer");
            assertRefused(application, "echo/42", "never-issued-by-anybody", 401, "invalid_token");
            assertRefused(application, "echo/42", neither, 403, "insufficient_scope");
        }
    }

    @Test
    void anEndpointThatNobodyAnnotatedTalksToAnyCaller() throws Exception {
        for (String application : List.of("sockets", "open-sockets")) {
            assertThat(talk(application, "talk", neither)).isEqualTo("secret hello");
            assertRefused(application, "talk", null, 401, "Bearer");
        }
    }

    @Test
    void howThePathIsSpelledMakesNoDifference() throws Exception {
        for (String path :
                List.of("echo/4%32", "%65cho/42", "echo;x=y/42", "echo/42;x=y", "echo//42", "./echo/42", "echo/42/")) {
            for (String application : List.of("sockets", "open-sockets")) {
                Throwable refused = refusal(application, path, neither);
                assertThat(refused).as(path).isNotNull();
            }
        }
        assertThat(talk("sockets", "echo/42", reads)).isEqualTo("secret 42 hello");
    }

    @Test
    void withoutAHandshakeTheRequirementOfThePathHoldsAllTheSame() throws Exception {
        Application app = Application.at("open-sockets");
        assertThat(app.get("/talk").body()).isEqualTo("open");
        assertThat(app.get("/echo/42").status()).isEqualTo(401);
        assertThat(app.get("/echo/42", neither).status()).isEqualTo(403);
        assertThat(app.get("/echo/42", reads).body()).isEqualTo("open");
    }

    private static void assertRefused(
            String application, String path, @Nullable String token, int status, String challenge) throws Exception {
        Throwable refusal = refusal(application, path, token);
        assertThat(refusal).isInstanceOf(WebSocketHandshakeException.class);
        HttpResponse<?> response = ((WebSocketHandshakeException) refusal).getResponse();
        assertThat(response.statusCode()).as("%s of %s", path, application).isEqualTo(status);
        assertThat(response.headers().allValues("WWW-Authenticate"))
                .anySatisfy(field -> assertThat(field).contains(challenge));
    }

    private static @Nullable Throwable refusal(String application, String path, @Nullable String token) {
        try {
            open(application, path, token, new Hearing()).abort();
            return null;
        } catch (CompletionException e) {
            return e.getCause();
        }
    }

    private static String talk(String application, String path, String token) throws Exception {
        Hearing hearing = new Hearing();
        WebSocket socket = open(application, path, token, hearing);
        try {
            socket.sendText("hello", true);
            return hearing.first.get(10, TimeUnit.SECONDS);
        } finally {
            socket.abort();
        }
    }

    private static WebSocket open(String application, String path, @Nullable String token, Hearing hearing) {
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        if (token != null) {
            Used.secret("Bearer " + token);
            builder.header("Authorization", "Bearer " + token);
        }
        URI uri = URI.create(Server.application(application).toString().replace("http://", "ws://") + path);
        return builder.buildAsync(uri, hearing).join();
    }

    private static final class Hearing implements WebSocket.Listener {
        private final CompletableFuture<String> first = new CompletableFuture<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            first.complete(text.toString());
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            first.completeExceptionally(error);
        }
    }
}
