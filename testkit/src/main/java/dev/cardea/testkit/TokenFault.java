package dev.cardea.testkit;

import static dev.cardea.testkit.Breaks.algNone;
import static dev.cardea.testkit.Breaks.claim;
import static dev.cardea.testkit.Breaks.copied;
import static dev.cardea.testkit.Breaks.duplicateClaim;
import static dev.cardea.testkit.Breaks.duplicateHeader;
import static dev.cardea.testkit.Breaks.foreignKey;
import static dev.cardea.testkit.Breaks.header;
import static dev.cardea.testkit.Breaks.headerText;
import static dev.cardea.testkit.Breaks.hmacWithPublicKey;
import static dev.cardea.testkit.Breaks.jwe;
import static dev.cardea.testkit.Breaks.literal;
import static dev.cardea.testkit.Breaks.missing;
import static dev.cardea.testkit.Breaks.missingHeader;
import static dev.cardea.testkit.Breaks.payload;
import static dev.cardea.testkit.Breaks.payloadText;
import static dev.cardea.testkit.Breaks.seconds;
import static dev.cardea.testkit.Breaks.signature;
import static dev.cardea.testkit.Breaks.signatureOf;
import static dev.cardea.testkit.Breaks.text;
import static dev.cardea.testkit.Breaks.unsigned;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Everything that can be wrong with an access token, one thing at a time. Long because it is a catalogue: each line is one
 * fault with the requirements it breaks; the ways to make them are in {@link Breaks}.
 */
public enum TokenFault {
    // Time
    EXPIRED("exp an hour before iat", seconds("exp", -3600), "T06", "B15"),
    EXPIRED_BEYOND_SKEW("exp two minutes ago, more than any sensible leeway", seconds("exp", -120), "T06"),
    NOT_YET_VALID("nbf in an hour", seconds("nbf", 3600), "T13"),
    ISSUED_IN_FAR_FUTURE(
            "iat in an hour",
            valid -> valid.claim("iat", valid.issuedAt() + 3600)
                    .claim("exp", valid.issuedAt() + 7200)
                    .build(),
            "T13"),
    EXP_INFINITE("exp 1e400, infinity as a double", literal("exp", "1e400"), "T13"),
    EXP_HUGE("exp the largest long", literal("exp", "9223372036854775807"), "T13"),
    EXP_BEYOND_LONG("exp with forty digits", literal("exp", "1" + "0".repeat(39)), "T13"),
    EXP_DIGIT_FLOOD("exp with two thousand digits", literal("exp", "9".repeat(2000)), "T13", "W19"),
    EXP_NEGATIVE("exp before 1970", literal("exp", "-1"), "T06", "T13"),
    EXP_ZERO("exp in 1970", literal("exp", "0"), "T06", "T13"),
    EXP_STRING(
            "exp a string of digits",
            valid -> valid.claim("exp", "" + (valid.issuedAt() + 300)).build(),
            "T13"),
    EXP_NULL("exp null", claim("exp", null), "T07"),
    EXP_TRUE("exp a boolean", claim("exp", true), "T13"),
    EXP_ARRAY(
            "exp an array",
            valid -> valid.claim("exp", List.of(valid.issuedAt() + 300)).build(),
            "T13"),
    EXP_NAN("exp NaN, which is no JSON", literal("exp", "NaN"), "T13"),
    NBF_INFINITE("nbf 1e400", literal("nbf", "1e400"), "T13"),
    NBF_STRING("nbf a string", claim("nbf", "0"), "T13"),
    IAT_INFINITE("iat 1e400", literal("iat", "1e400"), "T13"),
    IAT_STRING(
            "iat a string", valid -> valid.claim("iat", "" + valid.issuedAt()).build(), "T13"),

    // Issuer
    WRONG_ISSUER("another issuer", claim("iss", "https://other.example"), "T02"),
    ISSUER_WITH_TRAILING_SLASH("one slash more", copied("iss", iss -> iss + "/"), "T02"),
    ISSUER_IN_UPPER_CASE("the same letters, upper case", copied("iss", iss -> iss.toUpperCase(Locale.ROOT)), "T02"),
    ISSUER_WITH_SPACE("a space at the end", copied("iss", iss -> iss + " "), "T02"),
    ISSUER_WITH_USER_INFO(
            "the issuer as the user name of another host", copied("iss", iss -> iss + "@other.example"), "T02"),
    ISSUER_AS_ARRAY("the issuer in an array", copied("iss", List::of), "T02"),
    ISSUER_EMPTY("an empty string", claim("iss", ""), "T02"),

