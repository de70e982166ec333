package dev.cardea;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.TestKey;
import dev.cardea.testkit.TransportFault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two issuers that both listen, one of them over TLS with a certificate of its own. */
@Tag("W10")
class SeveralIssuersTest {
    private static final AccessPolicy READ = AccessPolicy.allScopes("orders:read");

    private final List<DecisionEvent> events = new ArrayList<>();
    private TestAuthorizationServer main;
    private TestAuthorizationServer partner;
    private ResourceServer server;

    @TempDir
    Path directory;

    @BeforeEach
    void start() throws Exception {
        main = TestAuthorizationServer.start(Clock.systemUTC());
        partner = TestAuthorizationServer.startTls(Clock.systemUTC());
        server = server(Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
        partner.close();
        main.close();
    }

    @Test
    @Tag("T02")
    @Tag("accepts")
    void theIssuerThatATokenNamesIsTheOneThatVerifiesIt() {
        assertThat(granted(main.issueJwt("orders:read")).issuer()).contains(main.issuer());
        assertThat(granted(partner.issueJwt("orders:read")).issuer()).contains(partner.issuer());
        assertThat(main.count(Endpoint.JWKS)).isEqualTo(1);
        assertThat(partner.count(Endpoint.JWKS)).isEqualTo(1);
    }

    /** Both publish a key with the same id, so only the issuer tells whose is meant. */
    @Test
    @Tag("accepts")
    @Tag("refuses")
    void aKeyOfOneIssuerVerifiesNoTokenOfTheOther() {
        TestKey mains = main.rotateKeys().withKid("shared");
        TestKey partners = partner.rotateKeys().withKid("shared");
        main.publish(mains);
        partner.publish(partners);

        granted(main.accessToken("orders:read").signedBy(mains).build());
        granted(partner.accessToken("orders:read").signedBy(partners).build());
        assertThat(refused(main.accessToken("orders:read").signedBy(partners).build()))
                .isEqualTo("SIGNATURE_INVALID");
        assertThat(refused(partner.accessToken("orders:read").signedBy(mains).build()))
                .isEqualTo("SIGNATURE_INVALID");
    }

    @Test
    @Tag("N15")
    @Tag("accepts")
    @Tag("refuses")
    void aTokenOfAThirdIssuerCausesNoCall() {
        granted(partner.issueJwt("orders:read"));
        int before = main.requests().size() + partner.requests().size();

        for (String issuer : List.of(
                "https://third.example",
                partner.issuer() + "/",
                partner.issuer().toUpperCase(java.util.Locale.ROOT),
                partner.issuer().replace("https", "http"))) {
            assertThat(refused(partner.accessToken("orders:read").issuer(issuer).build()))
                    .isEqualTo("ISSUER_UNKNOWN");
        }
        assertThat(main.requests().size() + partner.requests().size()).isEqualTo(before);
    }

    @Test
    @Tag("W11")
    @Tag("accepts")
    @Tag("refuses")
    void eachIssuerHasItsOwnAudience() {
        ResourceServer ours = server(Map.of("cardea.issuers.partner.audience", "urn:for-partners"));
        try {
            assertThat(decide(
                            ours,
                            partner.accessToken("orders:read")
                                    .audience("urn:for-partners")
                                    .build()))
                    .isInstanceOf(Decision.Granted.class);
            assertThat(decide(ours, partner.issueJwt("orders:read"))).isInstanceOf(Decision.Denied.class);
            assertThat(events.get(events.size() - 1).detail()).contains("(cardea.issuers.partner.audience)");
            assertThat(decide(ours, main.issueJwt("orders:read"))).isInstanceOf(Decision.Granted.class);
            assertThat(decide(
                            ours,
                            main.accessToken("orders:read")
                                    .audience("urn:for-partners")
                                    .build()))
                    .isInstanceOf(Decision.Denied.class);
        } finally {
            ours.close();
        }
    }

    @Test
    @Tag("T18")
    @Tag("accepts")
    @Tag("refuses")
    void anIssuerThatIsDownIsNoReasonToRefuseTheOther() {
        partner.fail(Endpoint.JWKS, TransportFault.SERVER_ERROR);

        // Another than the one that everybody has here, whose keys may have come before they fail.
        try (ResourceServer late = server(Map.of())) {
            assertThat(decide(late, partner.issueJwt("orders:read"))).isInstanceOf(Decision.Unavailable.class);
            assertThat(decide(late, main.issueJwt("orders:read"))).isInstanceOf(Decision.Granted.class);
        }
    }

    @Test
    void theSameSubjectOfTwoIssuersIsTwoUsers() {
        Caller mains = granted(main.accessToken("orders:read").subject("4711").build());
        Caller partners =
                granted(partner.accessToken("orders:read").subject("4711").build());

        assertThat(mains.identity()).isNotEqualTo(partners.identity());
    }

    @Test
    void aBearerTokenGoesAlongToMetadataAndKeysOfItsIssuerOnlyAndIsReadAgain() throws Exception {
        Path file = Files.writeString(directory.resolve("token"), "first-token\n");
        // The server that everybody has here asks without; it has its keys then, and asks no more.
        granted(partner.issueJwt("orders:read"));
        granted(main.issueJwt("orders:read"));
        partner.forgetRequests();
        main.forgetRequests();
        ResourceServer cluster = server(Map.of("cardea.issuers.partner.http.bearer-token-file", file.toString()));
        try {
            assertThat(decide(cluster, partner.issueJwt("orders:read"))).isInstanceOf(Decision.Granted.class);
            assertThat(decide(cluster, main.issueJwt("orders:read"))).isInstanceOf(Decision.Granted.class);

            assertThat(partner.requests()).isNotEmpty().allSatisfy(request -> assertThat(
                            request.header("authorization"))
                    .isEqualTo("Bearer first-token"));
            assertThat(main.requests()).isNotEmpty().allSatisfy(request -> assertThat(request.header("authorization"))
                    .isNull());

            Files.writeString(file, "second-token");
            partner.forgetRequests();
            TestKey rotated = partner.rotateKeys();
            assertThat(decide(
                            cluster,
                            partner.accessToken("orders:read").signedBy(rotated).build()))
                    .isInstanceOf(Decision.Granted.class);
            assertThat(partner.requests(Endpoint.JWKS)).isNotEmpty().allSatisfy(request -> assertThat(
                            request.header("authorization"))
                    .isEqualTo("Bearer second-token"));
        } finally {
            cluster.close();
        }
    }

    @Test
    void aBearerTokenIsNeverSentInTheClear() throws Exception {
        Path file = Files.writeString(directory.resolve("token"), "a-token");
        ResourceServer careless = server(Map.of("cardea.http.bearer-token-file", file.toString()));
        try {
            assertThat(decide(server, main.issueJwt("orders:read"))).isInstanceOf(Decision.Granted.class);
            main.forgetRequests();

            assertThat(decide(careless, main.issueJwt("orders:read"))).isInstanceOf(Decision.Unavailable.class);
            assertThat(main.requests()).isEmpty();
        } finally {
            careless.close();
        }
    }

    @Test
    void eachIssuerIsTrustedByItsOwnCertificates() {
        Map<String, String> none = new HashMap<>();
        none.put("cardea.issuers.partner.http.trust-store", "");
        none.put("cardea.issuers.partner.http.trust-store-password-file", "");
        ResourceServer platform = server(none);
        try {
            granted(partner.issueJwt("orders:read"));
            assertThat(decide(platform, partner.issueJwt("orders:read"))).isInstanceOf(Decision.Unavailable.class);
        } finally {
            platform.close();
        }
    }

    /** Whoever answers about opaque tokens is not the partner, and cannot say who the partner's users are. */
    @Test
    @Tag("I12")
    @Tag("accepts")
    @Tag("refuses")
    void anIntrospectionEndpointDoesNotSpeakForAFurtherIssuer() {
        Map<String, String> introspecting = Map.of(
                "cardea.issuer",
                "",
                "cardea.introspection.url",
                main.url(Endpoint.INTROSPECTION),
                "cardea.introspection.client-id",
                TestAuthorizationServer.CLIENT_ID,
                "cardea.introspection.client-secret",
                TestAuthorizationServer.CLIENT_SECRET);
        main.introspectAs("its-own", answer(main.issuer()));
        main.introspectAs("the-partners", answer(partner.issuer()));
        try (ResourceServer unnamed = server(introspecting)) {
            assertThat(decide(unnamed, "its-own")).isInstanceOf(Decision.Granted.class);
            assertThat(decide(unnamed, partner.issueJwt("orders:read"))).isInstanceOf(Decision.Granted.class);
            assertThat(decide(unnamed, "the-partners")).isInstanceOf(Decision.Denied.class);
            DecisionEvent refusal = events.get(events.size() - 1);
            assertThat(refusal.reason()).isEqualTo("ISSUER_MISMATCH");
            assertThat(refusal.detail()).contains(partner.issuer(), "introspection", "cardea.issuers.<name>.issuer");
        }
    }

    private static String answer(String issuer) {
        return "{\"active\":true,\"sub\":\"alice\",\"client_id\":\"shop\",\"scope\":\"orders:read\",\"aud\":\""
                + TestAuthorizationServer.AUDIENCE + "\",\"iss\":\"" + issuer + "\"}";
    }

    private ResourceServer server(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "cardea.issuer", main.issuer(),
                "cardea.allow-http-issuer", "true",
                "cardea.audience", TestAuthorizationServer.AUDIENCE,
                "cardea.issuers.partner.issuer", partner.issuer(),
                "cardea.issuers.partner.http.trust-store",
                        TestAuthorizationServer.trustStore().toString(),
                "cardea.issuers.partner.http.trust-store-password-file",
                        password().toString()));
        settings.putAll(more);
        return ResourceServer.builder()
                .properties(settings)
                .listener(events::add)
                .build();
    }

    private Path password() {
        try {
            return Files.writeString(directory.resolve("password"), TestAuthorizationServer.trustStorePassword());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Caller granted(String token) {
        Decision decision = decide(server, token);
        assertThat(decision).isInstanceOf(Decision.Granted.class);
        return ((Decision.Granted) decision).caller();
    }

    private String refused(String token) {
        Decision decision = decide(server, token);
        assertThat(decision).isInstanceOf(Decision.Denied.class);
        return ((Decision.Denied) decision).reason();
    }

    private static Decision decide(ResourceServer server, String token) {
        Authentication authentication = server.authenticate(new BearerRequest(token));
        Decision decision = server.authorize(authentication, READ);
        server.conclude(authentication);
        return decision;
    }
}
