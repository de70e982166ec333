package dev.cardea.dpop;

import dev.cardea.testkit.DpopKey;
import dev.cardea.testkit.DpopProof;
import dev.cardea.testkit.ProofFault;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Proofs that are to cost much: as large, deep, odd or many as 16 KB allow, which is the most that can be configured. */
enum HostileProof {
    LONG("PROOF_TOO_LONG", proof -> proof.jti("j".repeat(100_000)).build()),
    DEEP_PAYLOAD("PROOF_MALFORMED", proof -> payload(proof, "{\"x\":" + "[".repeat(10_000))),
    DEEP_HEADER("PROOF_MALFORMED", proof -> header(proof, "{\"x\":" + "{\"a\":".repeat(2_000))),
    DEEP_AND_CLOSED(
            "PROOF_MALFORMED", proof -> payload(proof, "{\"x\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}")),
    DEEP_JWK("PROOF_MALFORMED", proof -> header(proof, "{\"jwk\":" + "[".repeat(10_000))),
    MANY_ARRAYS("PROOF_MALFORMED", proof -> payload(proof, "{\"x\":[" + "[],".repeat(3_000) + "[]]}")),
    MANY_CLAIMS("PROOF_MALFORMED", proof -> payload(proof, "{" + members(1_000) + "}")),
    MANY_HEADERS("PROOF_MALFORMED", proof -> header(proof, "{" + members(1_000) + "}")),
    MANY_MEMBERS_OF_JWK("PROOF_MALFORMED", proof -> header(proof, "{\"jwk\":{" + members(1_000) + "}}")),
    COLLIDING_NAMES("PROOF_TYPE", proof -> header(proof, "{" + colliding() + ",\"alg\":\"ES256\",\"typ\":\"x\"}")),
    LONG_NUMBER("PROOF_MALFORMED", proof -> payload(proof, "{\"iat\":" + "7".repeat(10_000) + "}")),
    HUGE_NUMBER(
            "PROOF_MALFORMED",
            proof -> payload(proof, "{\"jti\":\"a\",\"htm\":\"GET\",\"htu\":\"x\",\"iat\":1e2147483647}")),
    LONG_KEY_ID("PROOF_MEMBER_MISSING", proof -> proof.header("kid", "k".repeat(8_000))
            .build()),
    LONG_TYPE("PROOF_TYPE", proof -> proof.header("typ", "t".repeat(8_000)).build()),
    LONG_ALGORITHM(
            "PROOF_ALGORITHM", proof -> proof.header("alg", "a".repeat(8_000)).build()),
    LONG_METHOD("PROOF_METHOD", proof -> proof.claim("htm", "M".repeat(8_000)).build()),
    DOTS_IN_ADDRESS("PROOF_TARGET", proof -> address(proof, "/../a".repeat(1_500))),
    ESCAPES_IN_ADDRESS("PROOF_TARGET", proof -> address(proof, "%2e%2E/".repeat(1_100))),
    PORT_OF_MANY_DIGITS("PROOF_TARGET", proof -> proof.claim("htu", "https://a:" + "0".repeat(8_000) + "/")
            .build()),
    LONG_HASH("PROOF_TOKEN_HASH", proof -> proof.claim("ath", "A".repeat(8_000)).build()),
    RSA_OF_70000_BITS("PROOF_KEY", proof -> jwk(proof, "RS256", rsa(number(70_000, 1), BigInteger.valueOf(65537)))),
    RSA_16384("PROOF_KEY", proof -> jwk(proof, "RS256", rsa(number(16_384, 2), BigInteger.valueOf(65537)))),
    RSA_EXPONENT("PROOF_KEY", proof -> jwk(proof, "RS256", rsa(number(2_048, 3), number(20_000, 4)))),
    RSA_8192_OF_A_STRANGER("KEY_BINDING", proof -> jwk(proof, "PS512", rsa(number(8_192, 5), number(64, 6)))),
    EC_LONG_COORDINATE("PROOF_KEY", proof -> jwk(proof, "ES512", ec("P-521", number(60_000, 7), BigInteger.TEN))),
    EC_OFF_CURVE("PROOF_KEY", proof -> jwk(proof, "ES512", ec("P-521", number(521, 8), number(521, 9)))),
    EC_LARGER_THAN_FIELD("PROOF_KEY", proof -> jwk(proof, "ES256", ec("P-256", number(256, 0), number(256, 0)))),
    ED25519_NO_POINT(
            "KEY_BINDING",
            proof -> jwk(proof, "EdDSA", Map.of("kty", "OKP", "crv", "Ed25519", "x", "A".repeat(42) + "g"))),
    PRIVATE_KEY("PROOF_KEY", proof -> proof.build(ProofFault.JWK_WITH_D)),
    CERTIFICATES("KEY_BINDING", proof -> withMember(proof, "x5c", List.of("A".repeat(8_000)))),
    LONG_SIGNATURE("PROOF_SIGNATURE", proof -> unsigned(proof) + "A".repeat(8_000)),
    NO_SIGNATURE("PROOF_MALFORMED", HostileProof::unsigned),
    SIGNATURE_OF_NOTHING("PROOF_SIGNATURE", proof -> unsigned(proof) + "A".repeat(86));