    // Audience
    WRONG_AUDIENCE("another resource server", claim("aud", "https://other.example"), "T03", "W11"),
    AUDIENCE_WITH_SUFFIX("the audience and more", copied("aud", aud -> aud + "-admin"), "T03"),
    AUDIENCE_PREFIX(
            "the audience without its last character", copied("aud", aud -> aud.substring(0, aud.length() - 1)), "T03"),
    AUDIENCE_IN_UPPER_CASE("the same letters, upper case", copied("aud", aud -> aud.toUpperCase(Locale.ROOT)), "T03"),
    AUDIENCE_EMPTY_ARRAY("no audience in the array", claim("aud", List.of()), "T03"),
    AUDIENCE_EMPTY("an empty string", claim("aud", ""), "T03"),
    AUDIENCE_NULL("aud null", claim("aud", null), "T03"),
    AUDIENCE_NUMBER("aud a number", claim("aud", 42), "T03"),
    AUDIENCE_OBJECT("the audience as a member name", copied("aud", aud -> Map.of(aud, true)), "T03"),
    AUDIENCE_ARRAY_IN_ARRAY("the audience one array too deep", copied("aud", aud -> List.of(List.of(aud))), "T03"),

    // Required claims
    MISSING_ISS("no iss", missing("iss"), "T07"),
    MISSING_EXP("no exp", missing("exp"), "T07"),
    NO_AUDIENCE("no aud", missing("aud"), "T07", "T03"),
    MISSING_SUB("no sub", missing("sub"), "T07"),
    MISSING_CLIENT_ID("no client_id", missing("client_id"), "T07"),
    MISSING_IAT("no iat", missing("iat"), "T07"),
    MISSING_JTI("no jti", missing("jti"), "T07"),
    SUB_NUMBER("sub a number", claim("sub", 42), "T07"),
    SUB_NULL("sub null", claim("sub", null), "T07"),
    CLIENT_ID_ARRAY("client_id an array", claim("client_id", List.of("orders-client")), "T07"),
    JTI_NUMBER("jti a number", claim("jti", 42), "T07"),
    SCOPE_NUMBER("scope a number", claim("scope", 42), "I18", "T10"),
    SCOPE_OBJECT("scope an object", claim("scope", Map.of("orders:read", true)), "I18", "T10"),
    SCOPE_ARRAY_OF_NUMBERS("scope an array of numbers", claim("scope", List.of(1, 2)), "I18", "T10"),

    // Type
    TYP_JWT("a plain JWT, so perhaps an ID token", header("typ", "JWT"), "T01", "W14"),
    TYP_MISSING("no typ", missingHeader("typ"), "T01", "W14"),
    TYP_DPOP("the type of another JWT, dpop+jwt", header("typ", "dpop+jwt"), "T01", "W15"),
    TYP_SECEVENT("the type of another JWT, secevent+jwt", header("typ", "secevent+jwt"), "T01", "W15"),
    TYP_LOGOUT("the type of another JWT, logout+jwt", header("typ", "logout+jwt"), "T01", "W15"),
    TYP_TOKEN_INTROSPECTION(
            "the type of another JWT, token-introspection+jwt",
            header("typ", "token-introspection+jwt"),
            "T01",
            "W15",
            "J06"),
    TYP_STATUSLIST("the type of another JWT, statuslist+jwt", header("typ", "statuslist+jwt"), "T01", "W15"),
    TYP_TXNTOKEN("the type of another JWT, txntoken+jwt", header("typ", "txntoken+jwt"), "T01", "W15"),
    TYP_WITH_SPACE("at+jwt with a space behind it", header("typ", "at+jwt "), "T01"),
    TYP_OF_ANOTHER_TREE("text/at+jwt", header("typ", "text/at+jwt"), "T01"),
    TYP_ARRAY("typ an array", header("typ", List.of("at+jwt")), "T01"),
    ID_TOKEN(
            "an ID token: typ JWT, the client as audience, a nonce",
            valid -> valid.header("typ", "JWT")
                    .claim("aud", valid.claims().get("client_id"))
                    .claim("nonce", "n-0S6")
                    .build(),
            "T20",
            "W15"),

