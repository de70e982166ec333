package dev.cardea.testkit;

import java.net.URI;
import java.time.Clock;
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
public final class AccessTokens extends Jws<AccessTokens> {

    private final @Nullable TestKey key;

    private AccessTokens(
            Map<String, @Nullable Object> header, Map<String, @Nullable Object> claims, @Nullable TestKey key) {
        super(header, claims);
        this.key = key;
    }

    @Override
    AccessTokens with(Map<String, @Nullable Object> newHeader, Map<String, @Nullable Object> newClaims) {
        return new AccessTokens(newHeader, newClaims, key);
    }

    @Override
    byte[] sign(byte[] input) {
        return key().sign(input);
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

    public AccessTokens expiresAt(long epochSecond) {
        return claim("exp", epochSecond);
    }

    public AccessTokens notBefore(long epochSecond) {
        return claim("nbf", epochSecond);
    }

    /** Bound to that key (RFC 9449 section 6.1). */
    public AccessTokens boundTo(DpopKey proofKey) {
        return cnf(Map.of("jkt", proofKey.thumbprint()));
    }

    /** Bound to that certificate (RFC 8705 section 3.1). */
    public AccessTokens boundTo(TestClientCertificate certificate) {
        return cnf(Map.of("x5t#S256", certificate.thumbprint()));
    }

    /** Bound as this says (RFC 7800 section 3.1). */
    public AccessTokens cnf(Map<String, ?> confirmation) {
        return claim("cnf", confirmation);
    }

    /** Sets {@code typ}, {@code alg} and {@code kid} too. */
    public AccessTokens signedBy(TestKey signer) {
        Map<String, @Nullable Object> fresh = new LinkedHashMap<>(header());
        fresh.putIfAbsent("typ", "at+jwt");
        fresh.put("alg", signer.algorithm());
        fresh.put("kid", signer.kid());
        return new AccessTokens(fresh, claims(), signer);
    }

    /** The token with exactly one thing wrong. */
    public String build(TokenFault fault) {
        return fault.applyTo(this);
    }

    /** The token in another spelling or shape that is just as valid. */
    public String build(TokenVariant variant) {
        return variant.applyTo(this);
    }

    TestKey key() {
        if (key == null) {
            throw new IllegalStateException("no key to sign with");
        }
        return key;
    }

    String issuer() {
        return (String) require("iss");
    }

    /** Where the faults say that an attacker's keys are: on the issuer's own host, so that a test server sees who asks. */
    String attackerKeysUrl() {
        return URI.create(issuer()).resolve("/attacker/jwks.json").toString();
    }
}
