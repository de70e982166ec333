package dev.cardea.testkit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.jspecify.annotations.Nullable;

/**
 * An authorization server in this JVM, on a free loopback port: metadata, keys, introspection, and every way to fail.
 * Thread-safe. It shares no code with the resource server it is used to judge.
 *
 * <p>{@link #CLIENT_ID} with {@link #CLIENT_SECRET} may introspect; tokens are for {@link #AUDIENCE}.
 */
public final class TestAuthorizationServer implements AutoCloseable {

    public static final String AUDIENCE = "https://api.example/orders";
    public static final String CLIENT_ID = "orders-api";
    public static final String CLIENT_SECRET = "orders-api-secret";

    private final LoopbackServer server;
    private final String origin;
    private final Clock clock;
    private final Clients clients;
    private final IntrospectionEndpoint introspection;
    private final SignedAnswers signedAnswers;
    private final List<TestKey> keys = new CopyOnWriteArrayList<>(List.of(TestKeys.rsa()));
    private final Map<Endpoint, Planned> faults = new ConcurrentHashMap<>();
    private final List<ReceivedRequest> requests = new CopyOnWriteArrayList<>();
    private volatile List<String> authMethods = List.of("client_secret_basic");
    private volatile @Nullable String mutualTlsIntrospection;

    private record Planned(AnswerFault fault, AtomicInteger times) {}

    private TestAuthorizationServer(String scheme, ServerSocket listener, Clock clock) {
        this.clock = clock;
        this.origin = scheme + "://127.0.0.1:" + listener.getLocalPort();
        this.clients = new Clients(Set.of(issuer(), url(Endpoint.TOKEN), url(Endpoint.INTROSPECTION)), clock);
        this.clients.register(TestClient.basic(CLIENT_ID, CLIENT_SECRET));
        this.introspection = new IntrospectionEndpoint(clients, clock);
        this.signedAnswers = new SignedAnswers(clock);
        this.server = new LoopbackServer(listener, this::answer);
    }