    // Algorithm
    ALG_NONE("alg none and no signature", algNone("none"), "T04", "W01"),
    ALG_NONE_CAPITALISED("alg None and no signature", algNone("None"), "T04", "W01"),
    ALG_NONE_MIXED_CASE("alg nOnE and no signature", algNone("nOnE"), "T04", "W01"),
    ALG_NONE_UPPER_CASE("alg NONE and no signature", algNone("NONE"), "T04", "W01"),
    ALG_NONE_WITH_SIGNATURE("alg none, though signed", header("alg", "none"), "T04", "W01"),
    ALG_MISSING("no alg", missingHeader("alg"), "T04"),
    ALG_LOWER_CASE(
            "alg in lower case",
            valid -> valid.header("alg", valid.key().algorithm().toLowerCase(Locale.ROOT))
                    .build(),
            "W01"),
    ALG_UNKNOWN("an alg that nobody registered", header("alg", "XS256"), "W01"),
    ALG_NUMBER("alg a number", header("alg", 256), "W01"),
    ALG_OF_ANOTHER_KEY_TYPE(
            "alg ES256 with an all-zero signature, the RSA key's id",
            valid -> unsigned(valid.header("alg", "ES256").build()) + Base64Url.encode(new byte[64]),
            "W02"),
    ALG_PS256_BY_RS256_KEY(
            "correct PS256 signature by a key published for RS256 (the valid token must be RS256)",
            Breaks::signedWithPss,
            "W02"),
    HS256_WITH_PUBLIC_KEY("HS256, the secret being the public key's DER", hmacWithPublicKey(der -> der), "W03"),
    HS256_WITH_PUBLIC_KEY_PEM("HS256, the secret being the public key's PEM", hmacWithPublicKey(Breaks::pem), "W03"),
    HS256_WITH_EMPTY_SECRET_LIKE_KEY(
            "HS256, the secret being one zero byte", hmacWithPublicKey(der -> new byte[1]), "W03"),

    // Key
    FOREIGN_KEY("signed by somebody else under the trusted key's id", foreignKey(valid -> Map.of()), "T04", "T05"),
    EMBEDDED_JWK(
            "signed by somebody else, whose key is in the header",
            foreignKey(valid -> Map.of("jwk", TestKeys.foreign().bareJwk())),
            "T05"),
    JKU(
            "signed by somebody else, whose keys are at the jku",
            foreignKey(valid -> Map.of("jku", valid.attackerKeysUrl())),
            "T05",
            "W13"),
    X5U(
            "signed by somebody else, whose certificate is at the x5u",
            foreignKey(valid -> Map.of("x5u", valid.attackerKeysUrl())),
            "T05",
            "W13"),
    X5C(
            "signed by somebody else, whose key is in x5c",
            foreignKey(valid -> Map.of(
                    "x5c",
                    List.of(Base64Url.encode(
                            TestKeys.foreign().keyPair().getPublic().getEncoded())))),
            "T05"),
    UNKNOWN_KID("a key id that is not published", header("kid", "no-such-key"), "T15"),
    KID_PATH_TRAVERSAL("kid a path", header("kid", "../../../../etc/passwd"), "W12"),
    KID_SQL("kid a piece of SQL", header("kid", "x' UNION SELECT 'secret' --"), "W12"),
    KID_OF_10_KIB("kid of ten kibibytes", header("kid", "k".repeat(10 * 1024)), "W12"),
    KID_NUMBER("kid a number", header("kid", 1), "W12"),
    KID_OBJECT("kid an object", header("kid", Map.of("a", "b")), "W12"),

