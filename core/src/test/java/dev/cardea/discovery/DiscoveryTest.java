package dev.cardea.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cardea.config.ClientSettings.Method;
import dev.cardea.config.HttpSettings;
import dev.cardea.config.IssuerSettings;
import dev.cardea.config.JwksSettings;
import dev.cardea.http.JdkHttpTransport;
import dev.cardea.log.RateLimitedLog;
import dev.cardea.log.RecordedLog;
import dev.cardea.reject.Uncertainty;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.testkit.AnswerFault;
import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.MetadataFault;
import dev.cardea.testkit.ReceivedRequest;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.TransportFault;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryTest {
    private static final Duration REFRESH = Duration.ofMinutes(10);
    private static final Duration TIMEOUT = Duration.ofMillis(1500);

    private final AtomicLong nanos = new AtomicLong();
    private final TestAuthorizationServer server = TestAuthorizationServer.start(Clock.systemUTC());
    private final JdkHttpTransport transport =
            new JdkHttpTransport(new HttpSettings(true, null, null), Duration.ofSeconds(1), System::nanoTime);
    private final RecordedLog lines = new RecordedLog();
    private final ManualRefresher refresher = new ManualRefresher();
    private final Discovery discovery = discovery(true);

    @AfterEach
    void stop() {
        transport.close();
        server.close();
    }

    @Tag("A01")
    @Tag("accepts")
    @Test
    void findsMetadataWhereRfc8414PutsIt() throws Exception {
        assertThat(requests()).isZero();

        assertFound(discovery);

        assertThat(server.count(Endpoint.OAUTH_METADATA)).isEqualTo(1);
        assertThat(server.count(Endpoint.OPENID_METADATA)).isZero();
    }

    @Tag("A01")
    @Tag("accepts")
    @ParameterizedTest
    @EnumSource(names = {"NOT_FOUND", "UNAUTHORIZED", "SERVER_ERROR", "HTML", "REDIRECT", "EMPTY", "HUGE", "CLOSED"})
    void findsMetadataWhereOpenIdPutsItInstead(TransportFault fault) throws Exception {
        server.fail(Endpoint.OAUTH_METADATA, fault);

        assertFound(discovery);
        assertThat(server.wasLuredAway()).isFalse();
    }

    @Tag("A01")
    @ParameterizedTest
    @CsvSource({
        "https://as.example,/.well-known/oauth-authorization-server,/.well-known/openid-configuration",
        "https://as.example/,/.well-known/oauth-authorization-server,/.well-known/openid-configuration",
        "https://as.example/t,/.well-known/oauth-authorization-server/t,/t/.well-known/openid-configuration",
        "https://as.example/t/,/.well-known/oauth-authorization-server/t,/t/.well-known/openid-configuration",
        "https://as.example/a/b%20c,/.well-known/oauth-authorization-server/a/b%20c,"
                + "/a/b%20c/.well-known/openid-configuration",
    })
    void putsTheWellKnownPartBeforeOrBehindTheIssuersPath(String issuer, String inserted, String appended) {
        assertThat(Discovery.places(URI.create(issuer)))
                .containsExactly(
                        URI.create("https://as.example" + inserted), URI.create("https://as.example" + appended));
    }

    /** Neither at the root, where another issuer of the same server may be, nor in any mixture of the two. */
    @Tag("A01")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void looksNowhereElse() throws Exception {
        server.fail(Endpoint.OAUTH_METADATA, TransportFault.NOT_FOUND);
        server.fail(Endpoint.OPENID_METADATA, TransportFault.NOT_FOUND);
        assertUndetermined(discovery);
        assertThat(server.requests())
                .extracting(ReceivedRequest::path)
                .containsExactly("/.well-known/oauth-authorization-server/as", "/as/.well-known/openid-configuration");

        server.heal(Endpoint.OPENID_METADATA);
        nanos.addAndGet(LastGood.RETRY_PAUSE.toNanos());
        assertFound(discovery);
    }

    @Tag("A02")
    @Tag("accepts")
    @Tag("refuses")
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"JWKS_URI_MISSING"})
    void believesNoDocumentButTheIssuersOwn(MetadataFault fault) throws Exception {
        assertFound(discovery(true));

        server.fail(Endpoint.OAUTH_METADATA, fault);
        server.fail(Endpoint.OPENID_METADATA, fault);
        assertUndetermined(discovery(true));
    }

    @Tag("A03")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void wantsHttpsUnlessPlainHttpIsAllowed() throws Exception {
        assertFound(discovery(true));
        assertUndetermined(discovery(false));
    }

    @Tag("A03")
    @ParameterizedTest
    @CsvSource({
        "/keys",
        "ftp://as.example/keys",
        "https:///keys",
        "https://u@as.example/keys",
        "mailto:a@b",
        "'http://a b'"
    })
    void wantsAbsoluteAddresses(String address) throws Exception {
        assertFound(discovery(true));

        spoil("jwks_uri", "https://as.example/keys");
        assertThat(discovery(true).metadata().jwksUri()).isNotNull();
        spoil("jwks_uri", address);
        assertUndetermined(discovery(true));
    }

    @Tag("A03")
    @Tag("accepts")
    @Tag("refuses")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"introspection_endpoint\":\"/introspect\"}",
                "{\"introspection_endpoint\":\"ftp://as.example/introspect\"}",
                "{\"introspection_endpoint\":7}",
                "[]",
                "\"https://as.example\""
            })
    void wantsTheSameOfTheAddressesForMutualTls(String aliases) throws Exception {
        sayToo("\"mtls_endpoint_aliases\":{\"introspection_endpoint\":\"https://mtls.as.example/introspect\"}");
        assertThat(discovery(true).metadata().mutualTlsIntrospectionEndpoint())
                .isEqualTo(URI.create("https://mtls.as.example/introspect"));
        sayToo("\"mtls_endpoint_aliases\":{\"token_endpoint\":\"not ours to judge\"}");
        assertFound(discovery(true));

        sayToo("\"mtls_endpoint_aliases\":" + aliases);
        assertUndetermined(discovery(true));
    }

    @Tag("A05")
    @Tag("accepts")
    @Tag("refuses")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"private_key_jwt\",\"tls_client_auth\"]",
                "[\"CLIENT_SECRET_BASIC\"]",
                "[]",
                "\"client_secret_basic\"",
                "[[\"client_secret_basic\"]]"
            })
    void sendsNoSecretToAnEndpointThatSaysItTakesNone(String methods) throws Exception {
        assertThat(discovery(true).introspection(Method.CLIENT_SECRET_BASIC).uri())
                .isNotNull();
        say("introspection_endpoint_auth_methods_supported", "[\"private_key_jwt\",\"client_secret_basic\"]");
        assertThat(discovery(true).introspection(Method.CLIENT_SECRET_BASIC).uri())
                .isNotNull();
        say("introspection_endpoint_auth_methods_supported", "null");
        assertThat(discovery(true).introspection(Method.CLIENT_SECRET_BASIC).uri())
                .as("does not say")
                .isNotNull();

        say("introspection_endpoint_auth_methods_supported", methods);
        Discovery other = discovery(true);
        UndeterminedException e =
                catchThrowableOfType(UndeterminedException.class, () -> other.introspection(Method.CLIENT_SECRET_BASIC)
                        .uri());
        assertThat(e.uncertainty()).isEqualTo(Uncertainty.INTROSPECTION_REFUSED);
        assertThat(e.detail()).contains("client_secret_basic", "cardea.introspection.url");
        assertThat(other.jwks().uri()).as("keys need no credentials").isNotNull();
    }

    @Tag("A05")
    @Tag("accepts")
    @Tag("refuses")
    @ParameterizedTest
    @CsvSource({
        "CLIENT_SECRET_POST, client_secret_post, client_secret_basic",
        "CLIENT_SECRET_JWT, client_secret_jwt, private_key_jwt",
        "PRIVATE_KEY_JWT, private_key_jwt, client_secret_jwt",
        "TLS_CLIENT_AUTH, tls_client_auth, self_signed_tls_client_auth",
        "SELF_SIGNED_TLS_CLIENT_AUTH, self_signed_tls_client_auth, tls_client_auth",
        "BEARER, Bearer, client_secret_basic",
    })
    void asksForTheMethodThatIsConfigured(Method method, String named, String another) throws Exception {
        server.publishAuthMethods(another, named);
        assertThat(discovery(true).introspection(method).uri()).isNotNull();

        server.publishAuthMethods(another);
        Discovery without = discovery(true);
        assertThat(catchThrowableOfType(UndeterminedException.class, () -> without.introspection(method)
                        .uri()))
                .hasMessageContaining("not " + method.word())
                .hasMessageContaining("cardea.introspection.auth-method");
    }

    @Tag("A03")
    @Test
    void onlyWhoShowsACertificateGoesWhereOneIsAskedFor() throws Exception {
        server.publishAuthMethods("tls_client_auth", "self_signed_tls_client_auth", "client_secret_basic");
        URI ordinary = URI.create(server.url(Endpoint.INTROSPECTION));
        assertThat(discovery(true).introspection(Method.TLS_CLIENT_AUTH).uri()).isEqualTo(ordinary);

        server.publishMutualTlsIntrospection("https://mtls.as.example/introspect");
        URI alias = URI.create("https://mtls.as.example/introspect");
        Discovery discovery = discovery(true);
        assertThat(discovery.introspection(Method.TLS_CLIENT_AUTH).uri()).isEqualTo(alias);
        assertThat(discovery.introspection(Method.SELF_SIGNED_TLS_CLIENT_AUTH).uri())
                .isEqualTo(alias);
        assertThat(discovery.introspection(Method.CLIENT_SECRET_BASIC).uri()).isEqualTo(ordinary);
    }

    @Test
    void aTokenEndpointThatMakesNoSenseIsMissedOnlyByWhoNeedsIt() throws Exception {
        assertThat(discovery(true).token().uri()).isEqualTo(URI.create(server.url(Endpoint.TOKEN)));

        server.fail(
                Endpoint.OAUTH_METADATA,
                right -> right.withBody(new String(right.body(), StandardCharsets.UTF_8)
                        .replace(server.url(Endpoint.TOKEN), "ftp://as.example/token")));
        Discovery without = discovery(true);
        assertThat(without.introspection(Method.CLIENT_SECRET_BASIC).uri()).isNotNull();
        assertThat(catchThrowableOfType(
                        UndeterminedException.class, () -> without.token().uri()))
                .hasMessageContaining("cardea.introspection.token-url");
    }

    @Test
    void saysWhichSettingReplacesAMissingMember() throws Exception {
        assertThat(discovery.jwks().uri()).isEqualTo(URI.create(server.url(Endpoint.JWKS)));
        assertThat(discovery.introspection(Method.CLIENT_SECRET_BASIC).uri())
                .isEqualTo(URI.create(server.url(Endpoint.INTROSPECTION)));

        server.fail(Endpoint.OAUTH_METADATA, MetadataFault.JWKS_URI_MISSING);
        Discovery without = discovery(true);
        assertThat(without.introspection(Method.CLIENT_SECRET_BASIC).uri()).isNotNull();
        assertThat(catchThrowableOfType(
                        UndeterminedException.class, () -> without.jwks().uri()))
                .hasMessageContaining("cardea.jwks.url");
    }

    @Tag("A04")
    @Tag("accepts")
    @Test
    void asksNotPerRequestButAtThePaceOfTheKeys() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertFound(discovery);
        }
        assertThat(requests()).isEqualTo(1);

        nanos.addAndGet(REFRESH.toNanos());
        assertFound(discovery);
        assertThat(requests()).isEqualTo(1);
        refresher.round();
        assertFound(discovery);
        assertThat(requests()).isEqualTo(2);
    }

    /** Where both addresses are configured there may be no metadata at all. */
    @Test
    void isNotLookedForInTheBackgroundBeforeItIsNeeded() throws Exception {
        refresher.round();
        assertThat(requests()).isZero();

        assertFound(discovery);
        nanos.addAndGet(REFRESH.toNanos());
        refresher.round();
        assertThat(requests()).isEqualTo(2);
    }

    @Tag("A04")
    @Tag("accepts")
    @Test
    void keepsTheLastGoodDocument() throws Exception {
        assertFound(discovery);
        server.fail(Endpoint.OAUTH_METADATA, TransportFault.SERVER_ERROR);
        server.fail(Endpoint.OPENID_METADATA, TransportFault.SERVER_ERROR);

        nanos.addAndGet(Duration.ofDays(365).toNanos());
        refresher.round();
        assertFound(discovery);
        assertThat(requests()).isEqualTo(3);
    }

    @Tag("A04")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void triesAgainFiveSecondsAfterAFailure() throws Exception {
        server.fail(Endpoint.OAUTH_METADATA, TransportFault.SERVER_ERROR);
        server.fail(Endpoint.OPENID_METADATA, TransportFault.SERVER_ERROR);
        for (int i = 0; i < 10; i++) {
            assertUndetermined(discovery);
        }
        assertThat(requests()).isEqualTo(2);

        server.heal();
        nanos.addAndGet(LastGood.RETRY_PAUSE.toNanos());
        assertFound(discovery);
    }

    @Test
    void tellsTheOperatorOnceWhatIsWrongAndWhenItIsOver() throws Exception {
        server.fail(Endpoint.OAUTH_METADATA, TransportFault.SERVER_ERROR);
        server.fail(Endpoint.OPENID_METADATA, TransportFault.NOT_FOUND);
        assertUndetermined(discovery);
        nanos.addAndGet(LastGood.RETRY_PAUSE.toNanos());
        assertUndetermined(discovery);
        assertThat(lines.lines())
                .singleElement()
                .asString()
                .startsWith("WARNING")
                .contains("500", "404", "cardea.issuer");

        server.heal();
        nanos.addAndGet(LastGood.RETRY_PAUSE.toNanos());
        assertFound(discovery);
        assertThat(lines.lines())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("INFO")
                .contains("again");
    }

    @Tag("A04")
    @Tag("accepts")
    @Test
    void letsManyRequestsShareOneFetch() throws Exception {
        server.fail(Endpoint.OAUTH_METADATA, AnswerFault.slow(Duration.ofMillis(300)));

        List<CompletableFuture<AuthorizationServerMetadata>> waiting = IntStream.range(0, 50)
                .mapToObj(i -> {
                    CompletableFuture<AuthorizationServerMetadata> found = new CompletableFuture<>();
                    new Thread(() -> {
                                try {
                                    found.complete(discovery.metadata());
                                } catch (UndeterminedException e) {
                                    found.completeExceptionally(e);
                                }
                            })
                            .start();
                    return found;
                })
                .toList();
        for (CompletableFuture<AuthorizationServerMetadata> found : waiting) {
            assertThat(found.get(10, TimeUnit.SECONDS).issuer()).isEqualTo(server.issuer());
        }

        assertThat(requests()).isEqualTo(1);
        assertFound(discovery);
    }

    private void spoil(String member, String value) {
        AnswerFault fault = right ->
                right.withBody("{\"issuer\":\"" + server.issuer() + "\",\"" + member + "\":\"" + value + "\"}");
        server.fail(Endpoint.OAUTH_METADATA, fault);
        server.fail(Endpoint.OPENID_METADATA, fault);
    }

    /** The right document, with another value for a member that it has. */
    private void say(String member, String json) {
        server.fail(
                Endpoint.OAUTH_METADATA,
                right -> right.withBody(new String(right.body(), StandardCharsets.UTF_8)
                        .replaceFirst("\"" + member + "\":\\[[^]]*]", "\"" + member + "\":" + json)));
    }

    /** The right document, with one more member. */
    private void sayToo(String member) {
        AnswerFault fault = right ->
                right.withBody(new String(right.body(), StandardCharsets.UTF_8).replaceFirst("}$", "," + member + "}"));
        server.fail(Endpoint.OAUTH_METADATA, fault);
        server.fail(Endpoint.OPENID_METADATA, fault);
    }

    private int requests() {
        return server.count(Endpoint.OAUTH_METADATA) + server.count(Endpoint.OPENID_METADATA);
    }

    private void assertFound(Discovery found) throws UndeterminedException {
        assertThat(found.metadata())
                .isEqualTo(new AuthorizationServerMetadata(
                        server.issuer(),
                        URI.create(server.url(Endpoint.JWKS)),
                        URI.create(server.url(Endpoint.INTROSPECTION)),
                        null,
                        URI.create(server.url(Endpoint.TOKEN)),
                        Set.of("client_secret_basic")));
    }

    private static void assertUndetermined(Discovery lost) {
        UndeterminedException e = catchThrowableOfType(UndeterminedException.class, lost::metadata);
        assertThat(e.uncertainty()).isEqualTo(Uncertainty.DISCOVERY_FAILED);
        assertThat(e.detail()).contains("cardea.issuer");
    }

    private Discovery discovery(boolean allowHttp) {
        return new Discovery(
                new IssuerSettings(server.issuer(), Set.of("at+jwt"), List.of("RS256")),
                new JwksSettings(null, REFRESH, Duration.ofHours(24), Duration.ofSeconds(30), TIMEOUT),
                new HttpSettings(allowHttp, null, null),
                transport,
                nanos::get,
                refresher,
                new RateLimitedLog(lines, nanos::get));
    }
}
