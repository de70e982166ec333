package dev.cardea;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.profile.Profile;
import dev.cardea.testkit.AccessTokens;
import dev.cardea.testkit.ForeignToken;
import dev.cardea.testkit.Product;
import dev.cardea.testkit.TestAuthorizationServer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * RFC 8725 3.12 (W15): no other kind of JWT is taken for an access token, under no profile, though the issuer's own key
 * signed it and it is for our audience. Each refusal stands beside the product's access token, which is granted.
 *
 * <p>Rows are {@link ForeignToken} and, for what only products make, {@link Product}: <strong>whoever builds a receiver of
 * another kind of JWT adds its row there.</strong> Which claim each substitution rests on is in
 * {@code docs/reference/profiles.md}, made of the same rows.
 */
class SubstitutionMatrixTest {
    private static final Map<Profile, ResourceServer> SERVERS = new EnumMap<>(Profile.class);
    private static TestAuthorizationServer as;

    @BeforeAll
    static void start() {
        as = TestAuthorizationServer.start(Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        SERVERS.values().forEach(ResourceServer::close);
        SERVERS.clear();
        as.close();
    }

    static Stream<Arguments> everyKindToEveryProduct() {
        return Arrays.stream(Product.values())
                .flatMap(product -> Arrays.stream(ForeignToken.values()).map(kind -> Arguments.of(product, kind)));
    }

    /** All of an access token is there, and the mark of the other kind: whatever the issuer writes as {@code typ}. */
    @ParameterizedTest
    @MethodSource("everyKindToEveryProduct")
    @Tag("T01")
    @Tag("W14")
    @Tag("W15")
    @Tag("accepts")
    @Tag("refuses")
    void refusesEveryOtherKindHoweverItIsTyped(Product product, ForeignToken kind) {
        for (AccessTokens twin : accessTokens(product)) {
            grants(product, twin);
            ForeignToken.typings(kind.of(twin)).forEach(foreign -> refuses(product, foreign));
            refuses(product, twin.header("typ", kind.type()));
            refuses(product, twin.header("typ", "application/" + kind.type()));
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    @Tag("T20")
    @Tag("W15")
    @Tag("accepts")
    @Tag("refuses")
    void refusesIdTokens(Product product) {
        accessTokens(product).forEach(twin -> grants(product, twin));
        AccessTokens bare = product.idToken(as.issuer(), TestAuthorizationServer.AUDIENCE, Clock.systemUTC());
        for (AccessTokens id : List.of(
                bare,
                bare.claim("nonce", "n-0S6_WzA2Mj"),
                bare.claim("at_hash", "MTIzNDU2Nzg5MDEyMzQ1Ng"),
                bare.claim("nonce", null))) {
            ForeignToken.typings(id).forEach(typed -> refuses(product, typed));
        }
    }

    @Test
    @Tag("T20")
    @Tag("W15")
    @Tag("accepts")
    @Tag("refuses")
    void refusesWhatOnlyOneProductMakes() {
        int tried = 0;
        for (Product product : Product.values()) {
            for (AccessTokens other :
                    product.otherTokens(as.issuer(), TestAuthorizationServer.AUDIENCE, Clock.systemUTC())) {
                accessTokens(product).forEach(twin -> grants(product, twin));
                for (AccessTokens typed : ForeignToken.typings(other)) {
                    refuses(product, typed);
                    tried++;
                }
            }
        }
        assertThat(tried).isPositive();
    }

    /** What only claims tell apart under a profile is told by {@code typ} as soon as nothing else is accepted. */
    @ParameterizedTest
    @EnumSource(Product.class)
    @Tag("T01")
    @Tag("W15")
    @Tag("accepts")
    @Tag("refuses")
    void withTypesNarrowedToAtJwtOnlyTypDecides(Product product) {
        try (ResourceServer strict = server(product.profile(), Map.of("cardea.jwt.types", "at+jwt"))) {
            for (AccessTokens token : accessTokens(product)) {
                AccessTokens typed = token.header("typ", "at+jwt");
                assertThat(decide(strict, typed)).isInstanceOf(Decision.Granted.class);
                ForeignToken.typings(token.header("typ", "secevent+jwt"))
                        .forEach(foreign -> assertThat(decide(strict, foreign)).isInstanceOf(Decision.Denied.class));
            }
        }
    }

    @Test
    void everyProfileHasAProduct() {
        assertThat(Arrays.stream(Product.values()).map(Product::profile).collect(Collectors.toSet()))
                .isEqualTo(Set.copyOf(Profile.words()));
    }

    private static List<AccessTokens> accessTokens(Product product) {
        List<AccessTokens> tokens = new ArrayList<>();
        tokens.add(product.accessToken(as.issuer(), TestAuthorizationServer.AUDIENCE, Clock.systemUTC()));
        tokens.add(product.clientToken(as.issuer(), TestAuthorizationServer.AUDIENCE, Clock.systemUTC()));
        return tokens;
    }

    private static Profile profile(Product product) {
        return Profile.named(product.profile());
    }

    private static ResourceServer server(Profile profile) {
        return server(profile.word(), Map.of());
    }

    private static ResourceServer server(String profile, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "cardea.issuer",
                as.issuer(),
                "cardea.issuer-profile",
                profile,
                "cardea.allow-http-issuer",
                "true",
                "cardea.audience",
                TestAuthorizationServer.AUDIENCE));
        settings.putAll(more);
        return ResourceServer.builder().properties(settings).build();
    }

    private static void grants(Product product, AccessTokens token) {
        assertThat(decide(SERVERS.computeIfAbsent(profile(product), SubstitutionMatrixTest::server), token))
                .as("%s %s %s", product, token.header(), token)
                .isInstanceOf(Decision.Granted.class);
    }

    private static void refuses(Product product, AccessTokens token) {
        Decision decision = decide(SERVERS.computeIfAbsent(profile(product), SubstitutionMatrixTest::server), token);
        assertThat(decision).as("%s %s %s", product, token.header(), token).isInstanceOf(Decision.Denied.class);
        Answer answer = ((Decision.Denied) decision).answer();
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers().get("WWW-Authenticate").toString()).contains("error=\"invalid_token\"");
        assertThat(((Decision.Denied) decision).reason()).isEqualTo("TYPE_NOT_ACCEPTED");
    }

    private static Decision decide(ResourceServer server, AccessTokens token) {
        Authentication authentication = server.authenticate(new BearerRequest(token.build()), PathRule.none());
        Decision decision = server.authorize(authentication, AccessPolicy.authenticated());
        server.conclude(authentication);
        return decision;
    }
}
