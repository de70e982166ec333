package dev.cardea;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.TestAuthorizationServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written under {@code cardea.introspection.*} happens: for the main issuer, and for a further one under its name. */
@Timeout(60)
class IntrospectionSettingsTest {
    private static final String MAIN = "cardea.";
    private static final String FURTHER = "cardea.issuers.p.";

    private final Asking partner = new Asking();
    private final Asking asking = new Asking();

    @AfterEach
    void close() {
        asking.close();
        partner.close();
    }

    /** Both are introspected; {@code more} is for the one whose settings begin with {@code scope}. */
    private ResourceServer server(String scope, String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "cardea.issuers.p.issuer",
                partner.as.issuer(),
                "cardea.issuers.p.allow-http-issuer",
                "true",
                "cardea.issuers.p.token.opaque-prefix",
                "p_",
                "cardea.issuers.p.introspection.client-id",
                TestAuthorizationServer.CLIENT_ID,
                "cardea.issuers.p.introspection.client-secret",
                TestAuthorizationServer.CLIENT_SECRET,
                "cardea.issuers.p.introspection.url",
                partner.as.url(Endpoint.INTROSPECTION)));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(scope + more[i], more[i + 1]);
        }
        return asking.server(settings);
    }

    private Asking asked(String scope) {
        return scope.equals(MAIN) ? asking : partner;
    }

    /** An active token of that issuer. */
    private String token(String scope, String name, String more) {
        String token = (scope.equals(MAIN) ? "m_" : "p_") + name;
        asked(scope)
                .as
                .introspectAs(
                        token,
                        "{\"active\":true,\"sub\":\"alice\",\"aud\":\"" + TestAuthorizationServer.AUDIENCE + "\"" + more
                                + "}");
        return token;
    }

    private String decide(ResourceServer server, String token) {
        return asking.decide(server, "/x", token);
    }

    /** How many calls that many requests with it cost. */
    private int calls(ResourceServer server, String scope, String token, int requests) {
        asked(scope).as.forgetRequests();
        for (int i = 0; i < requests; i++) {
            assertThat(decide(server, token)).isEqualTo("GRANTED");
        }
        return asked(scope).calls();
    }

    @ParameterizedTest
    @ValueSource(strings = {MAIN, FURTHER})
    @Tag("I02")
    void theHintIsSentUnlessItIsTurnedOff(String scope) {
        for (String hint : List.of("true", "false")) {
            asked(scope).as.forgetRequests();
            assertThat(decide(server(scope, "introspection.token-type-hint", hint), token(scope, "t" + hint, "")))
                    .isEqualTo("GRANTED");
            assertThat(asked(scope).as.requests(Endpoint.INTROSPECTION))
                    .singleElement()
                    .satisfies(request -> assertThat(request.form().containsKey("token_type_hint"))
                            .isEqualTo(hint.equals("true")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {MAIN, FURTHER})
    @Tag("I09")
    void anAnswerIsAsLongAsItMayBe(String scope) {
        String token = token(scope, "long", ",\"x\":\"" + "x".repeat(1100) + "\"");
        assertThat(decide(server(scope), token)).isEqualTo("GRANTED");
        assertThat(decide(server(scope, "introspection.max-response", "1024"), token))
                .isEqualTo("INTROSPECTION_UNREADABLE");
    }

    @ParameterizedTest
    @ValueSource(strings = {MAIN, FURTHER})
    @Tag("I16")
    void aClientHasATimeOfItsOwn(String scope) {
        ResourceServer server =
                server(scope, "introspection.cache.ttl", "30s", "introspection.cache.client-ttl", "kiosk=0s");
        assertThat(calls(server, scope, token(scope, "usual", ",\"client_id\":\"shop\""), 3))
                .isEqualTo(1);
        assertThat(calls(server, scope, token(scope, "kiosk", ",\"client_id\":\"kiosk\""), 3))
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {MAIN, FURTHER})
    @Tag("I16")
    void noStoreCountsWhereItIsSaidThatItDoes(String scope) {
        asked(scope).as.fail(Endpoint.INTROSPECTION, right -> right.withHeader("Cache-Control", "no-store"));
        assertThat(calls(server(scope), scope, token(scope, "a", ""), 3)).isEqualTo(1);
        assertThat(calls(
                        server(scope, "introspection.cache.respect-no-store", "true"), scope, token(scope, "b", ""), 3))
                .isEqualTo(3);
    }

    /** The answer is asked for again although no request had to. */
    @ParameterizedTest
    @ValueSource(strings = {MAIN, FURTHER})
    @Tag("I16")
    void theBackgroundChecksAgainWithTheProbabilityThatIsSet(String scope) throws InterruptedException {
        assertThat(calls(server(scope), scope, token(scope, "never", ""), 3)).isEqualTo(1);
        calls(server(scope, "introspection.cache.recheck", "1"), scope, token(scope, "always", ""), 2);
        awaitCalls(scope, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {MAIN, FURTHER})
    @Tag("I16")
    void theBackgroundAsksAheadAsEarlyAsIsSet(String scope) throws InterruptedException {
        ResourceServer server =
                server(scope, "introspection.cache.ttl", "30s", "introspection.cache.refresh-ahead", "10s");
        String token = token(scope, "hot", "");
        assertThat(calls(server, scope, token, 3)).isEqualTo(1);
        asking.pass(Duration.ofSeconds(21));
        assertThat(decide(server, token)).isEqualTo("GRANTED");
        awaitCalls(scope, 2);
    }

    private void awaitCalls(String scope, int calls) throws InterruptedException {
        while (asked(scope).calls() < calls) {
            Thread.sleep(5);
        }
    }

    /** Whoever goes through a proxy that is not there reaches nobody. */
    @ParameterizedTest
    @ValueSource(strings = {MAIN, FURTHER})
    @Tag("I03")
    void theProxyIsGoneThrough(String scope) throws IOException {
        assertThat(decide(server(scope), token(scope, "direct", ""))).isEqualTo("GRANTED");
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        assertThat(decide(server(scope, "http.proxy", "127.0.0.1:" + nobody), token(scope, "proxied", "")))
                .isEqualTo("INTROSPECTION_UNAVAILABLE");
    }

    /** Whoever reads the log is to change the setting of the right issuer. */
    @ParameterizedTest
    @ValueSource(strings = {MAIN, FURTHER})
    @Tag("I08")
    void whatIsRefusedIsNamedAsItIsSet(String scope) {
        assertThat(decide(server(scope), token(scope, "right", ""))).isEqualTo("GRANTED");
        assertThat(decide(server(scope, "introspection.client-secret", "wrong"), token(scope, "wrong", "")))
                .isEqualTo("INTROSPECTION_REFUSED");
        assertThat(asking.last().detail()).contains(" " + scope + "introspection.client-secret");
    }

    /** The other issuer has twenty seconds: whoever waited for those would not be done in time. */
    @ParameterizedTest
    @ValueSource(strings = {MAIN, FURTHER})
    @Timeout(15)
    @Tag("N11")
    void connectingTakesNoLongerThanIsSet(String scope) throws IOException {
        String other = scope.equals(MAIN) ? FURTHER : MAIN;
        try (Unconnectable endpoint = new Unconnectable()) {
            ResourceServer server = server(
                    "",
                    other + "introspection.connect-timeout",
                    "20s",
                    scope + "introspection.connect-timeout",
                    "100ms",
                    scope + "introspection.url",
                    endpoint.url());
            assertThat(decide(server, token(other, "other", ""))).isEqualTo("GRANTED");
            assertThat(decide(server, token(scope, "any", ""))).isEqualTo("INTROSPECTION_UNAVAILABLE");
            assertThat(asking.last().detail()).contains("no connection within the connect timeout");
        }
    }

    /** Listens and never accepts; its backlog is full, so that the system lets those who want to connect wait. */
    private static final class Unconnectable implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final List<Socket> backlog = Collections.synchronizedList(new ArrayList<>());

        Unconnectable() throws IOException {
            boolean accepted = true;
            while (accepted && backlog.size() < 16) {
                Socket socket = new Socket();
                backlog.add(socket);
                try {
                    socket.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), 300);
                } catch (IOException e) {
                    accepted = false;
                }
            }
        }

        String url() {
            return "http://127.0.0.1:" + server.getLocalPort() + "/introspect";
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : backlog) {
                socket.close();
            }
            server.close();
        }
    }
}
