package dev.cardea;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.TestClient;
import dev.cardea.testkit.TestClientCertificate;
import dev.cardea.testkit.TestKey;
import dev.cardea.testkit.TestKeys;
import dev.cardea.testkit.TransportFault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A resource server that proves who it is in each of the configured ways, and one that proves it wrongly. */
@Timeout(120)
class ClientAuthenticationTest {
    private static final String ID = "orders:api";
    private static final String SECRET = "s:%+ of more than two hundred and fifty-six bits";
    private static final String GRANTED = "granted";
    private static final String REFUSED = "introspection_refused";

    @TempDir
    Path folder;

    private final AtomicLong passedNanos = new AtomicLong();
    private final List<String> reasons = new CopyOnWriteArrayList<>();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private <T extends AutoCloseable> T open(T resource) {
        opened.push(resource);
        return resource;
    }

    /** Finds everything but what is said here by discovery, and remembers no answer. */
    private ResourceServer server(TestAuthorizationServer as, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "cardea.issuer", as.issuer(),
                "cardea.allow-http-issuer", "true",
                "cardea.audience", TestAuthorizationServer.AUDIENCE,
                "cardea.introspection.client-id", ID,
                "cardea.introspection.cache.ttl", "0s",
                "cardea.introspection.rate-limit", "0",
                "cardea.introspection.timeout", "20s",
                "cardea.jwks.timeout", "10s"));
        settings.putAll(more);
        return open(ResourceServer.builder()
                .properties(settings)
                .nanoTime(() -> System.nanoTime() + passedNanos.get())
                .listener(event -> reasons.add(event.reason()))
                .build());
    }

    private String outcome(ResourceServer server, String token) {
        Authentication authentication = server.authenticate(new BearerRequest(token), PathRule.none());
        Decision decision = server.authorize(authentication, AccessPolicy.allScopes("orders:read"));
        server.conclude(authentication);
        return decision instanceof Decision.Granted
                ? GRANTED
                : decision instanceof Decision.Unavailable ? REFUSED : decision.toString();
    }

    private void assertRightAndWrong(TestAuthorizationServer as, Map<String, String> right, Map<String, String> wrong) {
        String token = as.issueOpaque("orders:read");
        assertThat(outcome(server(as, right), token)).isEqualTo(GRANTED);
        assertThat(as.count(Endpoint.INTROSPECTION)).isEqualTo(1);
        Map<String, String> faulty = new HashMap<>(right);
        faulty.putAll(wrong);
        assertThat(outcome(server(as, faulty), token)).isEqualTo(REFUSED);
        assertThat(reasons).last().isEqualTo("INTROSPECTION_REFUSED");
    }

    private Path file(String name, String content) throws Exception {
        return Files.writeString(folder.resolve(name), content);
    }

    @Test
    @Tag("I03")
    @Tag("I07")
    void bySecretInTheHeaderInTheBodyAndAsAKey() throws Exception {
        record Way(String method, TestClient client) {}
        for (Way way : List.of(
                new Way("client_secret_basic", TestClient.basic(ID, SECRET)),
                new Way("client_secret_post", TestClient.post(ID, SECRET)),
                new Way("client_secret_jwt", TestClient.secretJwt(ID, SECRET)),
                new Way("bearer", TestClient.bearer(ID, SECRET)))) {
            TestAuthorizationServer as = open(TestAuthorizationServer.start(Clock.systemUTC()));
            as.register(way.client());
            as.publishAuthMethods(way.method());
            assertRightAndWrong(
                    as,
                    Map.of(
                            "cardea.introspection.auth-method",
                            way.method(),
                            "cardea.introspection.client-secret",
                            SECRET),
                    Map.of("cardea.introspection.client-secret", SECRET + "x"));
            assertThat(as.assertionProblems()).allMatch("signature"::equals);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "PS384", "ES512", "EdDSA", "Ed25519"})
    @Tag("I03")
    @Tag("I07")
    void byPrivateKeyForTheIssuerOrWhomeverIsSet(String algorithm) throws Exception {
        TestAuthorizationServer as = open(TestAuthorizationServer.start(Clock.systemUTC()));
        TestKey key = TestKeys.newKey("ours", algorithm);
        as.register(TestClient.privateKeyJwt(ID, key));
        as.publishAuthMethods("private_key_jwt");
        Map<String, String> right = Map.of(
                "cardea.introspection.auth-method",
                "private_key_jwt",
                "cardea.introspection.key",
                file("key.jwk", key.privateJson()).toString());
        assertRightAndWrong(as, right, Map.of("cardea.introspection.assertion-audience", "https://elsewhere"));
        assertThat(as.assertionProblems()).containsExactly("aud");
    }

    @Test
    @Tag("I03")
    void anEndpointWithoutAnIssuerIsTheAudienceItself() throws Exception {
        TestAuthorizationServer as = open(TestAuthorizationServer.start(Clock.systemUTC()));
        as.register(TestClient.privateKeyJwt(ID, TestKeys.ec()));
        ResourceServer server = open(ResourceServer.builder()
                .properties(Map.of(
                        "cardea.introspection.url",
                        as.url(Endpoint.INTROSPECTION),
                        "cardea.allow-http-issuer",
                        "true",
                        "cardea.audience",
                        TestAuthorizationServer.AUDIENCE,
                        "cardea.introspection.client-id",
                        ID,
                        "cardea.introspection.auth-method",
                        "private_key_jwt",
                        "cardea.introspection.timeout",
                        "20s",
                        "cardea.introspection.key",
                        file("key.pem", TestKeys.ec().privatePem()).toString()))
                .build());
        assertThat(outcome(server, as.issueOpaque("orders:read"))).isEqualTo(GRANTED);
    }

    @Test
    @Tag("I03")
    @Tag("I07")
    void byATokenOfOurOwnGotWithAKeyFromAnAddressThatIsSet() throws Exception {
        TestAuthorizationServer as = open(TestAuthorizationServer.start(Clock.systemUTC()));
        as.register(TestClient.privateKeyJwt(ID, TestKeys.ec()));
        as.publishAuthMethods("Bearer");
        assertRightAndWrong(
                as,
                Map.of(
                        "cardea.introspection.auth-method",
                        "bearer",
                        "cardea.introspection.token-url",
                        as.url(Endpoint.TOKEN),
                        "cardea.introspection.token-scope",
                        "introspect",
                        "cardea.introspection.key",
                        file("key.jwk", TestKeys.ec().privateJson()).toString()),
                Map.of(
                        "cardea.introspection.key",
                        file("other.jwk", TestKeys.ed25519().privateJson()).toString()));
        assertThat(as.requests(Endpoint.TOKEN).get(0).field("scope")).isEqualTo("introspect");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls_client_auth", "self_signed_tls_client_auth"})
    @Tag("I03")
    @Tag("I07")
    @Tag("A03")
    @Tag("accepts")
    void byCertificateWhereTheMetadataSaysThatOneIsAskedFor(String method) throws Exception {
        TestAuthorizationServer as = open(TestAuthorizationServer.startMutualTls(Clock.systemUTC()));
        TestClientCertificate ours = TestClientCertificate.create(folder, "ours");
        TestClientCertificate another = TestClientCertificate.create(folder, "another");
        as.register(TestClient.tls(ID, ours.certificate()));
        as.publishAuthMethods(method);
        as.publishMutualTlsIntrospection(as.url(Endpoint.INTROSPECTION).replace("127.0.0.1", "localhost"));
        Path password = file("password", TestAuthorizationServer.trustStorePassword());
        assertRightAndWrong(
                as,
                Map.of(
                        "cardea.introspection.auth-method",
                        method,
                        "cardea.http.trust-store",
                        TestAuthorizationServer.trustStore().toString(),
                        "cardea.http.trust-store-password-file",
                        password.toString(),
                        "cardea.http.key-store",
                        ours.pemFile().toString()),
                Map.of("cardea.http.key-store", another.pemFile().toString()));
        assertThat(as.requests(Endpoint.INTROSPECTION))
                .allSatisfy(request -> assertThat(request.header("host")).startsWith("localhost:"))
                .first()
                .satisfies(request -> assertThat(request.field("client_id")).isEqualTo(ID))
                .satisfies(
                        request -> assertThat(request.header("authorization")).isNull());
    }

    @Test
    @Tag("I07")
    void aTokenEndpointThatIsDownIsAnOutageAndNoRefusal() throws Exception {
        TestAuthorizationServer as = open(TestAuthorizationServer.start(Clock.systemUTC()));
        as.register(TestClient.bearer(ID, SECRET));
        as.publishAuthMethods("bearer");
        ResourceServer server = server(
                as, Map.of("cardea.introspection.auth-method", "bearer", "cardea.introspection.client-secret", SECRET));
        String token = as.issueOpaque("orders:read");
        as.fail(Endpoint.TOKEN, TransportFault.UNAVAILABLE);
        outcome(server, token);
        assertThat(reasons).last().isEqualTo("INTROSPECTION_UNAVAILABLE");
        passedNanos.addAndGet(Duration.ofSeconds(10).toNanos()); // it asked for seven
        as.fail(Endpoint.TOKEN, TransportFault.HTML_CALLED_JSON);
        outcome(server, token);
        assertThat(reasons).last().isEqualTo("INTROSPECTION_UNREADABLE");
        as.heal();
        assertThat(outcome(server, token)).isEqualTo(GRANTED);
    }

    /** I03, N21: eight clients that ask all the time, twenty rotations in both orders, and no request that fails. */
    @Test
    @Tag("N21")
    void noRequestFailsWhileTheSecretIsReplaced() throws Exception {
        TestAuthorizationServer as = open(TestAuthorizationServer.start(Clock.systemUTC()));
        as.register(TestClient.basic(ID, "first"));
        Path file = file("secret", "first");
        ResourceServer server = server(as, Map.of("cardea.introspection.client-secret-file", file.toString()));
        String token = as.issueOpaque("orders:read");
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger granted = new AtomicInteger();
        List<String> others = new CopyOnWriteArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Thread thread = new Thread(() -> {
                while (!done.get()) {
                    String outcome = outcome(server, token);
                    granted.incrementAndGet();
                    if (!outcome.equals(GRANTED)) {
                        others.add(outcome);
                    }
                }
            });
            thread.start();
            threads.add(thread);
        }
        String current = "first";
        for (int round = 0; round < 20; round++) {
            String next = "secret-" + round;
            boolean fileFirst = round % 2 == 0;
            if (!fileFirst) {
                as.register(TestClient.basic(ID, current, next));
            }
            Files.move(file("next", next), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            passedNanos.addAndGet(Duration.ofSeconds(2).toNanos());
            awaitMore(granted, 40);
            as.register(TestClient.basic(ID, next));
            awaitMore(granted, 40);
            current = next;
        }
        done.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(others).isEmpty();
        assertThat(granted.get()).isGreaterThanOrEqualTo(20 * 80);
    }

    private static void awaitMore(AtomicInteger count, int more) throws InterruptedException {
        int enough = count.get() + more;
        while (count.get() < enough) {
            Thread.sleep(1);
        }
    }
}
