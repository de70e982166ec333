package dev.cardea.testkit;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Unusual access tokens that are valid all the same: whoever refuses one is too strict. */
public enum TokenVariant {
    FRACTIONAL_EXP(token -> token.claim("exp", new Json.Literal(claimNumber(token, "exp") + ".5"))),
    FRACTIONAL_IAT(token -> token.claim("iat", new Json.Literal((claimNumber(token, "iat") - 1) + ".25"))),
    EXP_IN_SCIENTIFIC_NOTATION(token -> token.claim("exp", new Json.Literal("4.1e9"))),
    AUDIENCE_AS_ARRAY(token -> token.claim("aud", List.of(claim(token, "aud")))),
    AUDIENCE_AMONG_OTHERS(token -> token.claim("aud", List.of("https://other.example", claim(token, "aud")))),
    TYP_WITH_APPLICATION_PREFIX(token -> token.header("typ", "application/at+jwt")),
    TYP_IN_UPPER_CASE(token -> token.header("typ", "AT+JWT")),
    SCOPE_AS_ARRAY(token -> token.claim(
            "scope", List.of((Object[]) claim(token, "scope").toString().split(" ", -1)))),
    NOT_BEFORE_IN_THE_PAST(token -> token.notBefore(claimNumber(token, "iat") - 60)),
    UNKNOWN_CLAIM(token -> token.claim("https://example.com/unknown", List.of(1, true, "\u20ac"))),
    UNKNOWN_HEADER(token -> token.header("x-unknown", "value")),
    NULL_CLAIM(token -> token.claim("nickname", null));

    private final UnaryOperator<AccessTokens> change;

    TokenVariant(UnaryOperator<AccessTokens> change) {
        this.change = change;
    }

    String applyTo(AccessTokens valid) {
        return change.apply(valid).build();
    }

    private static Object claim(AccessTokens token, String name) {
        @Nullable Object value = token.claims().get(name);
        if (value == null) {
            throw new IllegalStateException("the valid token has no " + name);
        }
        return value;
    }

    private static long claimNumber(AccessTokens token, String name) {
        return ((Number) claim(token, name)).longValue();
    }
}