    // Signature
    TAMPERED_PAYLOAD(
            "another subject, the old signature",
            valid -> unsigned(valid.claim("sub", "mallory").build()) + Base64Url.encode(signatureOf(valid.build())),
            "T04",
            "B15"),
    TAMPERED_HEADER(
            "another header member, the old signature",
            valid -> unsigned(valid.header("x", "y").build()) + Base64Url.encode(signatureOf(valid.build())),
            "T04"),
    TAMPERED_SIGNATURE("one bit of the signature turned", signature(Breaks::flipBit), "T04"),
    TRUNCATED_SIGNATURE(
            "the last byte of the signature gone", signature(bytes -> Arrays.copyOf(bytes, bytes.length - 1)), "T04"),
    LENGTHENED_SIGNATURE(
            "a zero byte behind the signature", signature(bytes -> Arrays.copyOf(bytes, bytes.length + 1)), "T04"),
    ZERO_SIGNATURE("a signature of zeros", signature(bytes -> new byte[bytes.length]), "T04"),
    EMPTY_SIGNATURE("nothing behind the last dot", text(Breaks::unsigned), "T04"),
    SIGNATURE_SEGMENT_MISSING("two segments", text(token -> token.substring(0, token.lastIndexOf('.'))), "T04"),
    TRAILING_DOT("a dot at the end", text(token -> token + "."), "W17"),
    LEADING_DOT("a dot in front", text(token -> "." + token), "W17"),
    FOURTH_SEGMENT("four segments", text(token -> token + ".AAAA"), "W17"),

    // Spelling of base64url: one signed token has one spelling
    TILDE_IN_HEADER(
            "a tilde in the header segment",
            valid -> Segment.HEADER.respell(valid, text -> Segment.inTheMiddle(text, "~")),
            "W17"),
    EQUALS_IN_HEADER(
            "one padding character behind the header segment",
            valid -> Segment.HEADER.respell(valid, text -> text + "="),
            400,
            "W17",
            "B03"),
    TWO_EQUALS_IN_HEADER(
            "two padding characters behind the header segment",
            valid -> Segment.HEADER.respell(valid, text -> text + "=="),
            400,
            "W17",
            "B03"),
    STANDARD_BASE64_IN_HEADER(
            "+ and / for - and _ in the header segment",
            valid ->
                    Segment.HEADER.respell(valid, text -> text.replace('-', '+').replace('_', '/')),
            "W17"),
    EXCLAMATION_MARK_IN_HEADER(
            "an exclamation mark in the header segment",
            valid -> Segment.HEADER.respell(valid, text -> Segment.inTheMiddle(text, "!")),
            400,
            "W17",
            "B03"),
    NEWLINE_IN_HEADER(
            "a newline in the header segment",
            valid -> Segment.HEADER.respell(valid, text -> Segment.inTheMiddle(text, "\n")),
            400,
            "W17",
            "B03"),
    NON_CANONICAL_HEADER(
            "unused bits set in the last character of the header segment", Segment.HEADER::nonCanonical, "W17"),
    TILDE_IN_PAYLOAD(
            "a tilde in the payload segment",
            valid -> Segment.PAYLOAD.respell(valid, text -> Segment.inTheMiddle(text, "~")),
            "W17"),
    EQUALS_IN_PAYLOAD(
            "one padding character behind the payload segment",
            valid -> Segment.PAYLOAD.respell(valid, text -> text + "="),
            400,
            "W17",
            "B03"),
    TWO_EQUALS_IN_PAYLOAD(
            "two padding characters behind the payload segment",
            valid -> Segment.PAYLOAD.respell(valid, text -> text + "=="),
            400,
            "W17",
            "B03"),
    STANDARD_BASE64_IN_PAYLOAD(
            "+ and / for - and _ in the payload segment",
            valid -> Segment.PAYLOAD.respell(
                    valid, text -> text.replace('-', '+').replace('_', '/')),
            "W17"),
    EXCLAMATION_MARK_IN_PAYLOAD(
            "an exclamation mark in the payload segment",
            valid -> Segment.PAYLOAD.respell(valid, text -> Segment.inTheMiddle(text, "!")),
            400,
            "W17",
            "B03"),
    NEWLINE_IN_PAYLOAD(
            "a newline in the payload segment",
            valid -> Segment.PAYLOAD.respell(valid, text -> Segment.inTheMiddle(text, "\n")),
            400,
            "W17",
            "B03"),
    NON_CANONICAL_PAYLOAD(
            "unused bits set in the last character of the payload segment", Segment.PAYLOAD::nonCanonical, "W17"),
    TILDE_IN_SIGNATURE(
            "a tilde in the signature segment",
            valid -> Segment.SIGNATURE.respell(valid, text -> Segment.inTheMiddle(text, "~")),
            "W17"),
    EQUALS_IN_SIGNATURE(
            "one padding character behind the signature segment",
            valid -> Segment.SIGNATURE.respell(valid, text -> text + "="),
            "W17"),
    TWO_EQUALS_IN_SIGNATURE(
            "two padding characters behind the signature segment",
            valid -> Segment.SIGNATURE.respell(valid, text -> text + "=="),
            "W17"),
    STANDARD_BASE64_IN_SIGNATURE(
            "+ and / for - and _ in the signature segment",
            valid -> Segment.SIGNATURE.respell(
                    valid, text -> text.replace('-', '+').replace('_', '/')),
            "W17"),
    EXCLAMATION_MARK_IN_SIGNATURE(
            "an exclamation mark in the signature segment",
            valid -> Segment.SIGNATURE.respell(valid, text -> Segment.inTheMiddle(text, "!")),
            400,
            "W17",
            "B03"),
    NEWLINE_IN_SIGNATURE(
            "a newline in the signature segment",
            valid -> Segment.SIGNATURE.respell(valid, text -> Segment.inTheMiddle(text, "\n")),
            400,
            "W17",
            "B03"),
    NON_CANONICAL_SIGNATURE(
            "unused bits set in the last character of the signature segment", Segment.SIGNATURE::nonCanonical, "W17"),

