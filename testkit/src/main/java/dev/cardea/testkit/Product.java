package dev.cardea.testkit;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * What products write into their JWTs, modelled on their documentation; {@code docs/reference/profiles.md} says on which
 * pages. Those of Keycloak and Spring Authorization Server were seen in runs.
 *
 * <p>Long because it is a catalogue: each constant is one dialect with an access token of a user, one of a client that acts
 * for itself, and an ID token. The ID token has only what the product always writes: no {@code nonce}, no hashes, whatever
 * flow it comes of.
 */
public enum Product {
    /** Any that follows RFC 9068. */
    RFC_9068(
            "generic",
            user -> user.header("typ", "at+jwt").claim("sid", "session-1"),
            client -> client.header("typ", "at+jwt"),
            id -> id.header("typ", "JWT").claim("nonce", "n-0S6_WzA2Mj")),

    SPRING(
            "spring",
            user -> withScopeArray(untyped(user).without("client_id")).notBefore(user.issuedAt()),
            client -> withScopeArray(untyped(client).without("client_id")).notBefore(client.issuedAt()),
            id -> untyped(id)
                    .without("client_id")
                    .claim("azp", "shop")
                    .claim("auth_time", id.issuedAt())
                    .claim("sid", "session-1")),

    KEYCLOAK(
            "keycloak",
            user -> keycloak(user, "Bearer")
                    .without("client_id")
                    .claim("sid", "session-1")
                    .claim("realm_access", Map.of("roles", List.of("clerk"))),
            client -> keycloak(client, "Bearer")
                    .subject("0cb4502c-96bd-4a35-9b21-74d1ad0ea3dd")
                    .claim("clientHost", "127.0.0.1")
                    .claim("clientAddress", "127.0.0.1")
                    .claim("preferred_username", "service-account-shop"),
            id -> keycloak(id, "ID").without("client_id").without("scope").claim("auth_time", id.issuedAt())),

    /** Version 2.0. */
    ENTRA(
            "entra",
            user -> entra(user, "2.0", "azp").claim("scp", "orders:read").claim("roles", List.of("clerk")),
            client -> entra(client, "2.0", "azp").claim("idtyp", "app").claim("roles", List.of("clerk")),
            id -> entra(id, "2.0", "azp")
                    .without("azp")
                    .without("azpacr")
                    .claim("preferred_username", "alice@example.com")),

    ENTRA_VERSION_1(
            "entra",
            user -> entra(user, "1.0", "appid").claim("scp", "orders:read").claim("unique_name", "alice@example.com"),
            client -> entra(client, "1.0", "appid").claim("idtyp", "app").claim("roles", List.of("clerk")),
            id -> entra(id, "1.0", "appid")
                    .without("appid")
                    .without("appidacr")
                    .claim("amr", List.of("pwd"))
                    .claim("unique_name", "alice@example.com")),

    AUTH0(
            "auth0",
            user -> auth0(user).claim("azp", "shop").claim("permissions", List.of("clerk")),
            client -> auth0(client).subject("shop@clients").claim("azp", "shop").claim("gty", "client-credentials"),
            id -> auth0(id).without("scope").claim("name", "Jane Doe").claim("email", "jane@example.com")),

    AUTH0_RFC_9068(
            "auth0",
            user -> user.header("typ", "at+jwt").subject("auth0|123456").claim("permissions", List.of("clerk")),
            client -> client.header("typ", "at+jwt").subject("shop@clients"),
            id -> auth0(id).without("scope").claim("name", "Jane Doe")),

    OKTA(
            "okta",
            user -> okta(user, "AT.")
                    .claim("cid", "shop")
                    .claim("scp", List.of("orders:read"))
                    .claim("uid", "00u1"),
            client -> okta(client, "AT.")
                    .claim("cid", "shop")
                    .claim("scp", List.of("orders:read"))
                    .subject("shop"),
            id -> okta(id, "ID.")
                    .claim("amr", List.of("pwd"))
                    .claim("auth_time", id.issuedAt())
                    .claim("idp", "00o1")),