    /** A key that no token is bound to. */
    private static final DpopKey STRANGER = DpopKey.generate();

    private final String reason;
    private final Function<DpopProof, String> make;

    HostileProof(String reason, Function<DpopProof, String> make) {
        this.reason = reason;
        this.make = make;
    }

    /** Why it is refused: by the first of its faults, before the later ones cost anything. */
    String reason() {
        return reason;
    }

    String of(DpopProof valid) {
        return make.apply(valid);
    }

    private static String payload(DpopProof proof, String json) {
        return proof.build().split("\\.", -1)[0] + "." + encode(json) + ".AAAA";
    }

    private static String header(DpopProof proof, String json) {
        return header(proof.build(), json);
    }

    /** With another header and no signature. */
    static String header(String proof, String json) {
        return encode(json) + "." + proof.split("\\.", -1)[1] + ".AAAA";
    }

    private static String unsigned(DpopProof proof) {
        String built = proof.build();
        return built.substring(0, built.lastIndexOf('.') + 1);
    }

    private static String members(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"" + i + "\":0").collect(Collectors.joining(","));
    }

    /** Names that one hash code has. */
    private static String colliding() {
        List<String> names = new ArrayList<>(List.of(""));
        for (int i = 0; i < 7; i++) {
            List<String> longer = new ArrayList<>();
            names.forEach(name -> {
                longer.add(name + "Aa");
                longer.add(name + "BB");
            });
            names = longer;
        }
        return names.stream().map(name -> "\"" + name + "\":0").collect(Collectors.joining(","));
    }

    private static String address(DpopProof proof, String path) {
        return proof.claim("htu", "https://api.example/" + path).build();
    }

    private static String withMember(DpopProof proof, String name, Object value) {
        Map<String, Object> jwk = new LinkedHashMap<>(STRANGER.jwk());
        jwk.put(name, value);
        return jwk(proof, "ES256", jwk);
    }

    private static String jwk(DpopProof proof, String algorithm, Map<String, ?> jwk) {
        return proof.header("alg", algorithm).header("jwk", jwk).build();
    }

    private static Map<String, Object> rsa(BigInteger modulus, BigInteger exponent) {
        return Map.of("kty", "RSA", "n", encode(unsigned(modulus)), "e", encode(unsigned(exponent)));
    }

    private static Map<String, Object> ec(String curve, BigInteger x, BigInteger y) {
        return Map.of("kty", "EC", "crv", curve, "x", encode(unsigned(x)), "y", encode(unsigned(y)));
    }

    /** Odd, with that many bits; all of them set for seed 0. */
    static BigInteger number(int bits, int seed) {
        BigInteger all = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
        return seed == 0
                ? all
                : new BigInteger(bits, new Random(seed)).setBit(bits - 1).setBit(0);
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
