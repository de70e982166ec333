package dev.cardea.examples.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The scripted client: what it shows, what must come back, and why. */
final class Script {
    /** Long enough for the two requests between which a token is revoked, short enough to wait for. */
    static final Duration CACHE_TTL = Duration.ofSeconds(5);

    private static final String READ = "orders:read";
    private static final String WRITE = "orders:write";
    private static final String JWT_CLIENT = "orders-client";
    private static final String OPAQUE_CLIENT = "orders-client-opaque";
    private static final String ORDER = "{\"item\":\"hinge\",\"quantity\":2}";

    private final TokenClient tokens;
    private final ApiClient api;
    private final Clock clock;
    private final Consumer<Row> rows;

    Script(TokenClient tokens, ApiClient api, Clock clock, Consumer<Row> rows) {
        this.tokens = tokens;
        this.api = api;
        this.clock = clock;
        this.rows = rows;
    }

    void play(URI issuer) throws IOException, InterruptedException {
        goodTokens(issuer);
        scopes();
        badCredentials();
        boundTokens();
        openDoors();
        endingTokens();
    }

    private void goodTokens(URI issuer) throws IOException, InterruptedException {
        get(
                "/api/orders",
                "no token",
                null,
                Expectation.tokenWanted(),
                "A token is needed. None was shown, so there" + " is no error code: nothing was wrong with it.");
        AccessToken jwt = tokens.token(JWT_CLIENT, READ);
        get(
                "/api/orders",
                "JWT, orders:read",
                jwt,
                Expectation.granted(),
                "Signature, type, issuer, audience, expiry"
                        + " and scope hold. Checked without a call, with the issuer's published keys.");
        get(
                "/api/orders",
                "opaque token, orders:read",
                tokens.token(OPAQUE_CLIENT, READ),
                Expectation.granted(),
                "It means nothing by itself: the authorization server was asked, and its answer checked the same way.");
        get(
                "/api/whoami",
                "JWT, orders:read",
                jwt,
                Expectation.granted(whoAmI(issuer)),
                "No annotation: any valid token will do. The body is what @Inject Caller knows: sub, client, scopes,"
                        + " roles, issuer.");
        get(
                "/plain/servlet",
                "JWT, orders:read",
                jwt,
                Expectation.granted("hello orders-client"),
                "@RequiresScope works on a plain servlet too.");
        get("/plain/servlet", "no token", null, Expectation.tokenWanted(), "And refuses there too.");
    }

    private static String whoAmI(URI issuer) {
        return "{\"sub\":\"orders-client\",\"client\":\"orders-client\",\"scopes\":[\"orders:read\"],\"roles\":[\"clerk\"],"
                + "\"issuer\":\"" + issuer + "\"}";
    }

    private void scopes() throws IOException, InterruptedException {
        AccessToken reader = tokens.token(JWT_CLIENT, READ);
        AccessToken writer = tokens.token(JWT_CLIENT, WRITE);
        AccessToken both = tokens.token(JWT_CLIENT, READ + " " + WRITE);
        post(
                "JWT, orders:write",
                bearer(writer),
                Expectation.created("/orders/api/orders/1"),
                "The scope for writing is there, so the order is placed.");
        post(
                "JWT, orders:read",
                bearer(reader),
                Expectation.insufficientScope(WRITE),
                "A good token that may only read. The challenge names the scope to ask for.");
        get(
                "/api/both",
                "JWT, orders:read",
                reader,
                Expectation.insufficientScope(READ + " " + WRITE),
                "One of two required scopes is not enough.");
        get("/api/both", "JWT, both scopes", both, Expectation.granted("reads and writes"), "Both are there.");
    }

    private void badCredentials() throws IOException, InterruptedException {
        get(
                "/api/orders",
                "JWT for another API",
                tokens.token("other-audience", READ),
                Expectation.invalidToken(),
                "Right issuer, right signature, right scope, but \"aud\" names another API.");
        get(
                "/api/orders",
                "opaque token for another API",
                tokens.token("other-audience-opaque", READ),
                Expectation.invalidToken(),
                "Active, says the authorization server, but for another API.");
        AccessToken reader = tokens.token(JWT_CLIENT, READ);
        post(
                "JWT, scope changed to orders:write by the client",
                "Bearer " + tampered(reader.value()),
                Expectation.invalidToken(),
                "The signature does not fit the changed text. Which check failed is told"
                        + " to the server's log (dev.cardea, debug), not to the client.");
        record(
                "GET /api/orders",
                "\"Bearer\" without a token",
                "/api/orders",
                "Bearer",
                null,
                Expectation.invalidRequest(),
                "Not a request for a login but a malformed one.");
    }

    /** The same token with more rights written into it; the signature stays that of the original. */
    static String tampered(String jwt) {
        String[] parts = jwt.split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String more = claims.replace("\"" + READ + "\"", "\"" + WRITE + "\"");
        if (more.equals(claims)) {
            throw new IllegalStateException("The token's scope is not where this demo looks for it");
        }
        parts[1] = Base64.getUrlEncoder().withoutPadding().encodeToString(more.getBytes(StandardCharsets.UTF_8));
        return String.join(".", parts);
    }

