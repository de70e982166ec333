package dev.cardea.dpop;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Every kind of proof that Nimbus' verifier and ours judge differently, and why ours is right. The reference page has the same list.
 */
enum Disagreement {
    // We refuse, they accept
    BASE64URL(
            Side.WE_REFUSE,
            "PROOF_MALFORMED: .*is not canonical base64url|PROOF_REPEATED: a DPoP field with a comma",
            "padding, characters that are not base64url, or spare bits that are set, in any segment",
            "RFC 7515 2, RFC 4648 3.3 and 3.5"),
    UTF8(Side.WE_REFUSE, "PROOF_MALFORMED: .*not UTF-8", "JSON that is not UTF-8", "RFC 7519 7.2 (10), RFC 8259 8.1"),
    BYTE_ORDER_MARK(
            Side.WE_REFUSE,
            "PROOF_MALFORMED: .*payload is not an acceptable JSON object: expected an object at byte",
            "a byte order mark in front of the claims",
            "RFC 8259 8.1"),
    MEMBER_TWICE(
            Side.WE_REFUSE,
            "PROOF_MALFORMED: .*header.*a member name occurs twice",
            "a member of the `jwk` that is there twice",
            "RFC 7517 4"),
    DEEP(
            Side.WE_REFUSE,
            "PROOF_MALFORMED: .*nested deeper",
            "JSON that is nested deeper than eight times",
            "RFC 8259 9"),
    EMPTY_CRIT(Side.WE_REFUSE, "PROOF_MEMBER_MISSING: .*header member 'crit'", "an empty `crit`", "RFC 7515 4.1.11"),
    NULL_MEMBER(
            Side.WE_REFUSE,
            "PROOF_MEMBER_MISSING: .*(header member 'kid' is not a string|in the proof, (exp|nbf|nonce) is no )",
            "a `kid`, `exp`, `nbf` or `nonce` that is null, or no such value",
            "RFC 7515 4.1.4, RFC 7519 2, RFC 9449 4.2"),
    COMPRESSION(
            Side.WE_REFUSE,
            "PROOF_MEMBER_MISSING: .*header member '(zip|b64)'",
            "a `zip`, which is for encrypted tokens, or a `b64`, whatever it says",
            "RFC 7516 4.1.3, RFC 8725 3.6, RFC 7797 6"),
    PRIVATE_MEMBER(
            Side.WE_REFUSE,
            "PROOF_KEY: .*private or symmetric member '(d|k|p|q|dp|dq|qi|oth)'",
            "a private member of another key type, or one that is null, in the `jwk`",
            "RFC 9449 4.3 (7)"),
    KEY_OF_ANOTHER_USE(
            Side.WE_REFUSE,
            "PROOF_KEY: .*is for something else than signatures",
            "a `jwk` whose own `use`, `key_ops` or `alg` say that it is for something else",
            "RFC 7517 4.2 to 4.4"),
    COORDINATE_SIZE(
            Side.WE_REFUSE,
            "PROOF_KEY: .*coordinate of another size",
            "a coordinate of an EC key that is shorter or longer than its curve wants",
            "RFC 7518 6.2.1.2"),
    RSA_SIZE(
            Side.WE_REFUSE,
            "PROOF_KEY: .*has fewer than 2048 or more than",
            "RSA keys of less than 2048 bits, and of more than we want to spend time on",
            "RFC 7518 3.3, 3.5 and 8.6"),
    RSA_EXPONENT(
            Side.WE_REFUSE,
            "PROOF_KEY: .*improper exponent",
            "RSA keys with an exponent of more than 64 bits",
            "RFC 7518 8.6"),
    TOO_LONG(Side.WE_REFUSE, "PROOF_TOO_LONG: ", "proofs longer than `cardea.dpop.proof-max-length`", "RFC 9110 5.4"),

    // We accept, they refuse
    EDWARDS_CURVE(
            Side.WE_ACCEPT,
            "JWS header algorithm not accepted: Ed(DSA|25519)",
            "`Ed25519`, by both of its names",
            "RFC 9449 4.3 (5), RFC 8037 3.1, RFC 9864 2.2"),
    TYPE_SPELLED_OUT(
            Side.WE_ACCEPT,
            "JOSE header typ .type. (?i)application/dpop.jwt not allowed",
            "a `typ` with `application/` in front",
            "RFC 7515 4.1.9"),
    ADDRESS_SPELLED_DIFFERENTLY(
            Side.WE_ACCEPT,
            "JWT htu claim value rejected",
            "an `htu` with query or fragment, or another spelling of the same address",
            "RFC 9449 4.3 (9), RFC 3986 6.2.2 and 6.2.3"),
    ANOTHER_REQUEST(
            Side.WE_ACCEPT,
            "The jti was already used",
            "a `jti` that was used for another address or method, or was in a proof that was refused",
            "RFC 9449 11.1"),
    TIME_BY_NONCE(
            Side.WE_ACCEPT,
            "DPoP proof iat too (far in future|old)",
            "an `iat` that is off in a proof with a valid nonce",
            "RFC 9449 4.3 (11)"),
    NONCE_OF_NOBODY(
            Side.WE_ACCEPT,
            "JWT has prohibited claims: .nonce",
            "a nonce where we give out none (`cardea.dpop.nonce=off`)",
            "RFC 9449 4.3 (10)"),
    OTHER_CLAIMS(
            Side.WE_ACCEPT,
            "Illegal (aud|sub) claim|Unexpected type of JSON object member iss$|member (iss|aud|sub)$",
            "claims that a proof does not need, of another type than access tokens have them",
            "RFC 9449 4.2, RFC 7519 4"),
    OTHER_HEADERS(
            Side.WE_ACCEPT,
            "Invalid JWS header: (Unexpected type of JSON object member|Invalid JWK operation|(Invalid|The) X.509|.*(cty|jku|x5|exp|iat|nbf))",
            "header and `jwk` members that a proof does not need (`x5c`, `jku`, `cty`, ...), of another type than usual",
            "RFC 7515 4, RFC 7517 4");

    private enum Side {
        WE_REFUSE,
        WE_ACCEPT
    }

    private final Side side;
    private final Pattern said;
    private final String what;
    private final String clause;

    Disagreement(Side side, String said, String what, String clause) {
        this.side = side;
        this.said = Pattern.compile(said);
        this.what = what;
        this.clause = clause;
    }

    /** The entry for two judgements, each empty or the reason of a refusal, that differ. */
    static Optional<Disagreement> of(String ours, String theirs) {
        Side side = ours.isEmpty() ? Side.WE_ACCEPT : Side.WE_REFUSE;
        return Stream.of(values())
                .filter(entry ->
                        entry.side == side && entry.said.matcher(ours + theirs).find())
                .findFirst();
    }

    /** A line of the table on the reference page. */
    String row() {
        boolean accepts = side == Side.WE_ACCEPT;
        return "| " + what + " | " + (accepts ? "accepted" : "refused") + " | " + (accepts ? "refused" : "accepted")
                + " | " + clause + " |";
    }
}