    /** The audience is the app client. */
    COGNITO(
            "cognito",
            user -> cognito(user, "access")
                    .without("aud")
                    .claim("username", "janedoe")
                    .claim("cognito:groups", List.of("clerk")),
            client -> cognito(client, "access")
                    .without("aud")
                    .subject(text(client, "aud"))
                    .claim("version", 2),
            id -> cognito(id, "id").without("client_id").without("scope").claim("cognito:username", "janedoe")),

    /** An app client that asked for a resource: the audience is the API. */
    COGNITO_RESOURCE(
            "cognito",
            user -> cognito(user, "access")
                    .clientId("shop")
                    .claim("username", "janedoe")
                    .claim("cognito:groups", List.of("clerk")),
            client -> cognito(client, "access").clientId("shop").subject("shop"),
            id -> cognito(id, "id").without("client_id").without("scope")),

    PING(
            "ping",
            user -> user.header("typ", "at+jwt")
                    .without("jti")
                    .claim("sid", "session-1")
                    .claim("acr", "Single_Factor"),
            client -> client.header("typ", "at+jwt").without("jti").without("sub"),
            id -> untyped(id)
                    .without("client_id")
                    .without("scope")
                    .claim("acr", "Single_Factor")
                    .claim("sid", "session-1")),

    /**
     * Asked for by a client of project 9999 for the API of project 2000: the claim without an id holds the roles in the
     * project of the client.
     */
    ZITADEL(
            "zitadel",
            user -> zitadel(user)
                    .claim("urn:zitadel:iam:org:project:roles", Map.of("boss", Map.of("666", "other.example")))
                    .claim("urn:zitadel:iam:org:project:9999:roles", Map.of("boss", Map.of("666", "other.example")))
                    .claim("urn:zitadel:iam:org:project:2000:roles", Map.of("clerk", Map.of("1780", "acme.example"))),
            client -> zitadel(client)
                    .claim("urn:zitadel:iam:org:project:roles", Map.of("boss", Map.of("666", "other.example")))
                    .claim("urn:zitadel:iam:org:project:9999:roles", Map.of("boss", Map.of("666", "other.example")))
                    .claim(
                            "urn:zitadel:iam:org:project:2000:roles",
                            List.of(Map.of("clerk", Map.of("1780", "acme.example")))),
            id -> zitadel(id)
                    .without("jti")
                    .claim("azp", "shop")
                    .claim("auth_time", id.issuedAt())
                    .claim("amr", List.of("pwd"))
                    .claim("sid", "session-1")),

    /** The access token is the ID token with two claims more, {@code nonce} and all. */
    AUTHENTIK(
            "authentik",
            user -> authentik(user)
                    .claim("azp", "shop")
                    .claim("uid", "kyeX0jWbVkGF")
                    .claim("nonce", "n-0S6_WzA2Mj"),
            client -> authentik(client).without("sid").claim("azp", "shop").claim("uid", "kyeX0jWbVkGF"),
            Product::authentik);

    private final String profile;
    private final UnaryOperator<AccessTokens> user;
    private final UnaryOperator<AccessTokens> client;
    private final UnaryOperator<AccessTokens> id;

    Product(
            String profile,
            UnaryOperator<AccessTokens> user,
            UnaryOperator<AccessTokens> client,
            UnaryOperator<AccessTokens> id) {
        this.profile = profile;
        this.user = user;
        this.client = client;
        this.id = id;
    }

    private static final String ISSUER = "https://as.example";
    private static final String AUDIENCE = "https://api.example";

    /** A sample of the first product of {@code profile}: an access token of a user. */
    public static AccessTokens accessTokenOf(String profile, Clock clock) {
        return first(profile).accessToken(ISSUER, AUDIENCE, clock);
    }

    /** A sample of the first product of {@code profile}: an ID token. */
    public static AccessTokens idTokenOf(String profile, Clock clock) {
        return first(profile).idToken(ISSUER, AUDIENCE, clock);
    }

