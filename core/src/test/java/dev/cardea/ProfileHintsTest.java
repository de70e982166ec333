package dev.cardea;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.profile.Profile;
import dev.cardea.testkit.AccessTokens;
import dev.cardea.testkit.Product;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.TestKeys;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the operator is told, and the client is not, where only the profile is wrong. */
class ProfileHintsTest {
    private final AtomicLong nanos = new AtomicLong();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger("dev.cardea.profile"); // what System.Logger writes to here
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line.getLevel() + " " + line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private TestAuthorizationServer as;

    @BeforeEach
    void start() {
        as = TestAuthorizationServer.start(Clock.systemUTC());
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void stop() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
        as.close();
    }

    @Test
    @Tag("T01")
    @Tag("refuses")
    void namesThePropertyAndTheProfileOnceForEachCause() {
        try (ResourceServer server = server(Map.of())) {
            decide(server, token(Product.RFC_9068));
            for (int i = 0; i < 5; i++) {
                assertThat(decide(server, token(Product.COGNITO))).isInstanceOf(Decision.Denied.class);
                nanos.addAndGet(10_000_000_000L);
            }
            assertThat(lines).hasSize(1);
            assertThat(lines.get(0))
                    .startsWith(Level.WARNING.toString())
                    .contains(
                            "'" + as.issuer() + "'", "typ is nothing", " cardea.issuer-profile=cognito (now generic)");

            // The same cause, and another cure.
            decide(server, token(Product.OKTA));
            nanos.addAndGet(10_000_000_000L);
            assertThat(lines).hasSize(2);
            assertThat(lines.get(1)).contains("typ is nothing", "cardea.issuer-profile=okta");
            decide(server, token(Product.ENTRA));
            assertThat(lines).hasSize(3);
            assertThat(lines.get(2)).contains("typ is 'jwt'", "cardea.issuer-profile=entra");
        }
    }

    /** All tokens of the issuer are refused for their type, so none of them ever asked for a key. */
    @Test
    void needsNoTokenThatFetchesKeysFirst() throws Exception {
        try (ResourceServer server = server(Map.of())) {
            for (int i = 0; i < 1_000 && lines.isEmpty(); i++) {
                decide(server, token(Product.COGNITO));
                nanos.addAndGet(10_000_000_000L);
                Thread.sleep(10); // until the keys have come in the background
            }
            assertThat(lines).hasSize(1);
        }
    }

    @Test
    void namesThePropertyOfTheIssuerThatItIsAbout() {
        Map<String, String> settings = new HashMap<>();
        settings.put("cardea.issuer", "http://127.0.0.1:9"); // where nobody listens
        settings.put("cardea.issuers.partner.issuer", as.issuer());
        settings.put("cardea.issuers.partner.allow-http-issuer", "true");
        settings.put("cardea.issuers.partner.issuer-profile", "okta");
        try (ResourceServer server = server(settings)) {
            decide(server, token(Product.OKTA));
            decide(server, token(Product.KEYCLOAK));
            assertThat(lines).hasSize(1);
            assertThat(lines.get(0)).contains("cardea.issuers.partner.issuer-profile=keycloak (now okta)");
        }
    }

    /** To be told which profile would let an ID token in, and to set it, would be worse than any refusal. */
    @Test
    @Tag("T20")
    @Tag("W15")
    @Tag("refuses")
    void nobodyIsAdvisedToLetAnIdTokenIn() {
        for (String profile : Profile.words()) {
            try (ResourceServer server = server(Map.of("cardea.issuer-profile", profile))) {
                // Every profile asks for the keys to see that this is none of the issuer's: now they are there.
                decide(server, token(Product.RFC_9068).signedBy(TestKeys.foreign()));
                for (Product product : Product.values()) {
                    List<AccessTokens> others = new ArrayList<>(
                            product.otherTokens(as.issuer(), TestAuthorizationServer.AUDIENCE, Clock.systemUTC()));
                    others.add(product.idToken(as.issuer(), TestAuthorizationServer.AUDIENCE, Clock.systemUTC()));
                    for (AccessTokens other : others) {
                        nanos.addAndGet(10_000_000_000L);
                        decide(server, other);
                        assertThat(lines)
                                .as("%s of %s under %s", other.claims(), product, profile)
                                .isEmpty();
                    }
                }
                nanos.addAndGet(10_000_000_000L);
                decide(server, token(profile.equals("cognito") ? Product.KEYCLOAK : Product.COGNITO));
                assertThat(lines).as("or nothing would have been told anyway").hasSize(1);
                lines.clear();
            }
        }
    }

