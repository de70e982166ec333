package dev.cardea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cardea.testkit.AccessTokens;
import dev.cardea.testkit.TestAuthorizationServer;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From what a token says to what the application is told, and what is decided by it. */
class CallerTest {
    private static final String NAMESPACED = "https://example.com/roles";
    private static final AccessPolicy ANY = AccessPolicy.authenticated();

    private static TestAuthorizationServer as;
    private static ResourceServer server;
    private static ResourceServer keycloak;

    @BeforeAll
    static void start() {
        as = TestAuthorizationServer.start(Clock.systemUTC());
        server = server(Map.of("cardea.roles.claims", "roles,realm_access/roles," + NAMESPACED + ",a/b/roles"));
        keycloak = server(Map.of("cardea.issuer-profile", "keycloak"));
    }

    @AfterAll
    static void stop() {
        server.close();
        keycloak.close();
        as.close();
    }

    @Test
    void aClaimIsGivenAsTheTypeThatItIs() {
        Caller caller = caller(token().claim("text", "5")
                .claim("flag", true)
                .claim("small", 5)
                .claim("large", 5_000_000_000L)
                .claim("huge", new BigInteger("5000000000000000000000"))
                .claim("fraction", 5.5)
                .claim("list", List.of("a", 1))
                .claim("object", Map.of("tier", "gold")));

        assertThat(caller.claim("text", String.class)).contains("5");
        assertThat(caller.claim("flag", Boolean.class)).contains(true);
        assertThat(caller.claim("small", Integer.class)).contains(5);
        assertThat(caller.claim("large", Long.class)).contains(5_000_000_000L);
        assertThat(caller.claim("huge", BigInteger.class)).contains(new BigInteger("5000000000000000000000"));
        assertThat(caller.claim("fraction", Double.class)).contains(5.5);
        assertThat(caller.claim("small", Double.class)).contains(5.0);
        assertThat(caller.claim("large", Instant.class)).contains(Instant.ofEpochSecond(5_000_000_000L));
        assertThat(caller.claim("fraction", Instant.class)).contains(Instant.ofEpochSecond(5));
        assertThat(caller.claim("list", List.class)).contains(List.of("a", 1L));
        assertThat(caller.claim("object", Map.class)).contains(Map.of("tier", "gold"));
        assertThat(caller.claim("object/tier", String.class)).contains("gold");
        assertThatThrownBy(() -> caller.claim("list", List.class).orElseThrow().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "number, java.lang.String, a string",
        "flag, java.lang.String, a string",
        "word, java.lang.Boolean, true or false",
        "digits, java.lang.Integer, a whole number of 32 bits",
        "whole, java.lang.Integer, a whole number of 32 bits",
        "large, java.lang.Integer, a whole number of 32 bits",
        "huge, java.lang.Long, a whole number of 64 bits",
        "fraction, java.math.BigInteger, a whole number",
        "uneven, java.lang.Double, a number that a double holds exactly",
        "digits, java.lang.Double, a number that a double holds exactly",
        "digits, java.time.Instant, a NumericDate between 1970 and 9999",
        "negative, java.time.Instant, a NumericDate between 1970 and 9999",
        "huge, java.time.Instant, a NumericDate between 1970 and 9999",
        "word, java.util.List, an array",
        "list, java.util.Map, an object",
    })
    void aClaimOfAnotherJsonTypeIsRefusedByNameAndNotByValue(String name, Class<?> type, String expected) {
        Caller caller = caller(token().claim("number", 4711)
                .claim("flag", true)
                .claim("word", "4711-secret")
                .claim("digits", "4711")
                .claim("whole", 4711.0)
                .claim("large", 4_711_000_000L)
                .claim("huge", new BigInteger("4711000000000000000000"))
                .claim("uneven", (1L << 53) + 1)
                .claim("fraction", 47.11)
                .claim("negative", -4711)
                .claim("list", List.of("4711")));

        assertThat(caller.claim(name + "-that-is-absent", type)).isEmpty();
        assertThatThrownBy(() -> caller.claim(name, type))
                .asInstanceOf(InstanceOfAssertFactories.type(ClaimTypeException.class))
                .satisfies(e -> assertThat(e.claim()).isEqualTo(name))
                .satisfies(e -> assertThat(e).hasMessage("claim '" + name + "' is not " + expected));
    }