    /** Plain HTTP, tokens timed by {@code clock}. */
    public static TestAuthorizationServer start(Clock clock) {
        try {
            return new TestAuthorizationServer(
                    "http", new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** HTTPS with a self-signed certificate, which only {@link #trustStore()} trusts. */
    public static TestAuthorizationServer startTls(Clock clock) {
        try {
            ServerSocket listener = TestCertificate.shared()
                    .serverContext()
                    .getServerSocketFactory()
                    .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
            return new TestAuthorizationServer("https", listener, clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #startTls}, and clients may show a certificate; see {@link TestClient#tls}. */
    public static TestAuthorizationServer startMutualTls(Clock clock) {
        try {
            SSLServerSocket listener = (SSLServerSocket) TestCertificate.shared()
                    .mutualContext()
                    .getServerSocketFactory()
                    .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
            listener.setWantClientAuth(true);
            return new TestAuthorizationServer("https", listener, clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The PKCS12 file that trusts {@link #startTls}'s certificate; its password is {@link #trustStorePassword()}. */
    public static Path trustStore() {
        return TestCertificate.shared().trustStore();
    }

    public static String trustStorePassword() {
        return TestCertificate.PASSWORD;
    }

    /** For a client in this JVM that trusts {@link #startTls}'s certificate and no other. */
    public static SSLContext trustingContext() {
        return TestCertificate.shared().clientContext();
    }

    public String issuer() {
        return origin + "/as";
    }

    public String url(Endpoint endpoint) {
        return origin + endpoint.path();
    }

    /** Another resource server that may introspect. */
    public void allowClient(String id, String secret) {
        clients.register(TestClient.basic(id, secret));
    }

    /** A resource server that may introspect, from now on as this says and in no other way. */
    public void register(TestClient client) {
        clients.register(client);
    }

    /** How long tokens of the token endpoint are good from now on; 300 s before. */
    public void clientTokenLifetime(Duration lifetime) {
        clients.tokenLifetime(lifetime);
    }

    /** Tokens of the token endpoint are no good any more. */
    public void revokeClientTokens() {
        clients.revokeTokens();
    }

    /** What was wrong with client assertions so far. */
    public List<String> assertionProblems() {
        return List.copyOf(clients.problems());
    }

    /** What the metadata says of how clients authenticate at the introspection endpoint; {@code client_secret_basic} before. */
    public void publishAuthMethods(String... methods) {
        authMethods = List.of(methods);
    }

    /** The metadata names {@code uri} for introspection with mutual TLS (RFC 8705 5) from now on. */
    public void publishMutualTlsIntrospection(String uri) {
        mutualTlsIntrospection = uri;
    }

    // Tokens

    /** A valid token to be, signed by the newest key. Not known to introspection; see {@link #issueJwt}. */
    public AccessTokens accessToken(String... scopes) {
        return AccessTokens.of(issuer(), AUDIENCE, clock).scope(scopes).signedBy(keys.get(keys.size() - 1));
    }

    /** A valid JWT, which introspection knows too. */
    public String issueJwt(String... scopes) {
        AccessTokens token = accessToken(scopes);
        String jwt = token.build();
        remember(jwt, token.claims());
        return jwt;
    }

    /** A valid JWT that is encrypted for a resource server after it was signed (RFC 9068 2.1). Not known to introspection. */
    public String issueEncrypted(TestEncryptionKey key, String... scopes) {
        return TokenEncryption.to(key).encrypt(accessToken(scopes).build());
    }

    /** A valid opaque token. */
    public String issueOpaque(String... scopes) {
        return issueOpaque(metadata(scopes));
    }

    /** An opaque token with this metadata; it is inactive once its {@code exp}, if it has one, has come. */
    public String issueOpaque(Map<String, ? extends @Nullable Object> metadata) {
        String token = "opaque-" + UUID.randomUUID();
        remember(token, metadata);
        return token;
    }

    /** A valid JWT that is bound to the key (RFC 9449 section 6.1), which introspection knows too. */
    public String issueBoundJwt(DpopKey key, String... scopes) {
        AccessTokens token = accessToken(scopes).boundTo(key);
        String jwt = token.build();
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>(token.claims());
        metadata.put("token_type", "DPoP");
        metadata.put("cnf", requireNonNull(metadata.remove("cnf")));
        remember(jwt, metadata);
        return jwt;
    }

    /** A valid opaque token that is bound to the key (RFC 9449 section 6.2). */
    public String issueBoundOpaque(DpopKey key, String... scopes) {
        return issueOpaque(boundMetadata(key, scopes));
    }

    /** What introspection says about a valid token that is bound to the key; as {@link #metadata} otherwise. */
    public Map<String, @Nullable Object> boundMetadata(DpopKey key, String... scopes) {
        Map<String, @Nullable Object> metadata = metadata(scopes);
        metadata.put("token_type", "DPoP");
        metadata.put("cnf", Map.of("jkt", key.thumbprint()));
        return metadata;
    }

    /** What introspection says about a valid token with these scopes, without {@code active}; to be changed by a test. */
    public Map<String, @Nullable Object> metadata(String... scopes) {
        Map<String, @Nullable Object> metadata =
                new LinkedHashMap<>(accessToken(scopes).claims());
        metadata.put("token_type", "Bearer");
        return metadata;
    }

    /** Introspection's answer about {@code token} from now on, word for word and whatever the time. */
    public void introspectAs(String token, String json) {
        introspection.know(token, json);
    }

    /** Introspection calls it inactive from now on. A JWT goes on verifying. */
    public void revoke(String token) {
        introspection.forget(token);
    }

    private void remember(String token, Map<String, ? extends @Nullable Object> metadata) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("active", true);
        answer.putAll(metadata);
        introspection.know(token, Json.write(answer));
        if (metadata.get("exp") instanceof Number exp) {
            introspection.expire(token, exp.longValue());
        }
    }

    // Keys

    /** A new key signs from now on; the old ones stay published. */
    public TestKey rotateKeys() {
        TestKey key = TestKeys.newRsa("rsa-" + UUID.randomUUID());
        keys.add(key);
        return key;
    }

    /** Publishes exactly these; the last one signs. */
    public void publish(TestKey first, TestKey... more) {
        List<TestKey> published = new ArrayList<>(List.of(more));
        published.add(0, first);
        keys.addAll(published);
        keys.removeIf(key -> !published.contains(key));
    }

    // Faults

    /** The endpoint's answers are spoilt so until {@link #heal}. */
    public void fail(Endpoint endpoint, AnswerFault fault) {
        fail(endpoint, fault, Integer.MAX_VALUE);
    }

    /** The endpoint's next answers are spoilt so, then it is well again. */
    public void fail(Endpoint endpoint, AnswerFault fault, int times) {
        faults.put(endpoint, new Planned(fault, new AtomicInteger(times)));
    }

    /**
     * Signed answers are written so until {@link #heal()}: the function gets the right one, and what it answers is sent, be
     * it a JWT or not.
     */
    public void writeSignedAnswers(Function<AccessTokens, String> writer) {
        signedAnswers.writtenBy(writer);
    }

    public void heal(Endpoint endpoint) {
        faults.remove(endpoint);
    }

    /** All endpoints. */
    public void heal() {
        faults.clear();
        signedAnswers.writtenBy(AccessTokens::build);
    }

    // Evidence

    /** Every request so far, in order of arrival. */
    public List<ReceivedRequest> requests() {
        return List.copyOf(requests);
    }

    public List<ReceivedRequest> requests(Endpoint endpoint) {
        return requests.stream()
                .filter(request -> Endpoint.of(request.path()) == endpoint)
                .toList();
    }

    public int count(Endpoint endpoint) {
        return requests(endpoint).size();
    }

    /** Whether anybody followed a redirect or fetched the keys that a forged token pointed at. */
    public boolean wasLuredAway() {
        return count(Endpoint.ATTACKER) > 0;
    }

    public void forgetRequests() {
        requests.clear();
    }

    @Override
    public void close() {
        server.close();
    }

    private Answer answer(ReceivedRequest request) {
        requests.add(request);
        Endpoint endpoint = Endpoint.of(request.path());
        Answer right = rightAnswer(endpoint, request);
        Planned planned = faults.get(endpoint);
        return planned != null && planned.times().getAndDecrement() > 0
                ? planned.fault().applyTo(right)
                : right;
    }

    private Answer rightAnswer(Endpoint endpoint, ReceivedRequest request) {
        return switch (endpoint) {
            case OAUTH_METADATA, OPENID_METADATA -> Answer.json(discovery());
            case JWKS -> Answer.json(TestKeys.jwks(keys.toArray(new TestKey[0])));
            case INTROSPECTION -> introspected(request);
            case TOKEN -> clients.token(request);
            case ATTACKER -> Answer.json(attackersWish());
            case OTHER -> TransportFault.NOT_FOUND.applyTo(Answer.json(""));
        };
    }

    /** RFC 9701 4: as a JWT for whoever accepts nothing else. */
    private Answer introspected(ReceivedRequest request) {
        Answer plain = introspection.answer(request);
        return plain.status() == 200 && SignedAnswers.areWanted(request)
                ? signedAnswers.sign(plain, request, issuer(), keys.get(keys.size() - 1))
                : plain;
    }

    private String discovery() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", issuer());
        document.put("jwks_uri", url(Endpoint.JWKS));
        document.put("introspection_endpoint", url(Endpoint.INTROSPECTION));
        document.put("introspection_endpoint_auth_methods_supported", authMethods);
        String alias = mutualTlsIntrospection;
        if (alias != null) {
            document.put("mtls_endpoint_aliases", Map.of("introspection_endpoint", alias));
        }
        document.put("authorization_endpoint", origin + "/as/authorize");
        document.put("token_endpoint", url(Endpoint.TOKEN));
        document.put("response_types_supported", List.of("code"));
        return Json.write(document);
    }

    /** At once an active token and the attacker's keys, under the good keys' ids. */
    private String attackersWish() {
        Map<String, @Nullable Object> wish = metadata("orders:read", "orders:write");
        wish.put("active", true);
        wish.put(
                "keys",
                keys.stream()
                        .map(key -> TestKeys.foreign().withKid(key.kid()).publicJwk())
                        .toList());
        return Json.write(wish);
    }
}