    // Header extensions
    CRIT_UNKNOWN(
            "crit names an unknown header",
            valid ->
                    valid.header("crit", List.of("urn:x")).header("urn:x", true).build(),
            "W20"),
    CRIT_EMPTY("crit an empty array", header("crit", List.of()), "W20"),
    CRIT_STRING("crit a string", header("crit", "exp"), "W20"),
    B64_FALSE(
            "b64 false, critical",
            valid -> valid.header("b64", false).header("crit", List.of("b64")).build(),
            "W20"),
    B64_FALSE_NOT_CRITICAL("b64 false, not declared critical", header("b64", false), "W20"),
    ZIP("zip DEF", header("zip", "DEF"), "W18"),

    // Other shapes
    JWE(
            "five parts, RSA-OAEP-256",
            valid -> jwe(Map.of("alg", "RSA-OAEP-256", "enc", "A256GCM", "typ", "at+jwt")),
            "W06"),
    JWE_DIR(
            "five parts, direct encryption",
            valid -> jwe(Map.of("alg", "dir", "enc", "A256GCM", "typ", "at+jwt")),
            "W06"),
    JWE_PBES2(
            "five parts, PBES2 with two billion rounds",
            valid -> jwe(Map.of("alg", "PBES2-HS256+A128KW", "enc", "A128GCM", "p2c", 2_000_000_000, "p2s", "c2FsdA")),
            "W06",
            "W16"),
    JSON_SERIALISATION("the flattened JSON serialisation", text(Breaks::flattened), 400, "W17"),
    NESTED_JWS(
            "the valid token as the payload of another",
            valid -> valid.header("cty", "JWT")
                    .compact(valid.header("cty", "JWT").headerJson(), valid.build()),
            "W05",
            "T04"),