    @Test
    void askingForATypeThatNoClaimHasIsTheApplicationsMistake() {
        Caller caller = caller(token());
        assertThat(caller.claim("sub", String.class)).contains("alice");
        assertThatThrownBy(() -> caller.claim("sub", Object.class)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> caller.claim("absent", Set.class)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aClaimThatIsAbsentOrNullOrBehindSomethingElseIsEmpty() {
        Caller caller = caller(token().claim("nothing", null).claim("word", "x"));
        assertThat(caller.claims()).containsKey("nothing");
        for (String name : List.of("nothing", "absent", "word/nothing", "absent/nothing", "/", "", "word/")) {
            assertThat(caller.claim(name, String.class)).as(name).isEmpty();
        }
        assertThat(Caller.anonymous().claim("sub", String.class)).isEmpty();
    }

    @Test
    @Tag("T10")
    @Tag("accepts")
    void aNameWithSlashesAndDotsIsANameBeforeItIsAPath() {
        assertThat(caller(token()).roles()).isEmpty();
        assertThat(caller(token().claim(NAMESPACED, List.of("clerk"))).roles()).containsExactly("clerk");
        assertThat(caller(token().claim("realm_access", Map.of("roles", List.of("clerk"))))
                        .roles())
                .containsExactly("clerk");
        assertThat(caller(token().claim("https:", Map.of("", Map.of("example.com", Map.of("roles", "nested")))))
                        .roles())
                .containsExactly("nested");
        assertThat(caller(token().claim("https://example.com", Map.of("roles", "below")))
                        .roles())
                .containsExactly("below");
        assertThat(caller(token().claim("a", Map.of("x", 1)).claim("a/b", Map.of("roles", "longer")))
                        .roles())
                .containsExactly("longer");
        assertThat(caller(token().claim("a", Map.of("b/roles", "first")).claim("a/b", Map.of("roles", "second")))
                        .roles())
                .containsExactly("first");
        assertThat(caller(token().claim("x.y", "dots")).claim("x.y", String.class))
                .contains("dots");
    }

    @Test
    @Tag("T10")
    @Tag("accepts")
    @Tag("refuses")
    void groupsAreAStringOrStringsAndAnythingElseIsRefused() {
        assertThat(caller(token()).groups()).isEmpty();
        assertThat(caller(token().claim("groups", "staff")).groups()).containsExactly("staff");
        assertThat(caller(token().claim("groups", List.of("staff", "night shift")))
                        .groups())
                .containsExactlyInAnyOrder("staff", "night shift");
        for (Object malformed : List.of(5, true, Map.of("a", "b"), List.of(1), Arrays.asList("staff", null))) {
            assertThat(denied(server, token().claim("groups", malformed).build(), ANY)
                            .reason())
                    .isEqualTo("CLAIMS_MALFORMED");
        }
        assertThat(Caller.anonymous().groups()).isEmpty();
    }

    @Test
    @Tag("T10")
    @Tag("accepts")
    void groupsStandWhereTheSettingSays() {
        try (ResourceServer nested = server(Map.of("cardea.groups.claims", "org/teams,https://example.com/groups"))) {
            AccessTokens token = token().claim("groups", "ignored")
                    .claim("org", Map.of("teams", List.of("red")))
                    .claim("https://example.com/groups", "blue");
            assertThat(caller(nested, token.build()).groups()).containsExactlyInAnyOrder("red", "blue");
            assertThat(caller(token).groups()).containsExactly("ignored");
        }
    }

    @Test
    @Tag("C05")
    void identityIsIssuerAndSubjectAndNeverAnEmailAddress() {
        SubjectIdentity alice = caller(token()).identity().orElseThrow();
        assertThat(alice).isEqualTo(new SubjectIdentity(as.issuer(), "alice", SubjectType.USER));
        assertThat(caller(token().claim("email", "bob@example.com").claim("scope", "x"))
                        .identity())
                .contains(alice);

        AccessTokens bob = token().subject("bob").claim("email", "alice@example.com");
        assertThat(caller(token().claim("email", "alice@example.com")).identity())
                .contains(alice);
        assertThat(caller(bob).identity().orElseThrow()).isNotEqualTo(alice);
        assertThat(new SubjectIdentity("https://other.example", "alice", SubjectType.USER))
                .isNotEqualTo(alice);
        assertThat(caller(token().subject("Alice")).identity().orElseThrow()).isNotEqualTo(alice);
        assertThat(Caller.anonymous().identity()).isEmpty();
    }

    /** ASVS 5.0 10.3.4: nothing decides by them yet, and the application can. */
    @Test
    @Tag("C05")
    @Tag("T09")
    @Tag("accepts")
    @Tag("refuses")
    void howAndWhenTheUserAuthenticatedIsThereToBeAskedAndNeverGuessed() {
        Caller caller = caller(
                token().claim("acr", "gold").claim("amr", List.of("hwk", "pin")).claim("auth_time", 1_795_255_200));
        assertThat(caller.claim("acr", String.class)).contains("gold");
        assertThat(caller.claim("amr", List.class)).contains(List.of("hwk", "pin"));
        assertThat(caller.claim("auth_time", Instant.class)).contains(Instant.ofEpochSecond(1_795_255_200));

        Caller wrong = caller(token().claim("acr", 2).claim("auth_time", "1795255200"));
        assertThatThrownBy(() -> wrong.claim("acr", String.class)).isInstanceOf(ClaimTypeException.class);
        assertThatThrownBy(() -> wrong.claim("auth_time", Instant.class)).isInstanceOf(ClaimTypeException.class);
        assertThat(caller(token()).claim("acr", String.class)).isEmpty();
    }

    @Test
    @Tag("C04")
    @Tag("T12")
    void aClientThatIsRegisteredUnderAUsersSubjectIsNotThatUser() {
        Caller user = caller(token().subject("4711"));
        Caller client = caller(token().subject("4711").clientId("4711"));

        assertThat(user.subjectType()).isEqualTo(SubjectType.USER);
        assertThat(client.subjectType()).isEqualTo(SubjectType.CLIENT);
        assertThat(client.subject()).isEqualTo(user.subject());
        assertThat(client.issuer()).isEqualTo(user.issuer());
        assertThat(client.identity()).isPresent().isNotEqualTo(user.identity());
        assertThat(Caller.anonymous().subjectType()).isEqualTo(SubjectType.UNKNOWN);
    }

    @Test
    @Tag("C04")
    @Tag("T12")
    @Tag("I19")
    @Tag("accepts")
    @Tag("refuses")
    void whatIsForUsersIsClosedToClientsAndToWhomNobodyCanTell() {
        String user = token().build();
        String client = token().clientId("alice").build();
        String either = token().clientId("alice").claim("sid", "s").build();
        assertThat(granted(server, user, AccessPolicy.user()).getName()).isEqualTo("alice");
        for (String other : List.of(client, either, opaque("sub", null), opaque("sub", "orders-client"))) {
            granted(server, other, ANY);
            Decision.Denied denied = denied(server, other, AccessPolicy.user());
            assertThat(denied.reason()).isEqualTo("SUBJECT_TYPE");
            assertThat(denied.answer().status()).isEqualTo(403);
            assertThat(denied.answer().headers().get("WWW-Authenticate"))
                    .singleElement()
                    .asString()
                    .doesNotContain("error");
        }
        granted(server, opaque("sub", "alice"), AccessPolicy.user());
    }

    @Test
    @Tag("C04")
    @Tag("I19")
    void whatIsForClientsIsClosedToUsersAndToWhomNobodyCanTell() {
        AccessPolicy clients = AccessPolicy.subjectType(SubjectType.CLIENT);
        for (String client :
                List.of(token().clientId("alice").build(), opaque("sub", null), opaque("sub", "orders-client"))) {
            granted(server, client, clients);
        }
        granted(server, opaque("sub", null), clients);
        for (String other : List.of(
                token().build(), token().clientId("alice").claim("sid", "s").build(), opaque("sub", "alice"))) {
            assertThat(denied(server, other, clients).reason()).isEqualTo("SUBJECT_TYPE");
        }
        assertThat(granted(server, opaque("sub", null), clients).getName()).isEqualTo("orders-client");
        assertThat(granted(server, opaque("sub", null), clients).identity()).isEmpty();
    }

    @Test
    @Tag("C04")
    void aKeycloakServiceAccountIsAClientAlthoughItsSubjectLooksLikeAUsers() {
        AccessTokens user = token().header("typ", "JWT")
                .claim("typ", "Bearer")
                .subject("30f28230-0000")
                .without("client_id")
                .claim("azp", "cardea-test")
                .claim("sid", "FjP9xXqMLOF8xJ1DUsk8fGzV")
                .claim("preferred_username", "alice");
        AccessTokens serviceAccount = user.subject("0cb4502c-0000")
                .without("sid")
                .clientId("cardea-test")
                .claim("clientHost", "127.0.0.1")
                .claim("clientAddress", "127.0.0.1")
                .claim("preferred_username", "service-account-cardea-test");

        granted(keycloak, user.build(), AccessPolicy.user());
        assertThat(denied(keycloak, serviceAccount.build(), AccessPolicy.user()).reason())
                .isEqualTo("SUBJECT_TYPE");
        AccessPolicy clients = AccessPolicy.subjectType(SubjectType.CLIENT);
        granted(keycloak, serviceAccount.build(), clients);
        assertThat(denied(keycloak, user.build(), clients).reason()).isEqualTo("SUBJECT_TYPE");
    }

    @Test
    @Tag("X01")
    void theActorIsTheOutermostAndWhoActedBeforeHimIsHistory() {
        Caller caller = caller(token().claim(
                        "act",
                        Map.of(
                                "iss",
                                "https://other.example",
                                "sub",
                                "gateway",
                                "client_id",
                                "gw",
                                "act",
                                Map.of("sub", "batch"))));
        Actor actor = caller.actor().orElseThrow();
        assertThat(actor.issuer()).contains("https://other.example");
        assertThat(actor.subject()).contains("gateway");
        assertThat(actor.clientId()).contains("gw");
        assertThat(actor.claim("act/sub", String.class)).contains("batch");
        assertThat(actor).hasToString("actor gateway");
        assertThat(caller.getName()).isEqualTo("alice");
        assertThat(caller.identity().orElseThrow().subject()).isEqualTo("alice");
        assertThat(caller(token()).actor()).isEmpty();
        assertThat(Caller.anonymous().actor()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    @Tag("X01")
    void noActorLendsTheCallerHisRightsHoweverDeepHeStands(int depth) {
        Map<String, Object> rights = Map.of(
                "roles",
                List.of("admin"),
                "realm_access",
                Map.of("roles", List.of("admin")),
                NAMESPACED,
                "admin",
                "scope",
                "orders:admin",
                "groups",
                List.of("admins"),
                "sub",
                "root");
        Map<String, Object> act = rights;
        for (int i = 1; i < depth; i++) {
            act = Map.of("sub", "hop-" + i, "act", act);
        }
        AccessTokens elevated = token();
        for (String right : List.of("roles", "realm_access", NAMESPACED, "scope", "groups")) {
            elevated = elevated.claim(right, rights.get(right));
        }
        AccessPolicy admins = AccessPolicy.anyRole("admin");
        AccessPolicy scoped = AccessPolicy.allScopes("orders:admin");
        granted(server, elevated.build(), admins.and(scoped));
        assertThat(caller(elevated).groups()).containsExactly("admins");

        String delegated = token().claim("act", act).build();
        Caller caller = granted(server, delegated, ANY);
        assertThat(denied(server, delegated, admins).reason()).isEqualTo("ROLE_MISSING");
        assertThat(denied(server, delegated, scoped).reason()).isEqualTo("SCOPE_MISSING");
        assertThat(caller.groups()).isEmpty();
        assertThat(caller.roles()).isEmpty();
        assertThat(caller.getName()).isEqualTo("alice");
    }

    @Test
    @Tag("X01")
    @Tag("accepts")
    @Tag("refuses")
    void anActorThatIsNoObjectMakesTheTokenInvalid() {
        caller(token().claim("act", Map.of("sub", "gateway", "act", Map.of("sub", "batch"))));
        for (Object malformed : List.of(
                "gateway",
                7,
                true,
                List.of(Map.of("sub", "gateway")),
                Map.of("sub", 7),
                Map.of("iss", List.of()),
                Map.of("client_id", true),
                Map.of("sub", "gateway", "act", "batch"),
                Map.of("act", Map.of("sub", 7)))) {
            String jwt = token().claim("act", malformed).build();
            assertThat(denied(server, jwt, ANY).reason()).isEqualTo("CLAIMS_MALFORMED");
            assertThat(denied(server, jwt, ANY).answer().status()).isEqualTo(401);
            assertThat(denied(server, opaque("act", malformed), ANY).reason()).isEqualTo("CLAIMS_MALFORMED");
        }
    }

    /** Of an introspection answer as of a JWT: nothing is left out, renamed, or made another type. */
    @Test
    @Tag("I20")
    @Tag("accepts")
    void membersThatNobodyKnowsReachTheApplicationUnchanged() {
        Map<String, Object> unknown = new LinkedHashMap<>();
        unknown.put("word", "\u20ac");
        unknown.put("list", Arrays.asList(1L, 2.5, true, null));
        unknown.put("empty", Map.of());
        for (String jwtOrOpaque : List.of(
                token().claim("urn:example:unknown", unknown).build(), opaque("urn:example:unknown", unknown))) {
            Caller caller = granted(server, jwtOrOpaque, ANY);
            assertThat(caller.claims()).containsEntry("urn:example:unknown", unknown);
            assertThat(caller.claims()).doesNotContainKey("urn:example:other");
        }
    }

    private static AccessTokens token() {
        return as.accessToken("orders:read");
    }

    private static String opaque(String member, @Nullable Object value) {
        Map<String, Object> metadata = new LinkedHashMap<>(as.metadata("orders:read"));
        if (value == null) {
            metadata.remove(member);
        } else {
            metadata.put(member, value);
        }
        return as.issueOpaque(metadata);
    }

    private static ResourceServer server(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "cardea.issuer",
                as.issuer(),
                "cardea.allow-http-issuer",
                "true",
                "cardea.audience",
                TestAuthorizationServer.AUDIENCE,
                "cardea.introspection.client-id",
                TestAuthorizationServer.CLIENT_ID,
                "cardea.introspection.client-secret",
                TestAuthorizationServer.CLIENT_SECRET));
        settings.putAll(more);
        return ResourceServer.builder().properties(settings).build();
    }

    private static Caller caller(AccessTokens token) {
        return caller(server, token.build());
    }

    private static Caller caller(ResourceServer server, String token) {
        return granted(server, token, ANY);
    }

    private static Caller granted(ResourceServer server, String token, AccessPolicy policy) {
        Decision decision = decide(server, token, policy);
        assertThat(decision).isInstanceOf(Decision.Granted.class);
        return ((Decision.Granted) decision).caller();
    }

    private static Decision.Denied denied(ResourceServer server, String token, AccessPolicy policy) {
        Decision decision = decide(server, token, policy);
        assertThat(decision).isInstanceOf(Decision.Denied.class);
        return (Decision.Denied) decision;
    }

    private static Decision decide(ResourceServer server, String token, AccessPolicy policy) {
        return server.authorize(server.authenticate(new Request(token)), policy);
    }

    private record Request(String token) implements ProtectedRequest {
        @Override
        public String path() {
            return "/test";
        }

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public List<String> headers(String name) {
            return name.equals("Authorization") ? List.of("Bearer " + token) : List.of();
        }

        @Override
        public @Nullable String query() {
            return null;
        }

        @Override
        public String route() {
            return "/test/*";
        }

        @Override
        public boolean isSecure() {
            return true;
        }

        @Override
        public @Nullable String remoteAddress() {
            return null;
        }

        @Override
        public String correlationId() {
            return "req-1";
        }
    }
}
