package dev.cardea.testkit;

import java.util.function.UnaryOperator;

/** JWK sets as they should not be. */
public enum JwksFault implements AnswerFault {
    EMPTY_SET(false, jwks -> "{\"keys\":[]}"),
    NO_KEYS_MEMBER(false, jwks -> "{}"),
    KEYS_AN_OBJECT(false, jwks -> "{\"keys\":{}}"),
    AN_ARRAY(false, jwks -> "[" + jwks + "]"),
    NULL_ENTRIES(true, jwks -> first(jwks, "null,")),
    NUMBER_ENTRIES(true, jwks -> first(jwks, "42,")),
    UNKNOWN_KEY_TYPE(true, jwks -> first(jwks, "{\"kty\":\"XYZ\",\"kid\":\"x\"},")),
    OCT_KEY(
            true,
            jwks -> first(
                    jwks, "{\"kty\":\"oct\",\"kid\":\"oct-1\",\"k\":\"c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0\"},")),
    POINT_NOT_ON_CURVE(
            true, jwks -> first(jwks, "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"off\",\"x\":\"AA\",\"y\":\"AA\"},")),
    SMALL_RSA(true, jwks -> first(jwks, "{\"kty\":\"RSA\",\"kid\":\"small\",\"n\":\"wJ8\",\"e\":\"AQAB\"},")),
    /** An attacker's key under the id of the first good one, before it. */
    DUPLICATE_KIDS(
            false,
            jwks -> first(
                    jwks, Json.write(TestKeys.foreign().withKid(firstKid(jwks)).publicJwk()) + ",")),
    FIVE_THOUSAND_KEYS(false, jwks -> first(jwks, "{\"kty\":\"EC\",\"kid\":\"x\"},".repeat(5_000)));

    private final boolean goodKeysRemain;
    private final UnaryOperator<String> change;

    JwksFault(boolean goodKeysRemain, UnaryOperator<String> change) {
        this.goodKeysRemain = goodKeysRemain;
        this.change = change;
    }

    /** Whether a careful reader still finds the good keys in it, so that valid tokens must go on being accepted. */
    public boolean goodKeysRemain() {
        return goodKeysRemain;
    }

    @Override
    public Answer applyTo(Answer right) {
        return right.withBody(change.apply(right.text()));
    }

    private static String first(String jwks, String entry) {
        return jwks.replace("{\"keys\":[", "{\"keys\":[" + entry);
    }

    private static String firstKid(String jwks) {
        int start = jwks.indexOf("\"kid\":\"") + 7;
        return jwks.substring(start, jwks.indexOf('"', start));
    }
}
