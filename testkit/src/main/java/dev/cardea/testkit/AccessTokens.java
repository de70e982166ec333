package dev.cardea.testkit;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A valid RFC 9068 access token to be, and everything a test may want to change in it. Immutable: each method answers a
 * changed copy, so the valid token and its faulted twin come from one value and differ in nothing else.
 *
 * <pre>{@code
 * AccessTokens valid = AccessTokens.of("https://as.example", "https://api.example", clock).scope("orders:read");
 * valid.build();                       // accepted
 * valid.build(TokenFault.EXPIRED);     // refused, for that reason alone
 * }</pre>
 */
public final class AccessTokens {

    private final Map<String, @Nullable Object> header;
    private final Map<String, @Nullable Object> claims;
    private final @Nullable TestKey key;

    private AccessTokens(
            Map<String, @Nullable Object> header, Map<String, @Nullable Object> claims, @Nullable TestKey key) {
        this.header = Collections.unmodifiableMap(header);
        this.claims = Collections.unmodifiableMap(claims);
        this.key = key;
    }

    /** Signed by {@link TestKeys#rsa()}, five minutes to live from the clock's now, with a {@code jti} of its own. */
    public static AccessTokens of(String issuer, String audience, Clock clock) {
        long now = clock.instant().getEpochSecond();
        Map<String, @Nullable Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("exp", now + 300);
        claims.put("aud", audience);
        claims.put("sub", "alice");
        claims.put("client_id", "orders-client");
        claims.put("iat", now);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("scope", "orders:read");
        return new AccessTokens(new LinkedHashMap<>(), claims, null).signedBy(TestKeys.rsa());
    }

    public AccessTokens issuer(String issuer) {
        return claim("iss", issuer);
    }

    /** One audience is written as a string, several as an array. */
    public AccessTokens audience(String... audience) {
        return claim("aud", audience.length == 1 ? audience[0] : List.of(audience));
    }

    public AccessTokens subject(String subject) {
        return claim("sub", subject);
    }

    public AccessTokens clientId(String clientId) {
        return claim("client_id", clientId);
    }

    /** Space separated. */
    public AccessTokens scope(String... scopes) {
        return claim("scope", String.join(" ", scopes));
    }

    public AccessTokens jti(String jti) {
        return claim("jti", jti);
    }

    public AccessTokens issuedAt(long epochSecond) {
        return claim("iat", epochSecond);
    }

    public AccessTokens expiresAt(long epochSecond) {
        return claim("exp", epochSecond);
    }

    public AccessTokens notBefore(long epochSecond) {
        return claim("nbf", epochSecond);
    }

    /** Strings, numbers, booleans, lists, maps and null are written as JSON. */
    public AccessTokens claim(String name, @Nullable Object value) {
        return new AccessTokens(header, with(claims, name, value), key);
    }

    public AccessTokens without(String claim) {
        return new AccessTokens(header, removed(claims, claim), key);
    }

    public AccessTokens header(String name, @Nullable Object value) {
        return new AccessTokens(with(header, name, value), claims, key);
    }

    public AccessTokens withoutHeader(String name) {
        return new AccessTokens(removed(header, name), claims, key);
    }

    /** Sets {@code typ}, {@code alg} and {@code kid} too. */
    public AccessTokens signedBy(TestKey signer) {
        Map<String, @Nullable Object> fresh = new LinkedHashMap<>(header);
        fresh.putIfAbsent("typ", "at+jwt");
        fresh.put("alg", signer.algorithm());
        fresh.put("kid", signer.kid());
        return new AccessTokens(fresh, claims, signer);
    }

    /** The claims as they will be written. */
    public Map<String, @Nullable Object> claims() {
        return claims;
    }

    /** The JOSE header as it will be written. */
    public Map<String, @Nullable Object> header() {
        return header;
    }

    /** The signed token, in JWS compact serialisation. */
    public String build() {
        return compact(headerJson(), claimsJson());
    }

    /** The token with exactly one thing wrong. */
    public String build(TokenFault fault) {
        return fault.applyTo(this);
    }

    /** The token in another spelling or shape that is just as valid. */
    public String build(TokenVariant variant) {
        return variant.applyTo(this);
    }

    String headerJson() {
        return Json.write(header);
    }

    String claimsJson() {
        return Json.write(claims);
    }

    TestKey key() {
        if (key == null) {
            throw new IllegalStateException("no key to sign with");
        }
        return key;
    }

    long issuedAt() {
        return ((Number) require("iat")).longValue();
    }

    String issuer() {
        return (String) require("iss");
    }

    /** Where the faults say that an attacker's keys are: on the issuer's own host, so that a test server sees who asks. */
    String attackerKeysUrl() {
        return URI.create(issuer()).resolve("/attacker/jwks.json").toString();
    }

    /** The given texts, encoded and signed, whatever they are. */
    String compact(String headerText, String payloadText) {
        return compact(headerText, payloadText.getBytes(StandardCharsets.UTF_8));
    }

    String compact(String headerText, byte[] payload) {
        return signed(Base64Url.encode(headerText), Base64Url.encode(payload));
    }

    /** Signs two segments as they are spelled, because that is what a lenient decoder would verify. */
    String signed(String headerSegment, String payloadSegment) {
        String input = headerSegment + "." + payloadSegment;
        return input + "." + Base64Url.encode(key().sign(input.getBytes(StandardCharsets.UTF_8)));
    }

    private Object require(String claim) {
        Object value = claims.get(claim);
        if (value == null) {
            throw new IllegalStateException("a fault starts from a valid token, this one has no " + claim);
        }
        return value;
    }

    private static Map<String, @Nullable Object> with(
            Map<String, @Nullable Object> map, String name, @Nullable Object value) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(map);
        copy.put(name, value);
        return copy;
    }

    private static Map<String, @Nullable Object> removed(Map<String, @Nullable Object> map, String name) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(map);
        copy.remove(name);
        return copy;
    }

    /** Not the token: see {@link #build()} for that. */
    @Override
    public String toString() {
        return "AccessTokens" + claims.keySet();
    }
}