    @Test
    void aClaimThatOnlyThisProfileAsksForIsACauseToo() {
        try (ResourceServer server = server(Map.of())) {
            assertThat(decide(server, token(Product.AUTH0_RFC_9068).without("jti")))
                    .isInstanceOf(Decision.Denied.class);
            assertThat(lines).hasSize(1);
            assertThat(lines.get(0)).contains("claim 'jti' is missing", "cardea.issuer-profile=auth0");
        }
    }

    @Test
    @Tag("T04")
    @Tag("refuses")
    void isSilentAboutForgedTokensAndAsksNobody() {
        try (ResourceServer server = server(Map.of())) {
            decide(server, token(Product.RFC_9068));
            as.forgetRequests();
            decide(server, token(Product.COGNITO).signedBy(TestKeys.foreign()).withoutHeader("typ"));
            nanos.addAndGet(10_000_000_000L);
            decide(
                    server,
                    token(Product.COGNITO)
                            .signedBy(TestKeys.foreign().withKid(TestKeys.rsa().kid()))
                            .withoutHeader("typ"));
            assertThat(lines).isEmpty();
            assertThat(as.requests()).isEmpty();

            nanos.addAndGet(10_000_000_000L);
            decide(server, token(Product.COGNITO));
            assertThat(lines).hasSize(1);
            assertThat(as.requests()).isEmpty();
        }
    }

    @Test
    void isSilentWhereNoProfileWouldHelp() {
        try (ResourceServer server = server(Map.of())) {
            decide(server, token(Product.RFC_9068));
            for (AccessTokens useless : List.of(
                    token(Product.COGNITO).claim("token_use", "id"),
                    token(Product.ENTRA).claim("aud", "https://other.example"),
                    token(Product.ENTRA).claim("events", Map.of()),
                    token(Product.ENTRA).header("typ", "logout+jwt"))) {
                assertThat(decide(server, useless)).isInstanceOf(Decision.Denied.class);
                nanos.addAndGet(10_000_000_000L);
            }
            assertThat(lines).isEmpty();
        }
    }

    /** B18: what the operator learns, the client does not. */
    @Test
    @Tag("B18")
    void theClientSeesNoDifference() {
        try (ResourceServer server = server(Map.of())) {
            decide(server, token(Product.RFC_9068));
            Decision first = decide(server, token(Product.COGNITO));
            assertThat(lines).hasSize(1);
            Decision second = decide(server, token(Product.COGNITO));
            Decision useless = decide(server, token(Product.COGNITO).claim("token_use", "id"));
            assertThat(answer(first)).isEqualTo(answer(second)).isEqualTo(answer(useless));
        }
    }

    private static Answer answer(Decision decision) {
        return ((Decision.Denied) decision).answer();
    }

    private AccessTokens token(Product product) {
        return product.accessToken(as.issuer(), TestAuthorizationServer.AUDIENCE, Clock.systemUTC());
    }

    private ResourceServer server(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "cardea.issuer",
                as.issuer(),
                "cardea.allow-http-issuer",
                "true",
                "cardea.audience",
                TestAuthorizationServer.AUDIENCE));
        settings.putAll(more);
        return ResourceServer.builder()
                .properties(settings)
                .nanoTime(nanos::get)
                .build();
    }

    private static Decision decide(ResourceServer server, AccessTokens token) {
        Authentication authentication = server.authenticate(new BearerRequest(token.build()), PathRule.none());
        Decision decision = server.authorize(authentication, AccessPolicy.authenticated());
        server.conclude(authentication);
        return decision;
    }
}