    private static Product first(String profile) {
        return Arrays.stream(values())
                .filter(product -> product.profile.equals(profile))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no product of the profile " + profile));
    }

    /** The word of {@code cardea.issuer-profile}. */
    public String profile() {
        return profile;
    }

    /** An access token of a user, from client {@code shop}, with the scope {@code orders:read} where JWTs have scopes. */
    public AccessTokens accessToken(String issuer, String audience, Clock clock) {
        return user.apply(base(issuer, audience, clock));
    }

    /** An access token of a client that acts for itself. */
    public AccessTokens clientToken(String issuer, String audience, Clock clock) {
        return client.apply(base(issuer, audience, clock).subject("shop"));
    }

    /** The ID token of that user, for the same audience as the access token. */
    public AccessTokens idToken(String issuer, String audience, Clock clock) {
        return id.apply(base(issuer, audience, clock));
    }

    /**
     * Other JWTs than ID tokens that this product, and no specification, makes: refresh tokens, and the like. In reality
     * Keycloak signs these with a secret of its own; here they have the issuer's key, which is harder to refuse.
     */
    public List<AccessTokens> otherTokens(String issuer, String audience, Clock clock) {
        return this == KEYCLOAK
                ? List.of(
                        keycloak(base(issuer, audience, clock), "Refresh").claim("sid", "session-1"),
                        keycloak(base(issuer, audience, clock), "Offline").claim("sid", "session-1"))
                : List.of();
    }

    private static AccessTokens base(String issuer, String audience, Clock clock) {
        return AccessTokens.of(issuer, audience, clock)
                .clientId("shop")
                .jti(UUID.randomUUID().toString());
    }

    private static AccessTokens untyped(AccessTokens token) {
        return token.withoutHeader("typ");
    }

    private static AccessTokens withScopeArray(AccessTokens token) {
        return token.claim("scope", List.of("orders:read"));
    }

    private static AccessTokens keycloak(AccessTokens token, String type) {
        return token.header("typ", "JWT").claim("typ", type).claim("azp", "shop");
    }

    private static AccessTokens entra(AccessTokens token, String version, String client) {
        return token.header("typ", "JWT")
                .without("client_id")
                .without("jti")
                .without("scope")
                .notBefore(token.issuedAt())
                .claim(client, "2d4d11a2-f814-46a7-890a-274a72a7309e")
                .claim(client + "acr", "1")
                .claim("oid", "690222be-ff1a-4d56-abd1-7e4f7d38e474")
                .claim("tid", "aaaabbbb-0000-cccc-1111-dddd2222eeee")
                .claim("uti", "AAAAAAAAAAAAAAAAAAAAAA")
                .claim("ver", version);
    }

    private static AccessTokens auth0(AccessTokens token) {
        return token.header("typ", "JWT")
                .subject("auth0|123456")
                .without("client_id")
                .without("jti");
    }

    private static AccessTokens okta(AccessTokens token, String kind) {
        return untyped(token)
                .without("client_id")
                .without("scope")
                .jti(kind + UUID.randomUUID())
                .claim("ver", 1);
    }

    private static AccessTokens cognito(AccessTokens token, String use) {
        return untyped(token)
                .clientId(text(token, "aud"))
                .claim("token_use", use)
                .claim("auth_time", token.issuedAt())
                .claim("origin_jti", "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee");
    }

    private static AccessTokens zitadel(AccessTokens token) {
        return token.header("typ", "JWT")
                .without("scope")
                .notBefore(token.issuedAt())
                .subject("77776025198584418");
    }

    private static AccessTokens authentik(AccessTokens token) {
        return token.header("typ", "JWT")
                .without("client_id")
                .without("jti")
                .claim("auth_time", token.issuedAt())
                .claim("acr", "goauthentik.io/providers/oauth2/default")
                .claim("amr", List.of("pwd"))
                .claim("sid", "session-1")
                .claim("groups", List.of("clerk"));
    }

    private static String text(AccessTokens token, String claim) {
        return String.valueOf(token.claims().get(claim));
    }
}
