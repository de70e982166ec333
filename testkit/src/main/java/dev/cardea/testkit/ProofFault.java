package dev.cardea.testkit;

import static dev.cardea.testkit.ProofBreaks.algNone;
import static dev.cardea.testkit.ProofBreaks.authority;
import static dev.cardea.testkit.ProofBreaks.claim;
import static dev.cardea.testkit.ProofBreaks.copied;
import static dev.cardea.testkit.ProofBreaks.duplicateClaim;
import static dev.cardea.testkit.ProofBreaks.duplicateHeader;
import static dev.cardea.testkit.ProofBreaks.header;
import static dev.cardea.testkit.ProofBreaks.headerText;
import static dev.cardea.testkit.ProofBreaks.inJti;
import static dev.cardea.testkit.ProofBreaks.jwk;
import static dev.cardea.testkit.ProofBreaks.jwkWithout;
import static dev.cardea.testkit.ProofBreaks.literal;
import static dev.cardea.testkit.ProofBreaks.missing;
import static dev.cardea.testkit.ProofBreaks.missingHeader;
import static dev.cardea.testkit.ProofBreaks.path;
import static dev.cardea.testkit.ProofBreaks.payload;
import static dev.cardea.testkit.ProofBreaks.payloadText;
import static dev.cardea.testkit.ProofBreaks.seconds;
import static dev.cardea.testkit.ProofBreaks.signature;
import static dev.cardea.testkit.ProofBreaks.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be wrong with a DPoP proof, one thing at a time. Each one is 401, {@link #error} says with which
 * code. Long because it is a catalogue: each line is one fault with the requirements it breaks.
 *
 * <p>The valid proof must have an {@code ath}; for {@link #ofNonce} faults it must have a {@code nonce} of the server's.
 * The token must be bound to {@link #key}, so that nothing but this is wrong.
 */
public enum ProofFault {
    // Type
    TYP_MISSING("no typ", missingHeader("typ"), "D03", "D04"),
    TYP_JWT("typ JWT", header("typ", "JWT"), "D04"),
    TYP_ACCESS_TOKEN("typ at+jwt: an access token, or so it says", header("typ", "at+jwt"), "D04"),
    TYP_SHORT("typ dpop", header("typ", "dpop"), "D04"),
    TYP_WITH_SPACE("typ with a space behind it", header("typ", "dpop+jwt "), "D04"),
    TYP_NUMBER("typ a number", header("typ", 1), "D03"),
    TYP_NULL("typ null", header("typ", null), "D03"),
    TYP_ARRAY("typ in an array", header("typ", List.of("dpop+jwt")), "D03"),

    // Algorithm
    ALG_MISSING("no alg", missingHeader("alg"), "D03", "D05"),
    ALG_NULL("alg null", header("alg", null), "D03", "D05"),
    ALG_NUMBER("alg a number", header("alg", 256), "D03", "D05"),
    ALG_ARRAY(
            "alg in an array",
            valid -> valid.header("alg", List.of(valid.key().algorithm())).build(),
            "D03",
            "D05"),
    ALG_NONE("alg none and no signature", algNone("none"), "D05", "W01"),
    ALG_NONE_MIXED_CASE("alg nOnE and no signature", algNone("nOnE"), "D05", "W01"),
    ALG_NONE_WITH_SIGNATURE("alg none, though signed", header("alg", "none"), "D05", "W01"),
    ALG_LOWER_CASE(
            "alg in lower case",
            valid -> valid.header("alg", valid.key().algorithm().toLowerCase(Locale.ROOT))
                    .build(),
            "D05"),
    ALG_UNKNOWN("an alg that nobody registered", header("alg", "XS256"), "D05"),
    ALG_SHA1("RS1, registered and broken", header("alg", "RS1"), "D05"),
    ALG_OF_AN_ENCRYPTION("an alg that encrypts", header("alg", "RSA-OAEP-256"), "D05"),
    ALG_OF_ANOTHER_KEY_TYPE(
            "an alg that this type of key cannot have",
            valid -> valid.header("alg", "RSA".equals(valid.key().jwk().get("kty")) ? "ES256" : "RS256")
                    .build(),
            "D05",
            "D06"),
    ALG_HS256_WITH_PUBLIC_KEY("HS256, the secret being the public key", ProofBreaks::hmacWithPublicKey, "D05", "W03"),
    ALG_HS256_WITH_SYMMETRIC_KEY("HS256 with a secret in jwk", HostileKeys::symmetric, "D05", "D07"),

    // Key
    JWK_MISSING("no jwk", missingHeader("jwk"), "D03"),
    JWK_NULL("jwk null", header("jwk", null), "D03"),
    JWK_STRING(
            "jwk as a string",
            valid -> valid.header("jwk", Json.write(valid.key().jwk())).build(),
            "D03"),
    JWK_ARRAY(
            "jwk in an array",
            valid -> valid.header("jwk", List.of(valid.key().jwk())).build(),
            "D03"),
    JWK_SET(
            "a set of keys for jwk",
            valid -> valid.header("jwk", Map.of("keys", List.of(valid.key().jwk())))
                    .build(),
            "D03"),
    JWK_EMPTY("jwk without members", header("jwk", Map.of()), "D03"),
    JWK_REPLACED_BY_JKU(
            "where the key is, for the key",
            valid -> valid.withoutHeader("jwk")
                    .header("jku", "http://127.0.0.1:9/attacker/jwks.json")
                    .build(),
            "D03",
            "W13"),
    JWK_REPLACED_BY_KID(
            "the key's name for the key",
            valid -> valid.withoutHeader("jwk")
                    .header("kid", valid.key().thumbprint())
                    .build(),
            "D03"),
    JWK_OF_ANOTHER(
            "the key that the token is bound to, but another one signed",
            valid -> valid.signedBy(DpopKey.generate(valid.key().algorithm()))
                    .header("jwk", valid.key().jwk())
                    .build(),
            "D06"),
    JWK_WITH_D("the private half too", jwk("d", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), "D07"),
    JWK_WITH_D_NULL("a private member without a value", jwk("d", null), "D07"),
    JWK_WITH_P("a prime of a private RSA key", jwk("p", "AQAB"), "D07"),
    JWK_WITH_K("a secret beside the public key", jwk("k", "AQAB"), "D07"),
    JWK_KTY_MISSING("no kty", jwkWithout("kty"), "D03"),
    JWK_KTY_NUMBER("kty a number", jwk("kty", 1), "D03"),
    JWK_KTY_UNKNOWN("a kty that nobody registered", jwk("kty", "ECX"), "D03"),
    JWK_KTY_LOWER_CASE(
            "kty in lower case",
            valid -> jwk("kty", String.valueOf(valid.key().jwk().get("kty")).toLowerCase(Locale.ROOT))
                    .apply(valid),
            "D03"),
    JWK_MEMBER_MISSING("no x, or no n", valid -> jwkWithout(firstMember(valid)).apply(valid), "D03"),
    JWK_MEMBER_NUMBER("x, or n, a number", valid -> jwk(firstMember(valid), 1).apply(valid), "D03"),
    JWK_MEMBER_EMPTY("x, or n, empty", valid -> jwk(firstMember(valid), "").apply(valid), "D03"),
    JWK_MEMBER_PADDED(
            "x, or n, with padding",
            valid -> jwk(firstMember(valid), valid.key().jwk().get(firstMember(valid)) + "=")
                    .apply(valid),
            "D03",
            "W17"),
    EC_OFF_CURVE("a point that is not on the curve", HostileKeys::offCurve, "D42", "W07"),
    EC_ZERO_POINT("the point 0, 0", HostileKeys::zeroPoint, "D42", "W07"),
    EC_SHORT_COORDINATE("a coordinate without its leading zero", HostileKeys::shortCoordinate, "D42", "W07"),
    EC_LONG_COORDINATE("a coordinate with a zero too many", HostileKeys::longCoordinate, "D42", "W07"),
    EC_ANOTHER_CURVE("ES256 with a key on P-384", HostileKeys::es256OnP384, "D42"),
    EC_UNKNOWN_CURVE("a curve that nobody registered", HostileKeys::unknownCurve, "D42"),
    EC_SIGNATURE_IN_DER("the signature in ASN.1", HostileKeys::derSigner, "D06"),
    ED25519_NEUTRAL("the key for which everything is signed", HostileKeys::neutral, "D42", "W07"),
    ED25519_NEUTRAL_NOT_CANONICAL(
            "the same, its coordinate larger than the field", HostileKeys::neutralNotCanonical, "D42", "W07"),
    ED25519_SMALL_ORDER("a point of order eight", HostileKeys::orderEight, "D42", "W07"),
    ED25519_OFF_CURVE("no point of edwards25519", HostileKeys::offEdwardsCurve, "D42", "W07"),
    ED25519_SHORT("31 bytes", HostileKeys::shortEdwards, "D42", "W07"),
    RSA_1024("an RSA key of 1024 bits", () -> HostileKeys.rsa(1024), "D42"),
    RSA_2040("an RSA key of 2040 bits", () -> HostileKeys.rsa(2040), "D42"),
    RSA_16384("an RSA key of 16384 bits", HostileKeys::rsaHuge, "D42"),
    RSA_EXPONENT_ONE("an RSA key with which everybody can sign", HostileKeys::rsaExponentOne, "D42"),
    RSA_EXPONENT_HUGE("an RSA key whose public exponent has 2048 bits", HostileKeys::rsaExponentHuge, "D42"),
    OTHER_KEY(
            "a valid proof by another key than the token's",
            false,
            "invalid_token",
            valid -> {
                return valid.signedBy(DpopKey.of(TestKeys.newKey("", "ES256"))).build();
            },
            "D15"),

    // Signature
    TAMPERED_SIGNATURE("one bit of the signature turned", signature(Breaks::flipBit), "D06"),
    TRUNCATED_SIGNATURE(
            "the last byte of the signature gone", signature(bytes -> Arrays.copyOf(bytes, bytes.length - 1)), "D06"),
    LENGTHENED_SIGNATURE(
            "a zero byte behind the signature", signature(bytes -> Arrays.copyOf(bytes, bytes.length + 1)), "D06"),
    ZERO_SIGNATURE("a signature of zeros", signature(bytes -> new byte[bytes.length]), "D06"),
    EMPTY_SIGNATURE("nothing behind the last dot", text(Breaks::unsigned), "D06"),
    TAMPERED_PAYLOAD(
            "another jti, the old signature",
            valid -> Breaks.unsigned(valid.another().build()) + Base64Url.encode(Breaks.signatureOf(valid.build())),
            "D06"),
    TAMPERED_HEADER(
            "another header member, the old signature",
            valid -> Breaks.unsigned(valid.header("x", "y").build())
                    + Base64Url.encode(Breaks.signatureOf(valid.build())),
            "D06"),

    // jti
    JTI_MISSING("no jti", missing("jti"), "D03"),
    JTI_NULL("jti null", claim("jti", null), "D03"),
    JTI_NUMBER("jti a number", claim("jti", 42), "D03"),
    JTI_ARRAY("jti in an array", copied("jti", List::of), "D03"),
    JTI_EMPTY("an empty jti", claim("jti", ""), "D03"),
    JTI_OF_100_KB("a jti of a hundred thousand characters", claim("jti", "j".repeat(100_000)), "D31", "D42"),

    // htm
    HTM_MISSING("no htm", missing("htm"), "D03", "D08"),
    HTM_NULL("htm null", claim("htm", null), "D03"),
    HTM_NUMBER("htm a number", claim("htm", 1), "D03"),
    HTM_ARRAY("htm in an array", copied("htm", List::of), "D03"),
    HTM_EMPTY("an empty htm", claim("htm", ""), "D08"),
    HTM_LOWER_CASE("the method in lower case", copied("htm", htm -> htm.toLowerCase(Locale.ROOT)), "D08"),
    HTM_OTHER("another method", copied("htm", htm -> htm.equals("PUT") ? "GET" : "PUT"), "D08"),
    HTM_WITH_SPACE("the method with a space behind it", copied("htm", htm -> htm + " "), "D08"),

    // htu
    HTU_MISSING("no htu", missing("htu"), "D03", "D09"),
    HTU_NULL("htu null", claim("htu", null), "D03"),
    HTU_NUMBER("htu a number", claim("htu", 1), "D03"),
    HTU_ARRAY("htu in an array", copied("htu", List::of), "D03"),
    HTU_EMPTY("an empty htu", claim("htu", ""), "D09"),
    HTU_NO_URI("no URI", claim("htu", "http://[:"), "D09"),
    HTU_RELATIVE("the path alone", copied("htu", ProofBreaks::withoutAuthority), "D09"),
    HTU_OTHER_SCHEME(
            "http for https, or the other way round",
            copied("htu", htu -> htu.startsWith("https:") ? "http" + htu.substring(5) : "https" + htu.substring(4)),
            "D09"),
    HTU_OTHER_HOST("another host", authority(authority -> "other.example"), "D09"),
    HTU_OTHER_PORT("another port", authority(ProofBreaks::otherPort), "D09"),
    HTU_HOST_WITH_SUFFIX(
            "the host and more", authority(authority -> authority.replaceFirst("(:|$)", ".other.example$1")), "D09"),
    HTU_WITH_USER_INFO(
            "the host as the user name of another",
            authority(authority -> authority.replace(':', '.') + "@other.example"),
            "D09"),
    HTU_WITH_USER("a user name before the host", authority(authority -> "user@" + authority), "D09"),
    HTU_OTHER_PATH("another path", path(path -> path + "/more"), "D09"),
    HTU_WITHOUT_PATH("the root", path(path -> "/"), "D09"),
    HTU_SHORTER_PATH("the path without its last character", path(path -> path.substring(0, path.length() - 1)), "D09"),
    HTU_TRAILING_SLASH("a slash more", path(path -> path + "/"), "D09", "D10"),
    HTU_DOUBLE_SLASH("an empty segment", path(path -> "/" + path), "D09", "D10"),
    HTU_PATH_IN_UPPER_CASE("the path in upper case", path(path -> path.toUpperCase(Locale.ROOT)), "D09", "D10"),
    HTU_WITH_ENCODED_SLASH(
            "%2F for a slash",
            path(path ->
                    path.charAt(0) + path.substring(1).replace("/", "%2F") + (path.indexOf('/', 1) < 0 ? "%2F" : "")),
            "D09",
            "D10"),
    HTU_WITH_BACKSLASH("a backslash for a slash", path(path -> "\\" + path.substring(1)), "D09"),
    HTU_WITH_PATH_PARAMETER("a path parameter", path(path -> path + ";a=b"), "D09"),
    HTU_WITH_SPACE("a space behind the URI", copied("htu", htu -> htu + " "), "D09"),

    // iat
    IAT_MISSING("no iat", missing("iat"), "D03", "D13"),
    IAT_NULL("iat null", claim("iat", null), "D03"),
    IAT_STRING("iat a string", copied("iat", iat -> iat), "D03"),
    IAT_ARRAY(
            "iat in an array",
            valid -> valid.claim("iat", List.of(valid.issuedAt())).build(),
            "D03"),
    IAT_INFINITE("iat 1e400, infinity as a double", literal("iat", "1e400"), "D03", "D13"),
    IAT_NAN("iat NaN, which is no JSON", literal("iat", "NaN"), "D03"),
    IAT_HOUR_AGO("issued an hour ago", true, "invalid_dpop_proof", seconds("iat", -3600), "D13"),
    IAT_IN_AN_HOUR("to be issued in an hour", true, "invalid_dpop_proof", seconds("iat", 3600), "D13"),
    IAT_IN_MILLISECONDS(
            "iat in milliseconds",
            true,
            "invalid_dpop_proof",
            valid -> valid.claim("iat", valid.issuedAt() * 1000).build(),
            "D13"),
    IAT_ZERO("issued in 1970", true, "invalid_dpop_proof", claim("iat", 0), "D13"),

    // ath
    ATH_MISSING("no ath", missing("ath"), "D03", "D14"),
    ATH_NULL("ath null", claim("ath", null), "D03", "D14"),
    ATH_NUMBER("ath a number", claim("ath", 1), "D03", "D14"),
    ATH_ARRAY("ath in an array", copied("ath", List::of), "D03", "D14"),
    ATH_EMPTY("an empty ath", claim("ath", ""), "D14"),
    ATH_OF_ANOTHER_TOKEN(
            "the hash of another token", valid -> valid.token("another-token").build(), "D14"),
    ATH_OF_NOTHING("the hash of the empty string", valid -> valid.token("").build(), "D14"),
    ATH_PADDED("padding behind the hash", copied("ath", ath -> ath + "="), "D14"),
    ATH_TRUNCATED("half of the hash", copied("ath", ath -> ath.substring(0, 22)), "D14", "D43"),
    ATH_NOT_CANONICAL("unused bits set behind the hash", copied("ath", Segment::setLastBit), "D14"),
    ATH_IN_UPPER_CASE("the hash in upper case", copied("ath", ath -> ath.toUpperCase(Locale.ROOT)), "D14"),

    // Registered claims that a proof need not have
    EXPIRED("exp an hour ago", seconds("exp", -3600), "D37"),
    EXP_STRING("exp a string", claim("exp", "4102444800"), "D37"),
    NOT_YET_VALID("nbf in an hour", seconds("nbf", 3600), "D37"),
    NBF_STRING("nbf a string", claim("nbf", "0"), "D37"),

    // Nonce: the valid proof has one of the server's
    NONCE_MISSING("no nonce", false, "use_dpop_nonce", missing("nonce"), "D12"),
    NONCE_MADE_UP("a nonce that the server never made", false, "use_dpop_nonce", claim("nonce", "made-up"), "D12"),
    NONCE_EMPTY("an empty nonce", false, "use_dpop_nonce", claim("nonce", ""), "D12"),
    NONCE_TAMPERED(
            "one character of the nonce changed",
            false,
            "use_dpop_nonce",
            copied("nonce", nonce -> (nonce.charAt(0) == 'A' ? 'B' : 'A') + nonce.substring(1)),
            "D12",
            "D26"),
    NONCE_NUMBER("nonce a number", claim("nonce", 1), "D03", "D12"),
    NONCE_ARRAY("nonce in an array", copied("nonce", List::of), "D03", "D12"),

    // Extensions
    CRIT_UNKNOWN(
            "crit names an unknown header",
            valid ->
                    valid.header("crit", List.of("urn:x")).header("urn:x", true).build(),
            "W20"),
    CRIT_EMPTY("crit an empty array", header("crit", List.of()), "W20"),
    B64_FALSE(
            "b64 false, critical",
            valid -> valid.header("b64", false).header("crit", List.of("b64")).build(),
            "W20"),

    // Shape
    EMPTY("nothing", text(proof -> ""), "D02"),
    GARBAGE("no JWT", text(proof -> "proof"), "D02"),
    ONLY_DOTS("two dots", text(proof -> ".."), "D02"),
    ONE_SEGMENT("the header alone", text(proof -> proof.substring(0, proof.indexOf('.'))), "D02"),
    TWO_SEGMENTS("header and payload", text(proof -> proof.substring(0, proof.lastIndexOf('.'))), "D02"),
    FOUR_SEGMENTS("four segments", text(proof -> proof + ".AAAA"), "D02"),
    FIVE_SEGMENTS(
            "an encrypted JWT",
            text(proof -> Breaks.jwe(Map.of("alg", "dir", "enc", "A256GCM", "typ", "dpop+jwt"))),
            "D02",
            "W06"),
    TRAILING_DOT("a dot at the end", text(proof -> proof + "."), "D02"),
    LEADING_DOT("a dot in front", text(proof -> "." + proof), "D02"),
    JSON_SERIALISATION("the flattened JSON serialisation", text(Breaks::flattened), "D02"),
    QUOTED("the proof in quotes", text(proof -> '"' + proof + '"'), "D02"),
    WITH_SCHEME("the scheme before the proof", text(proof -> "DPoP " + proof), "D02"),
    TRAILING_NEWLINE("a newline at the end", text(proof -> proof + "\n"), "D02"),
    WITH_SPACE_INSIDE("a space behind the first dot", text(proof -> proof.replaceFirst("\\.", ". ")), "D02"),
    PADDING_IN_HEADER(
            "padding behind the header segment",
            valid -> Segment.HEADER.respell(valid, text -> text + "="),
            "D02",
            "W17"),
    PADDING_IN_PAYLOAD(
            "padding behind the payload segment",
            valid -> Segment.PAYLOAD.respell(valid, text -> text + "="),
            "D02",
            "W17"),
    PADDING_IN_SIGNATURE(
            "padding behind the signature segment",
            valid -> Segment.SIGNATURE.respell(valid, text -> text + "=="),
            "D02",
            "W17"),
    TILDE_IN_HEADER(
            "a tilde in the header segment",
            valid -> Segment.HEADER.respell(valid, text -> Segment.inTheMiddle(text, "~")),
            "D02",
            "W17"),
    TILDE_IN_PAYLOAD(
            "a tilde in the payload segment",
            valid -> Segment.PAYLOAD.respell(valid, text -> Segment.inTheMiddle(text, "~")),
            "D02",
            "W17"),
    TILDE_IN_SIGNATURE(
            "a tilde in the signature segment",
            valid -> Segment.SIGNATURE.respell(valid, text -> Segment.inTheMiddle(text, "~")),
            "D02",
            "W17"),
    STANDARD_BASE64_IN_PAYLOAD(
            "+ and / for - and _ in the payload segment",
            valid -> Segment.PAYLOAD.respell(
                    valid, text -> text.replace('-', '+').replace('_', '/')),
            "D02",
            "W17"),
    NON_CANONICAL_HEADER("unused bits set behind the header segment", Segment.HEADER::nonCanonical, "D02", "W17"),
    NON_CANONICAL_PAYLOAD("unused bits set behind the payload segment", Segment.PAYLOAD::nonCanonical, "D02", "W17"),
    NON_CANONICAL_SIGNATURE(
            "unused bits set behind the signature segment", Segment.SIGNATURE::nonCanonical, "D02", "W17"),

    // JSON
    DUPLICATE_TYP("typ twice", duplicateHeader("\"typ\":\"JWT\""), "D02", "T14"),
    DUPLICATE_ALG("alg twice", duplicateHeader("\"alg\":\"none\""), "D02", "T14"),
    DUPLICATE_JWK("jwk twice", duplicateHeader("\"jwk\":{\"kty\":\"oct\",\"k\":\"AQAB\"}"), "D02", "T14"),
    DUPLICATE_KTY(
            "kty twice in jwk",
            headerText(json -> json.replaceFirst("\"kty\"", "\"kty\":\"oct\",\"kty\"")),
            "D02",
            "T14"),
    DUPLICATE_JTI("jti twice", duplicateClaim("\"jti\":\"x\""), "D02", "T14"),
    DUPLICATE_HTM("htm twice", duplicateClaim("\"htm\":\"x\""), "D02", "T14"),
    DUPLICATE_HTU("htu twice", duplicateClaim("\"htu\":\"x\""), "D02", "T14"),
    DUPLICATE_IAT("iat twice", duplicateClaim("\"iat\":1"), "D02", "T14"),
    DUPLICATE_ATH("ath twice", duplicateClaim("\"ath\":\"x\""), "D02", "T14"),
    DUPLICATE_ESCAPED_HTU(
            "htu twice, once written with an escape", duplicateClaim("\"\\u0068tu\":\"x\""), "D02", "T14"),
    DEEP_PAYLOAD("arrays in arrays, a thousand deep", literal("deep", "[".repeat(1000) + "]".repeat(1000)), "W19"),
    DEEP_HEADER(
            "objects in objects in the header, five hundred deep",
            header("deep", new Json.Literal("{\"a\":".repeat(500) + "1" + "}".repeat(500))),
            "W19"),
    DEEP_JWK(
            "arrays in arrays in jwk, five hundred deep",
            jwk("deep", new Json.Literal("[".repeat(500) + "]".repeat(500))),
            "W19"),
    LONG_NUMBER("an unknown claim with two thousand digits", literal("n", "7".repeat(2000)), "W19"),
    INVALID_UTF8("a byte in jti that UTF-8 does not have", inJti("\u00ff"), "D02", "W09"),
    OVERLONG_UTF8("a slash in two bytes (C0 AF) in jti", inJti("\u00c0\u00af"), "D02", "W09"),
    PAYLOAD_IN_UTF16("the payload in UTF-16", payload(json -> json.getBytes(StandardCharsets.UTF_16)), "D02", "W09"),
    PAYLOAD_WITH_BOM("a byte order mark before the payload", payloadText(json -> "\ufeff" + json), "D02", "W09"),
    PAYLOAD_EMPTY("an empty payload", payloadText(json -> ""), "D02", "W19"),
    PAYLOAD_EMPTY_OBJECT("a payload without any member", payloadText(json -> "{}"), "D03"),
    PAYLOAD_ARRAY("the claims in an array", payloadText(json -> "[" + json + "]"), "D02"),
    PAYLOAD_NULL("null", payloadText(json -> "null"), "D02"),
    PAYLOAD_NOT_JSON("no JSON at all", payloadText(json -> "htm=GET"), "D02"),
    PAYLOAD_CUT("the closing brace missing", payloadText(json -> json.substring(0, json.length() - 1)), "D02"),
    PAYLOAD_WITH_TAIL("text behind the object", payloadText(json -> json + "x"), "D02"),
    PAYLOAD_TWICE("two objects", payloadText(json -> json + json), "D02"),
    HEADER_ARRAY("the header in an array", headerText(json -> "[" + json + "]"), "D02"),
    HEADER_WITH_TAIL("text behind the header object", headerText(json -> json + "x"), "D02"),
    OVERSIZED("a claim that makes the proof more than 9 KB long", claim("big", "x".repeat(6_800)), "D42");

    private final String what;
    private final boolean rescuable;
    private final String error;
    private final ProofBreaks.Break change;
    private final @Nullable Supplier<DpopKey> key;
    private final Set<String> requirements;

    ProofFault(String what, ProofBreaks.Break change, String... requirements) {
        this(what, false, "invalid_dpop_proof", change, requirements);
    }

    /** Everything is right but the key. */
    ProofFault(String what, Supplier<DpopKey> key, String... requirements) {
        this(
                what,
                false,
                "invalid_dpop_proof",
                valid -> valid.signedBy(key.get()).build(),
                key,
                requirements);
    }

    ProofFault(String what, boolean rescuable, String error, ProofBreaks.Break change, String... requirements) {
        this(what, rescuable, error, change, null, requirements);
    }

    ProofFault(
            String what,
            boolean rescuable,
            String error,
            ProofBreaks.Break change,
            @Nullable Supplier<DpopKey> key,
            String... requirements) {
        this.what = what;
        this.rescuable = rescuable;
        this.error = error;
        this.change = change;
        this.key = key;
        this.requirements = Set.of(requirements);
    }

    /** What differs from the valid proof. */
    public String what() {
        return what;
    }

    /** The requirements that forbid it. */
    public Set<String> requirements() {
        return requirements;
    }

    /** The answer's error code. */
    public String error() {
        return error;
    }

    /**
     * Whether a server may answer {@code use_dpop_nonce} instead, because only the client's clock seems to be wrong; with a
     * valid nonce it may even be accepted.
     */
    public boolean rescuable() {
        return rescuable;
    }

    /** Whether it is a fault of the nonce, which only servers that provide nonces look at. */
    public boolean ofNonce() {
        return name().startsWith("NONCE_");
    }

    /** The key that the token has to be bound to: {@code usual}, or the one that the fault is about. */
    public DpopKey key(DpopKey usual) {
        return key == null ? usual : key.get();
    }

    /** Whether the proof can stand in a header field at all; what has a newline in it cannot. */
    public boolean fitsInHeader() {
        return this != TRAILING_NEWLINE;
    }

    String applyTo(DpopProof valid) {
        return change.apply(valid);
    }

    private static String firstMember(DpopProof valid) {
        return "RSA".equals(valid.key().jwk().get("kty")) ? "n" : "x";
    }
}
