package dev.cardea.testkit;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A valid DPoP proof to be (RFC 9449 section 4.2), and everything a test may want to change in it. Immutable: each method
 * answers a changed copy, so the valid proof and its faulted twin come from one value and differ in nothing else.
 *
 * <p>They have the same {@code jti} too. A proof is good for one request: {@link #another()} is for the next one.
 *
 * <pre>{@code
 * DpopKey key = DpopKey.generate();
 * String token = accessTokens.boundTo(key).build();
 * DpopProof valid = DpopProof.of(key, "GET", "https://api.example/orders").token(token);
 * valid.build();                        // accepted, once
 * valid.build(ProofFault.HTM_OTHER);    // refused, for that reason alone
 * }</pre>
 */
public final class DpopProof extends Jws<DpopProof> {

    private final DpopKey key;

    private DpopProof(Map<String, @Nullable Object> header, Map<String, @Nullable Object> claims, DpopKey key) {
        super(header, claims);
        this.key = key;
    }

    /** A proof of now for this request, without {@code ath} and {@code nonce}: what is sent to a token endpoint. */
    public static DpopProof of(DpopKey key, String method, String uri) {
        return of(key, method, uri, Clock.systemUTC());
    }

    /** A proof of the clock's now, with a {@code jti} of its own. */
    public static DpopProof of(DpopKey key, String method, String uri, Clock clock) {
        Map<String, @Nullable Object> claims = new LinkedHashMap<>();
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("htm", method);
        claims.put("htu", uri);
        claims.put("iat", clock.instant().getEpochSecond());
        Map<String, @Nullable Object> header = new LinkedHashMap<>();
        header.put("typ", "dpop+jwt");
        return new DpopProof(header, claims, key).signedBy(key);
    }

    @Override
    DpopProof with(Map<String, @Nullable Object> newHeader, Map<String, @Nullable Object> newClaims) {
        return new DpopProof(newHeader, newClaims, key);
    }

    @Override
    byte[] sign(byte[] input) {
        return key.sign(input);
    }

    /** For another request. */
    public DpopProof request(String method, String uri) {
        return claim("htm", method).claim("htu", uri);
    }

    /** {@code ath}: to be sent with this access token, of whatever kind. */
    public DpopProof token(String accessToken) {
        return claim("ath", DpopKey.sha256(accessToken));
    }

    public DpopProof nonce(String nonce) {
        return claim("nonce", nonce);
    }

    /** The same with a {@code jti} of its own. */
    public DpopProof another() {
        return jti(UUID.randomUUID().toString());
    }

    /** Sets {@code alg} and {@code jwk} too. */
    public DpopProof signedBy(DpopKey signer) {
        DpopProof same = header("alg", signer.algorithm()).header("jwk", signer.jwk());
        return new DpopProof(same.header(), same.claims(), signer);
    }

    /** The proof with exactly one thing wrong. See {@link ProofFault#key} for what the token has to be bound to. */
    public String build(ProofFault fault) {
        return fault.applyTo(this);
    }

    /** The proof in another spelling or shape that is just as valid. */
    public String build(ProofVariant variant) {
        return variant.applyTo(this);
    }

    public DpopKey key() {
        return key;
    }
}