    // JSON
    DUPLICATE_ISS("iss twice", duplicateClaim("\"iss\":\"x\""), "T14"),
    DUPLICATE_AUD("aud twice", duplicateClaim("\"aud\":\"x\""), "T14"),
    DUPLICATE_EXP("exp twice", duplicateClaim("\"exp\":4102444800"), "T14"),
    DUPLICATE_SUB("sub twice", duplicateClaim("\"sub\":\"x\""), "T14"),
    DUPLICATE_SCOPE("scope twice", duplicateClaim("\"scope\":\"x\""), "T14"),
    DUPLICATE_ESCAPED_SUB("sub twice, once written with an escape", duplicateClaim("\"\\u0073ub\":\"x\""), "T14"),
    DUPLICATE_ALG("alg twice", duplicateHeader("\"alg\":\"none\""), "T14"),
    DUPLICATE_TYP("typ twice", duplicateHeader("\"typ\":\"JWT\""), "T14"),
    DUPLICATE_KID("kid twice", duplicateHeader("\"kid\":\"x\""), "T14"),
    DEEP_PAYLOAD("arrays in arrays, a thousand deep", literal("deep", "[".repeat(1000) + "]".repeat(1000)), "W19"),
    DEEP_HEADER(
            "objects in objects in the header, five hundred deep",
            header("deep", new Json.Literal("{\"a\":".repeat(500) + "1" + "}".repeat(500))),
            "W19"),
    LONG_NUMBER("an unknown claim with two thousand digits", literal("n", "7".repeat(2000)), "W19"),
    INVALID_UTF8("a byte in sub that UTF-8 does not have", payload(Breaks::withInvalidUtf8), "W09"),
    OVERLONG_UTF8("a slash in two bytes (C0 AF) in sub", payload(Breaks::withOverlongUtf8), "W09"),
    PAYLOAD_IN_UTF16("the payload in UTF-16", payload(json -> json.getBytes(StandardCharsets.UTF_16)), "W09"),
    PAYLOAD_WITH_BOM("a byte order mark before the payload", payloadText(json -> "\ufeff" + json), "W09"),
    PAYLOAD_EMPTY("an empty payload", payloadText(json -> ""), "W19"),
    PAYLOAD_EMPTY_OBJECT("a payload without any member", payloadText(json -> "{}"), "T07"),
    PAYLOAD_ARRAY("the claims in an array", payloadText(json -> "[" + json + "]"), "T07"),
    PAYLOAD_STRING("a string", payloadText(json -> "\"claims\""), "T07"),
    PAYLOAD_NULL("null", payloadText(json -> "null"), "T07"),
    PAYLOAD_NOT_JSON("no JSON at all", payloadText(json -> "sub=alice"), "T07"),
    PAYLOAD_CUT("the closing brace missing", payloadText(json -> json.substring(0, json.length() - 1)), "T07"),
    PAYLOAD_WITH_TAIL("text behind the object", payloadText(json -> json + "x"), "T07"),
    PAYLOAD_TWICE("two objects", payloadText(json -> json + json), "T14"),
    HEADER_WITH_TAIL("text behind the header object", headerText(json -> json + "x"), "T04"),
    OVERSIZED("a claim that makes the token 20 KiB long", claim("big", "x".repeat(14 * 1024)), "W19"),

    // Sender-constrained tokens sent as bearer tokens
    CNF_JKT("bound to a DPoP key", claim("cnf", Map.of("jkt", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I")), "T08"),
    CNF_X5T(
            "bound to a client certificate",
            claim("cnf", Map.of("x5t#S256", "bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2")),
            "T08"),
    CNF_JWK("bound to a key by value", claim("cnf", Map.of("jwk", TestKeys.ec().bareJwk())), "T08"),
    CNF_EMPTY("cnf without members", claim("cnf", Map.of()), "T08"),
    CNF_UNKNOWN_MEMBER("bound in a way that nobody knows", claim("cnf", Map.of("urn:x", "y")), "T08"),
    CNF_STRING("cnf a string", claim("cnf", "jkt"), "T08"),
    CNF_ARRAY("cnf an array", claim("cnf", List.of(Map.of("jkt", "x"))), "T08"),
    CNF_NULL("cnf null", claim("cnf", null), "T08");

    private final String what;
    private final Breaks.Break change;
    private final int status;
    private final Set<String> requirements;

    TokenFault(String what, Breaks.Break change, String... requirements) {
        this(what, change, 401, requirements);
    }

    TokenFault(String what, Breaks.Break change, int status, String... requirements) {
        this.what = what;
        this.change = change;
        this.status = status;
        this.requirements = Set.of(requirements);
    }

    /** What differs from the valid token. */
    public String what() {
        return what;
    }

    /** The requirements that forbid it. */
    public Set<String> requirements() {
        return requirements;
    }

    /** The answer's status: 400 where RFC 6750's grammar for credentials is left, else 401. */
    public int status() {
        return status;
    }

    /** The answer's error code. */
    public String error() {
        return status == 400 ? "invalid_request" : "invalid_token";
    }

    /** Whether the token can stand in a header field at all; what has a newline in it cannot. */
    public boolean fitsInHeader() {
        return this != NEWLINE_IN_HEADER && this != NEWLINE_IN_PAYLOAD && this != NEWLINE_IN_SIGNATURE;
    }

    String applyTo(AccessTokens valid) {
        return change.apply(valid);
    }
}