    /** RFC 9449: what is stolen is worth nothing without the key. */
    private void boundTokens() throws IOException, InterruptedException {
        ProofKey key = ProofKey.generate(clock);
        AccessToken bound = tokens.token(JWT_CLIENT, READ, key);
        String authorization = "DPoP " + bound.value();
        String proof = key.proof("GET", api.uri("/api/orders"), bound.value());
        proven(
                "JWT bound to a key, with a proof",
                authorization,
                proof,
                Expectation.granted(),
                "The token names a key, and the proof was signed with it, just now, for this request.");
        proven(
                "the same proof once more",
                authorization,
                proof,
                Expectation.invalidProof(),
                "A proof counts once: whoever has copied the request cannot repeat it.");
        proven(
                "the same token, proof of a thief's key",
                authorization,
                ProofKey.generate(clock).proof("GET", api.uri("/api/orders"), bound.value()),
                Expectation.otherKey(),
                "Who has the token alone has not the key.");
        get(
                "/api/orders",
                "the same token as a bearer token",
                bound,
                Expectation.invalidToken(),
                "A bound token never works without its proof, whatever the settings.");
    }

    private void openDoors() throws IOException, InterruptedException {
        AccessToken jwt = tokens.token(JWT_CLIENT, READ);
        get("/public/info", "no token", null, Expectation.granted("orders API"), "A servlet with @PermitAll.");
        get(
                "/api/open",
                "no token",
                null,
                Expectation.granted("hello anonymous"),
                "A resource method with @PermitAll, beside others that are not open.");
        get(
                "/api/open",
                "JWT",
                jwt,
                Expectation.granted("hello orders-client"),
                "Whoever shows a token is known at an open door too.");
        record(
                "GET /api/open",
                "tampered JWT",
                "/api/open",
                "Bearer " + tampered(jwt.value()),
                null,
                Expectation.invalidToken(),
                "A client that shows a bad token hears so, instead of being taken for" + " nobody.");
    }

    /** Tokens that were good. The waiting for their ends overlaps. */
    private void endingTokens() throws IOException, InterruptedException {
        AccessToken opaque = tokens.token(OPAQUE_CLIENT, READ);
        AccessToken jwt = tokens.token("short-lived", READ);
        get("/api/orders", "JWT that lives 3 s", jwt, Expectation.granted(), "Not expired yet.");
        AccessToken shortOpaque = tokens.token("short-lived-opaque", READ);
        get(
                "/api/orders",
                "opaque token that lives 3 s",
                shortOpaque,
                Expectation.granted(),
                "Not expired yet. The answer about it is kept for " + CACHE_TTL.toSeconds() + " s.");

        get(
                "/api/orders",
                "opaque token",
                opaque,
                Expectation.granted(),
                "The authorization server says active, and the answer is kept for " + CACHE_TTL.toSeconds() + " s.");
        Instant asked = clock.instant();
        tokens.revoke(opaque);
        get(
                "/api/orders",
                "the same token, revoked a moment ago",
                opaque,
                Expectation.granted(),
                "Still accepted: this is what a cache costs. For at most cardea.introspection.cache.ttl (here "
                        + CACHE_TTL.toSeconds() + " s, by default 30 s) nobody is asked again.");

        waitUntil(later(jwt.expiresAt(), shortOpaque.expiresAt()));
        get("/api/orders", "the JWT of 3 s, after 4 s", jwt, Expectation.invalidToken(), "Expired.");
        get(
                "/api/orders",
                "the opaque token of 3 s, after 4 s",
                shortOpaque,
                Expectation.invalidToken(),
                "Expired: the end of a token is looked at on every request, also when the answer about it is a kept"
                        + " one.");
        // Half a second more, because the clock that counts is in another process.
        waitUntil(asked.plus(CACHE_TTL).plusMillis(500));
        get(
                "/api/orders",
                "the revoked token, " + CACHE_TTL.toSeconds() + " s later",
                opaque,
                Expectation.invalidToken(),
                "The kept answer was too old, so the authorization server was asked again:" + " not active any more.");
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private void waitUntil(Instant moment) throws InterruptedException {
        long millis = Duration.between(clock.instant(), moment).toMillis();
        if (millis > 0) {
            Thread.sleep(millis);
        }
    }

    private void get(String path, String credentials, @Nullable AccessToken token, Expectation expectation, String why)
            throws IOException, InterruptedException {
        record("GET " + path, credentials, path, token == null ? null : bearer(token), null, expectation, why);
    }

    private void post(String credentials, String authorization, Expectation expectation, String why)
            throws IOException, InterruptedException {
        record("POST /api/orders", credentials, "/api/orders", authorization, ORDER, expectation, why);
    }

    private void proven(String credentials, String authorization, String proof, Expectation expectation, String why)
            throws IOException, InterruptedException {
        Answer answer = api.send("/api/orders", authorization, proof, null);
        rows.accept(new Row("GET /api/orders", credentials, answer, why, expectation.complaints(answer)));
    }

    private static String bearer(AccessToken token) {
        return "Bearer " + token.value();
    }

    private void record(
            String request,
            String credentials,
            String path,
            @Nullable String authorization,
            @Nullable String json,
            Expectation expectation,
            String why)
            throws IOException, InterruptedException {
        Answer answer = api.send(path, authorization, json);
        rows.accept(new Row(request, credentials, answer, why, expectation.complaints(answer)));
    }
}
