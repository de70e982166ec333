package dev.cardea;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.profile.Profile;
import dev.cardea.testkit.AccessTokens;
import dev.cardea.testkit.Product;
import dev.cardea.testkit.TestAuthorizationServer;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each profile reads in its product's tokens, and what it asks of them. */
class ProductProfilesTest {
    private TestAuthorizationServer as;

    @BeforeEach
    void start() {
        as = TestAuthorizationServer.start(Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        as.close();
    }

    @ParameterizedTest
    @CsvSource({
        "RFC_9068, shop, orders:read, '', USER, CLIENT",
        "SPRING, , orders:read, '', UNKNOWN, UNKNOWN",
        "KEYCLOAK, shop, orders:read, clerk, USER, CLIENT",
        "ENTRA, 2d4d11a2-f814-46a7-890a-274a72a7309e, orders:read, clerk, USER, CLIENT",
        "ENTRA_VERSION_1, 2d4d11a2-f814-46a7-890a-274a72a7309e, orders:read, '', USER, CLIENT",
        "AUTH0, shop, orders:read, clerk, USER, CLIENT",
        "AUTH0_RFC_9068, shop, orders:read, clerk, USER, CLIENT",
        "OKTA, shop, orders:read, '', USER, CLIENT",
        "COGNITO, https://api.example/orders, orders:read, clerk, USER, CLIENT",
        "COGNITO_RESOURCE, shop, orders:read, clerk, USER, CLIENT",
        "PING, shop, orders:read, '', USER, UNKNOWN",
        "ZITADEL, shop, '', '', UNKNOWN, UNKNOWN",
        "AUTHENTIK, shop, orders:read, clerk, USER, UNKNOWN"
    })
    @Tag("T07")
    @Tag("T10")
    @Tag("T12")
    @Tag("accepts")
    void readsClientScopesRolesAndWhoTheSubjectIs(
            Product product, String client, String scope, String role, SubjectType user, SubjectType service) {
        try (ResourceServer server = server(product.profile(), Map.of())) {
            Caller caller = granted(server, user(product));
            assertThat(caller.clientId()).isEqualTo(Optional.ofNullable(client));
            assertThat(caller.scopes()).isEqualTo(scope.isEmpty() ? Set.of() : Set.of(scope));
            assertThat(caller.roles()).isEqualTo(role.isEmpty() ? Set.of() : Set.of(role));
            assertThat(caller.subjectType()).isEqualTo(user);
            assertThat(granted(server, service(product)).subjectType()).isEqualTo(service);
        }
    }

    /** RFC 9700 4.15: a client whose {@code sub} looks like a user's is no user, whatever its profile. */
    @ParameterizedTest
    @EnumSource(Product.class)
    @Tag("T12")
    @Tag("C04")
    @Tag("refuses")
    void noClientIsTakenForAUser(Product product) {
        try (ResourceServer server = server(product.profile(), Map.of())) {
            assertThat(granted(server, service(product)).subjectType()).isNotEqualTo(SubjectType.USER);
            assertThat(decide(server, service(product), AccessPolicy.user())).isInstanceOf(Decision.Denied.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    @Tag("T07")
    @Tag("refuses")
    void everyRequiredClaimHasToBeThere(Product product) {
        try (ResourceServer server = server(product.profile(), Map.of())) {
            AccessTokens valid = user(product);
            granted(server, valid);
            Profile.named(product.profile()).traits().required().stream()
                    .filter(claim -> !claim.equals("aud") && !claim.equals("client_id"))
                    .forEach(claim -> assertThat(decide(server, valid.without(claim)))
                            .as(claim)
                            .isInstanceOf(Decision.Denied.class));
            assertThat(decide(server, valid.without("aud").without("client_id")))
                    .isInstanceOf(Decision.Denied.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    @Tag("T03")
    @Tag("refuses")
    void anAudienceThatIsNotOursIsRefusedWhateverTheClientIs(Product product) {
        try (ResourceServer server = server(product.profile(), Map.of())) {
            AccessTokens valid = user(product);
            granted(server, valid);
            AccessTokens elsewhere =
                    valid.claim("aud", "https://other.example").clientId(TestAuthorizationServer.AUDIENCE);
            assertThat(reason(server, elsewhere)).isEqualTo("AUDIENCE_MISMATCH");
        }
    }

    @Test
    @Tag("T03")
    @Tag("accepts")
    @Tag("refuses")
    void cognitosClientIsTheAudienceOnlyWhereThereIsNoOther() {
        try (ResourceServer server = server("cognito", Map.of())) {
            AccessTokens valid = user(Product.COGNITO);
            granted(server, valid);
            assertThat(reason(server, valid.clientId("another-app"))).isEqualTo("AUDIENCE_MISMATCH");
            assertThat(reason(server, valid.claim("client_id", null))).isEqualTo("CLAIM_MISSING");
            assertThat(reason(server, valid.claim("client_id", ""))).isEqualTo("CLAIM_MISSING");
            assertThat(reason(server, valid.claim("client_id", 42))).isEqualTo("CLAIMS_MALFORMED");
            assertThat(reason(server, valid.claim("aud", null))).isEqualTo("CLAIM_MISSING");
            assertThat(reason(server, valid.claim("aud", ""))).isEqualTo("CLAIM_MISSING");
            assertThat(reason(server, valid.claim("aud", List.of()))).isEqualTo("AUDIENCE_MISMATCH");
        }
        try (ResourceServer server = server("generic", Map.of())) {
            AccessTokens valid = user(Product.RFC_9068).clientId(TestAuthorizationServer.AUDIENCE);
            granted(server, valid);
            assertThat(reason(server, valid.without("aud"))).isEqualTo("CLAIM_MISSING");
        }
    }

    @Test
    @Tag("T10")
    @Tag("accepts")
    @Tag("refuses")
    void rolesAreTheNamesOfMembersWhereTheSettingSaysSoAndNowhereElse() {
        String claim = "urn:zitadel:iam:org:project:2000:roles";
        try (ResourceServer zitadel = server("zitadel", Map.of("cardea.roles.claims", claim + "/*"));
                ResourceServer paths = server("zitadel", Map.of("cardea.roles.claims", claim))) {
            AccessTokens valid = user(Product.ZITADEL).without(claim);
            assertThat(granted(zitadel, valid).roles()).isEmpty();
            assertThat(granted(zitadel, valid.claim(claim, Map.of("a", Map.of(), "b", Map.of())))
                            .roles())
                    .containsExactlyInAnyOrder("a", "b");
            assertThat(granted(zitadel, valid.claim(claim, List.of(Map.of("a", 1), Map.of("b", 2))))
                            .roles())
                    .containsExactlyInAnyOrder("a", "b");
            assertThat(reason(zitadel, valid.claim(claim, "a"))).isEqualTo("CLAIMS_MALFORMED");
            assertThat(reason(zitadel, valid.claim(claim, List.of("a")))).isEqualTo("CLAIMS_MALFORMED");
            assertThat(reason(paths, valid.claim(claim, Map.of("a", Map.of())))).isEqualTo("CLAIMS_MALFORMED");
        }
    }

    /** ZITADEL lets any client name any project in {@code aud}, and writes the roles in the client's own project beside it. */
    @Test
    @Tag("T10")
    @Tag("C01")
    @Tag("accepts")
    @Tag("refuses")
    void rolesInTheProjectOfTheClientThatAskedAreNotRolesHere() {
        AccessPolicy boss = AccessPolicy.anyRole("boss");
        AccessPolicy clerk = AccessPolicy.anyRole("clerk");
        try (ResourceServer preset = server("zitadel", Map.of());
                ResourceServer ours =
                        server("zitadel", Map.of("cardea.roles.claims", "urn:zitadel:iam:org:project:2000:roles/*"))) {
            for (AccessTokens token : List.of(user(Product.ZITADEL), service(Product.ZITADEL))) {
                assertThat(granted(ours, token).roles()).containsExactly("clerk");
                assertThat(decide(ours, token, clerk)).isInstanceOf(Decision.Granted.class);
                assertThat(decide(ours, token, boss)).isInstanceOf(Decision.Denied.class);
                assertThat(granted(preset, token).roles()).isEmpty();
                assertThat(decide(preset, token, boss)).isInstanceOf(Decision.Denied.class);
            }
        }
    }

    /** A member called {@code *} is one like any other: its name counts, its value does not. */
    @Test
    @Tag("T10")
    @Tag("accepts")
    @Tag("refuses")
    void aMemberCalledStarIsNoListOfRoles() {
        AccessPolicy admin = AccessPolicy.anyRole("admin");
        try (ResourceServer server = server("generic", Map.of("cardea.roles.claims", "grants/*"))) {
            AccessTokens valid = user(Product.RFC_9068);
            assertThat(decide(server, valid.claim("grants", Map.of("admin", 1)), admin))
                    .isInstanceOf(Decision.Granted.class);
            assertThat(decide(server, valid.claim("grants", Map.of("*", "admin")), admin))
                    .isInstanceOf(Decision.Denied.class);
            assertThat(decide(server, valid.claim("grants/*", "admin"), admin)).isInstanceOf(Decision.Denied.class);
            assertThat(granted(server, valid.claim("grants", Map.of("*", Map.of("1780", "acme.example"))))
                            .roles())
                    .containsExactly("*");
        }
    }

    /** RFC 9068 2.2.1: what is said of the login reaches the application, where a product says it. */
    @Test
    @Tag("T09")
    @Tag("accepts")
    void whatIsSaidOfTheLoginIsAvailable() {
        try (ResourceServer cognito = server("cognito", Map.of());
                ResourceServer authentik = server("authentik", Map.of())) {
            assertThat(granted(cognito, user(Product.COGNITO)).claim("auth_time", Instant.class))
                    .isPresent();
            Caller caller = granted(authentik, user(Product.AUTHENTIK));
            assertThat(caller.claim("acr", String.class)).contains("goauthentik.io/providers/oauth2/default");
            assertThat(caller.claim("amr", List.class)).isPresent();
        }
    }

    /** A profile is not a master key: the other products' tokens are refused unless they fit by themselves. */
    @ParameterizedTest
    @EnumSource(
            value = Product.class,
            names = {"SPRING", "ENTRA", "AUTH0", "OKTA", "COGNITO", "ZITADEL", "AUTHENTIK", "KEYCLOAK"})
    @Tag("T01")
    @Tag("refuses")
    void genericTakesNoneOfThem(Product product) {
        try (ResourceServer generic = server("generic", Map.of());
                ResourceServer own = server(product.profile(), Map.of())) {
            granted(own, user(product));
            assertThat(reason(generic, user(product))).isEqualTo("TYPE_NOT_ACCEPTED");
        }
    }

    private AccessTokens user(Product product) {
        return product.accessToken(as.issuer(), TestAuthorizationServer.AUDIENCE, Clock.systemUTC());
    }

    private AccessTokens service(Product product) {
        return product.clientToken(as.issuer(), TestAuthorizationServer.AUDIENCE, Clock.systemUTC());
    }

    private ResourceServer server(String profile, Map<String, String> more) {
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

    private static Caller granted(ResourceServer server, AccessTokens token) {
        Decision decision = decide(server, token);
        assertThat(decision).as("%s", token).isInstanceOf(Decision.Granted.class);
        return ((Decision.Granted) decision).caller();
    }

    private static String reason(ResourceServer server, AccessTokens token) {
        Decision decision = decide(server, token);
        assertThat(decision).as("%s", token).isInstanceOf(Decision.Denied.class);
        return ((Decision.Denied) decision).reason();
    }

    private static Decision decide(ResourceServer server, AccessTokens token) {
        return decide(server, token, AccessPolicy.authenticated());
    }

    private static Decision decide(ResourceServer server, AccessTokens token, AccessPolicy policy) {
        Authentication authentication = server.authenticate(new BearerRequest(token.build()), PathRule.none());
        Decision decision = server.authorize(authentication, policy);
        server.conclude(authentication);
        return decision;
    }
}
