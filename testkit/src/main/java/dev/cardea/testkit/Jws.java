package dev.cardea.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A signed JWT to be: what access tokens and DPoP proofs have in common. Immutable; each method answers a changed copy.
 *
 * @param <T> which of the two
 */
abstract class Jws<T extends Jws<T>> {

    private final Map<String, @Nullable Object> header;
    private final Map<String, @Nullable Object> claims;

    Jws(Map<String, @Nullable Object> header, Map<String, @Nullable Object> claims) {
        this.header = Collections.unmodifiableMap(header);
        this.claims = Collections.unmodifiableMap(claims);
    }

    /** The same with other contents. */
    abstract T with(Map<String, @Nullable Object> newHeader, Map<String, @Nullable Object> newClaims);

    abstract byte[] sign(byte[] input);

    /** Strings, numbers, booleans, lists, maps and null are written as JSON. */
    public final T claim(String name, @Nullable Object value) {
        return with(header, with(claims, name, value));
    }

    public final T without(String claim) {
        return with(header, removed(claims, claim));
    }

    public final T header(String name, @Nullable Object value) {
        return with(with(header, name, value), claims);
    }

    public final T withoutHeader(String name) {
        return with(removed(header, name), claims);
    }

    public final T jti(String jti) {
        return claim("jti", jti);
    }

    public final T issuedAt(long epochSecond) {
        return claim("iat", epochSecond);
    }

    /** The claims as they will be written. */
    public final Map<String, @Nullable Object> claims() {
        return claims;
    }

    /** The JOSE header as it will be written. */
    public final Map<String, @Nullable Object> header() {
        return header;
    }

    /** Signed, in JWS compact serialisation. */
    public final String build() {
        return compact(headerJson(), claimsJson());
    }

    final String headerJson() {
        return Json.write(header);
    }

    final String claimsJson() {
        return Json.write(claims);
    }

    final long issuedAt() {
        return ((Number) require("iat")).longValue();
    }

    final Object require(String claim) {
        Object value = claims.get(claim);
        if (value == null) {
            throw new IllegalStateException("a fault starts from a valid JWT, this one has no " + claim);
        }
        return value;
    }

    /** The given texts, encoded and signed, whatever they are. */
    final String compact(String headerText, String payloadText) {
        return compact(headerText, payloadText.getBytes(StandardCharsets.UTF_8));
    }

    final String compact(String headerText, byte[] payload) {
        return signed(Base64Url.encode(headerText), Base64Url.encode(payload));
    }

    /** Signs two segments as they are spelled, because that is what a lenient decoder would verify. */
    final String signed(String headerSegment, String payloadSegment) {
        String input = headerSegment + "." + payloadSegment;
        return input + "." + Base64Url.encode(sign(input.getBytes(StandardCharsets.UTF_8)));
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

    /** Not the JWT: see {@link #build()} for that. */
    @Override
    public String toString() {
        return getClass().getSimpleName() + claims.keySet();
    }
}
