package dev.cardea.testkit;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * What can be wrong with a signed introspection answer (RFC 9701 5), one thing at a time. Spelling, header and signature
 * can go wrong as with any JWT: {@link TokenFault} has that.
 */
public enum SignedAnswerFault {
    TYPE_OF_ACCESS_TOKENS("typ at+jwt", jwt -> jwt.header("typ", "at+jwt"), "J03"),
    TYPE_JWT("typ JWT", jwt -> jwt.header("typ", "JWT"), "J03"),
    TYPE_IN_ANOTHER_TREE("typ text/...", jwt -> jwt.header("typ", "text/token-introspection+jwt"), "J03"),
    TYPE_WITH_SPACE("a space behind typ", jwt -> jwt.header("typ", "token-introspection+jwt "), "J03"),
    TYPE_ARRAY("typ an array", jwt -> jwt.header("typ", List.of("token-introspection+jwt")), "J03"),
    TYPE_MISSING("no typ", jwt -> jwt.withoutHeader("typ"), "J03"),

    ISSUER_OF_SOMEBODY_ELSE("another issuer", jwt -> jwt.issuer("https://other.example"), "J04"),
    ISSUER_WITH_TRAILING_SLASH("one slash more", jwt -> jwt.issuer(jwt.issuer() + "/"), "J04"),
    ISSUER_MISSING("no iss", jwt -> jwt.without("iss"), "J04"),
    ISSUER_ARRAY("iss an array", jwt -> jwt.claim("iss", List.of(jwt.issuer())), "J04"),
    AUDIENCE_OF_ANOTHER_CLIENT("for another resource server", jwt -> jwt.audience("billing-api"), "J04"),
    AUDIENCE_OF_OTHER_CLIENTS("for two others", jwt -> jwt.audience("billing-api", "stock-api"), "J04"),
    AUDIENCE_LONGER("our name with something behind it", jwt -> jwt.audience(audience(jwt) + "2"), "J04"),
    AUDIENCE_EMPTY("for nobody", jwt -> jwt.claim("aud", List.of()), "J04"),
    AUDIENCE_MISSING("no aud", jwt -> jwt.without("aud"), "J04"),
    AUDIENCE_OBJECT("aud an object", jwt -> jwt.claim("aud", Map.of(audience(jwt), true)), "J04"),
    ISSUED_LONG_AGO("from ten minutes ago", jwt -> jwt.issuedAt(jwt.issuedAt() - 600), "J04"),
    ISSUED_IN_THE_FUTURE("from in two minutes", jwt -> jwt.issuedAt(jwt.issuedAt() + 120), "J04"),
    ISSUED_AT_MISSING("no iat", jwt -> jwt.without("iat"), "J04"),
    ISSUED_AT_STRING("iat a string", jwt -> jwt.claim("iat", "" + jwt.issuedAt()), "J04"),
    EXPIRED("its own exp is over", jwt -> jwt.expiresAt(jwt.issuedAt() - 300), "J04"),
    NOT_YET_VALID("its own nbf is to come", jwt -> jwt.notBefore(jwt.issuedAt() + 300), "J04"),

    INTROSPECTION_MISSING("nothing about the token", jwt -> jwt.without("token_introspection"), "J05"),
    INTROSPECTION_NULL("null about the token", jwt -> jwt.claim("token_introspection", null), "J05"),
    INTROSPECTION_ARRAY(
            "an array with the object", jwt -> about(jwt, "[" + ((Json.Literal) said(jwt)).text() + "]"), "J05"),
    INTROSPECTION_TEXT(
            "the object as a text", jwt -> jwt.claim("token_introspection", ((Json.Literal) said(jwt)).text()), "J05"),
    INTROSPECTION_EMPTY("an object without members", jwt -> about(jwt, "{}"), "J05"),
    INTROSPECTION_BESIDE(
            "the members beside the other claims",
            jwt -> jwt.without("token_introspection").claim("active", true).subject("alice"),
            "J05"),
    INTROSPECTION_MISSPELT(
            "a name in upper case",
            jwt -> jwt.without("token_introspection").claim("Token_Introspection", said(jwt)),
            "J05"),
    ACTIVE_AS_STRING("active a string", jwt -> about(jwt, "{\"active\":\"true\"}"), "J05"),
    INACTIVE_AND_MORE("inactive, and a subject", jwt -> about(jwt, "{\"active\":false,\"sub\":\"alice\"}"), "J05"),
    INACTIVE_AND_NULL("inactive, and a null", jwt -> about(jwt, "{\"active\":false,\"sub\":null}"), "J05");

    private final String what;
    private final Function<AccessTokens, AccessTokens> change;
    private final Set<String> requirements;

    SignedAnswerFault(String what, Function<AccessTokens, AccessTokens> change, String... requirements) {
        this.what = what;
        this.change = change;
        this.requirements = Set.of(requirements);
    }

    /** What differs from the right answer. */
    public String what() {
        return what;
    }

    /** The requirements that forbid it. */
    public Set<String> requirements() {
        return requirements;
    }

    /** {@code right} with exactly this wrong, signed. */
    public String applyTo(AccessTokens right) {
        return change.apply(right).build();
    }

    private static String audience(AccessTokens jwt) {
        return String.valueOf(jwt.claims().get("aud"));
    }

    private static Object said(AccessTokens jwt) {
        return Objects.requireNonNull(jwt.claims().get("token_introspection"));
    }

    private static AccessTokens about(AccessTokens jwt, String json) {
        return jwt.claim("token_introspection", new Json.Literal(json));
    }
}
