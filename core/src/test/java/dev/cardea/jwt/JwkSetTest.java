package dev.cardea.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cardea.jose.CryptoProvider;
import dev.cardea.jose.UnusableJwkException;
import dev.cardea.testkit.TestKey;
import dev.cardea.testkit.TestKeys;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwkSetTest {
    private static final String GOOD = json(TestKeys.rsa().publicJwk());

    @Test
    void readsEveryKindOfKey() throws UnusableJwkException {
        JwkSet set = read(TestKeys.jwks(TestKeys.rsa(), TestKeys.ec(), TestKeys.ed25519()));

        assertThat(set.complaints()).isEmpty();
        assertThat(set.find("rsa-1", "RS256")).isNotNull();
        assertThat(set.find("ec-1", "ES256")).isNotNull();
        assertThat(set.find("ed-1", "EdDSA")).isNotNull();
        assertThat(set.find("ed-1", "Ed25519")).isNotNull();
    }

    @Tag("T19")
    @Tag("accepts")
    @Tag("refuses")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "42",
                "\"key\"",
                "[]",
                "{}",
                "{'kty':'XYZ','kid':'x'}",
                "{'kty':42}",
                "{'kty':'oct','kid':'x','k':'c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0'}",
                "{'kty':'RSA','kid':'x','n':'wJ8','e':'AQAB'}",
                "{'kty':'RSA','kid':'x','e':'AQAB'}",
                "{'kty':'RSA','kid':'x','n':'!','e':'AQAB'}",
                "{'kty':'RSA','kid':'x','n':7,'e':'AQAB'}",
                "{'kty':'EC','crv':'P-256','kid':'x','x':'AA','y':'AA'}",
                "{'kty':'EC','crv':'P-256','kid':'x','x':'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',"
                        + "'y':'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5b0'}",
                "{'kty':'EC','crv':'secp256k1','kid':'x','x':'AA','y':'AA'}",
                "{'kty':'OKP','crv':'Ed25519','kid':'x','x':'AAAA'}",
                "{'kty':'OKP','crv':'Ed448','kid':'x','x':'AAAA'}",
                "{'kty':'OKP','crv':'X25519','kid':'x','x':'11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'}",
                // y = 2: no such point, which the JDK finds out when it verifies.
                "{'kty':'OKP','crv':'Ed25519','kid':'x','x':'AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'}",
            })
    void leavesOutABadKeyAndKeepsTheOthers(String bad) throws UnusableJwkException {
        assertThat(read(set(GOOD)).complaints()).isEmpty();

        JwkSet set = read(set(bad.replace('\'', '"'), GOOD));

        assertThat(set.keys()).hasSize(1);
        assertThat(set.find("rsa-1", "RS256")).isNotNull();
        assertThat(set.complaints()).hasSize(1);
    }

    @Tag("T19")
    @Tag("accepts")
    @Tag("refuses")
    @ParameterizedTest
    @ValueSource(strings = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
    void leavesOutAKeyWithAPrivateMember(String member) throws UnusableJwkException {
        assertThat(read(set(GOOD)).keys()).hasSize(1);
        JwkSet set = read(set(json(with(member, "AQAB"))));

        assertThat(set.keys()).isEmpty();
        assertThat(set.complaints()).singleElement().asString().contains("'" + member + "'");
    }

    @Tag("T19")
    @Tag("accepts")
    @Tag("refuses")
    @ParameterizedTest
    @ValueSource(strings = {"AQ", "Ag", "", "AQAAAAAAAAAAAQ"})
    void leavesOutAnRsaKeyWithAnImproperExponent(String exponent) throws UnusableJwkException {
        assertThat(read(set(json(with("e", "AQAB")))).keys()).hasSize(1);
        assertThat(read(set(json(with("e", exponent)))).keys()).isEmpty();
    }

    /** Little-endian, of order 1, 4, 4, 2 and 8: with them a signature of zeros and a one verifies what anybody wrote. */
    @Tag("T19")
    @Tag("W07")
    @Tag("accepts")
    @Tag("refuses")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0100000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"
            })
    void leavesOutAnEd25519KeyOfSmallOrder(String point) throws UnusableJwkException {
        Map<String, Object> jwk = new LinkedHashMap<>(TestKeys.ed25519().publicJwk());
        assertThat(read(set(json(jwk))).keys()).hasSize(1);

        jwk.put(
                "x",
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(HexFormat.of().parseHex(point)));
        JwkSet set = read(set(json(jwk)));
        assertThat(set.keys()).isEmpty();
        assertThat(set.complaints()).singleElement().asString().contains("small order");
    }

    @Tag("T19")
    @Tag("refuses")
    @Test
    void leavesOutAnRsaKeyThatIsTooLarge() throws UnusableJwkException {
        byte[] modulus = new byte[1025];
        modulus[0] = 1;
        modulus[1024] = 1;
        assertThat(read(set(json(with("n", Base64.getUrlEncoder().encodeToString(modulus)))))
                        .keys())
                .isEmpty();
    }

    @Tag("T17")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void usesAKeyForNothingButWhatItIsPublishedFor() throws UnusableJwkException {
        assertThat(read(set(json(with("use", "sig")))).keys()).hasSize(1);
        assertThat(read(set(json(with("use", "enc")))).keys()).isEmpty();
        assertThat(read(set(json(with("key_ops", List.of("verify"))))).keys()).hasSize(1);
        assertThat(read(set(json(with("key_ops", List.of("sign"))))).keys()).isEmpty();
        assertThat(read(set(json(with("key_ops", "verify")))).keys()).isEmpty();
        assertThat(read(set(json(with("alg", "RSA-OAEP")))).keys()).isEmpty();
        assertThat(read(set(json(with("alg", "HS256")))).keys()).isEmpty();
        assertThat(read(set(json(with("alg", "ES256")))).keys()).isEmpty();
        assertThat(read(set(json(with("use", "enc")))).complaints()).isEmpty();
    }

    @Tag("T17")
    @Tag("W02")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void bindsAKeyToTheAlgorithmItNames() throws UnusableJwkException {
        JwkSet named = read(set(GOOD));
        Map<String, Object> bare = with("kid", "rsa-1");
        bare.remove("alg");
        JwkSet unnamed = read(set(json(bare)));

        assertThat(named.find("rsa-1", "RS256")).isNotNull();
        assertThat(named.find("rsa-1", "PS256")).isNull();
        assertThat(unnamed.find("rsa-1", "PS256")).isNotNull();
        assertThat(unnamed.find("rsa-1", "ES256")).isNull();
        assertThat(unnamed.find("rsa-1", "HS256")).isNull();
    }

    @Tag("T19")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void takesAnIdThatNamesTwoKeysForNone() throws UnusableJwkException {
        TestKey twin = TestKeys.foreign().withKid("rsa-1");

        assertThat(read(TestKeys.jwks(TestKeys.rsa())).find("rsa-1", "RS256")).isNotNull();
        assertThat(read(TestKeys.jwks(TestKeys.rsa(), twin)).find("rsa-1", "RS256"))
                .isNull();
        assertThat(read(TestKeys.jwks(twin, TestKeys.rsa())).find("rsa-1", "RS256"))
                .isNull();
        assertThat(read(TestKeys.jwks(TestKeys.rsa(), TestKeys.rsa())).find("rsa-1", "RS256"))
                .isNotNull();
        assertThat(read(TestKeys.jwks(TestKeys.rsa(), TestKeys.ec().withKid("rsa-1")))
                        .find("rsa-1", "RS256"))
                .isNotNull();
    }

    @Tag("T16")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void findsAKeyWithoutIdOnlyIfItIsTheOnlyOneForTheAlgorithm() throws UnusableJwkException {
        assertThat(read(TestKeys.jwks(TestKeys.rsa(), TestKeys.ec())).find(null, "RS256"))
                .isNotNull();
        assertThat(read(TestKeys.jwks(TestKeys.rsa(), TestKeys.foreign())).find(null, "RS256"))
                .isNull();
        assertThat(read(TestKeys.jwks(TestKeys.ec())).find(null, "RS256")).isNull();
    }

    @Tag("T19")
    @Tag("accepts")
    @Tag("refuses")
    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "null", "{\"keys\":{}}", "{\"keys\":null}", "<html>", "{\"keys\":[}"})
    void doesNotReadWhatIsNoSet(String document) throws UnusableJwkException {
        assertThat(read(set(GOOD)).keys()).hasSize(1);
        assertThatExceptionOfType(UnusableJwkException.class).isThrownBy(() -> read(document));
    }

    @Tag("T19")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void readsAHundredKeysAndComplainsOfMore() throws UnusableJwkException {
        List<String> keys = new ArrayList<>(Collections.nCopies(99, "{\"kty\":\"XYZ\",\"use\":\"enc\"}"));
        keys.add(GOOD);
        keys.add(json(TestKeys.ec().publicJwk()));

        JwkSet hundred = read(set(keys.subList(0, 100).toArray(new String[0])));
        assertThat(hundred.keys()).hasSize(1);
        assertThat(hundred.complaints()).isEmpty();

        JwkSet more = read(set(keys.toArray(new String[0])));
        assertThat(more.find("rsa-1", "RS256")).isNotNull();
        assertThat(more.find("ec-1", "ES256")).isNull();
        assertThat(more.complaints()).containsExactly("of 101 keys only the first 100 are read");
    }

    @Tag("T19")
    @Tag("accepts")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'kty':'RSA','kty':'EC','kid':'x'}",
                "{'kty':'RSA','k\\u0074y':'EC','kid':'x'}",
                "{'kty':'RSA','kid':'x','x5c':[{'a':1,'a':2}],'n':'wJ8','e':'AQAB'}",
            })
    void aKeyWithAMemberTwiceDoesNotHideTheOthers(String bad) throws UnusableJwkException {
        JwkSet set = read(set(bad.replace('\'', '"'), GOOD));

        assertThat(set.keys()).hasSize(1);
        assertThat(set.find("rsa-1", "RS256")).isNotNull();
        assertThat(set.complaints()).hasSize(1);
    }

    /** Who reads the first and who reads the last would trust different keys. */
    @Tag("T19")
    @Tag("refuses")
    @Test
    void refusesASetThatHasItsKeysTwice() throws UnusableJwkException {
        assertThat(read(set(GOOD)).keys()).hasSize(1);
        assertThatExceptionOfType(UnusableJwkException.class)
                .isThrownBy(() -> read("{\"keys\":[" + GOOD + "],\"keys\":[]}"));
    }

    @Tag("T19")
    @Test
    void complainsOfAnIdThatNamesTwoKeys() throws UnusableJwkException {
        TestKey twin = TestKeys.foreign().withKid("rsa-1");

        assertThat(read(TestKeys.jwks(TestKeys.rsa(), TestKeys.ec().withKid("rsa-1")))
                        .complaints())
                .isEmpty();
        assertThat(read(TestKeys.jwks(TestKeys.rsa(), twin)).complaints())
                .singleElement()
                .asString()
                .contains("rsa-1", "two keys");
    }

    @Tag("T19")
    @Tag("accepts")
    @Tag("refuses")
    @ParameterizedTest
    @CsvSource({"2047, 0", "2048, 1", "8192, 1", "8193, 0"})
    void readsRsaKeysFrom2048To8192Bits(int bits, int keys) throws UnusableJwkException {
        BigInteger modulus = BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.ONE);
        assertThat(read(set(json(with("n", unsigned(modulus))))).keys()).hasSize(keys);
    }

    @Tag("T19")
    @Tag("accepts")
    @Tag("refuses")
    @ParameterizedTest
    @CsvSource({"2, 1", "64, 1", "65, 0"})
    void readsExponentsUpTo64Bits(int bits, int keys) throws UnusableJwkException {
        BigInteger exponent = BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.ONE);
        assertThat(read(set(json(with("e", unsigned(exponent))))).keys()).hasSize(keys);
    }

    /** The point with x = 0 is on P-256; with x = p it is the same point under another name. */
    @Tag("W07")
    @Tag("T19")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void aCoordinateIsBelowThePrimeOfItsCurve() throws UnusableJwkException {
        BigInteger p = new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);
        BigInteger b = new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);
        BigInteger y = b.modPow(p.add(BigInteger.ONE).shiftRight(2), p);
        assertThat(y.multiply(y).mod(p)).isEqualTo(b);
        assertThat(read(set(point(BigInteger.ZERO, y))).keys()).hasSize(1);

        assertThat(read(set(point(p, y))).keys()).isEmpty();
        assertThat(read(set(point(BigInteger.ZERO, y.add(p)))).keys()).isEmpty();
        assertThat(read(set(point(BigInteger.ZERO, y.add(BigInteger.ONE)))).keys())
                .isEmpty();
    }

    @Test
    void saysWhichKeyItIsThatIsLeftOut() throws UnusableJwkException {
        JwkSet set = read(set(GOOD, "{\"kty\":\"XYZ\",\"kid\":\"odd\"}", GOOD));

        assertThat(set.complaints()).singleElement().asString().startsWith("key 2 (kid 'odd') ");
        assertThat(set.keys()).hasSize(2).allSatisfy(key -> assertThat(key).hasToString("RSA key"));
    }

    @Test
    void quotesNoKeyMaterialInComplaints() throws UnusableJwkException {
        JwkSet set = read(set(json(with("d", "s3cret"))));

        assertThat(set.complaints().toString()).contains("rsa-1").doesNotContain("s3cret");
    }

    private static JwkSet read(String document) throws UnusableJwkException {
        return JwkSet.read(document.getBytes(StandardCharsets.UTF_8), CryptoProvider.ofPlatform());
    }

    private static String set(String... keys) {
        return "{\"keys\":[" + String.join(",", keys) + "]}";
    }

    private static String point(BigInteger x, BigInteger y) {
        Map<String, Object> jwk = new LinkedHashMap<>(TestKeys.ec().publicJwk());
        jwk.put("x", unsigned(x));
        jwk.put("y", unsigned(y));
        return json(jwk);
    }

    private static String unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int sign = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOfRange(bytes, sign, bytes.length));
    }

    private static Map<String, Object> with(String member, Object value) {
        Map<String, Object> jwk = new LinkedHashMap<>(TestKeys.rsa().publicJwk());
        jwk.put(member, value);
        return jwk;
    }

    private static String json(Map<String, Object> jwk) {
        return jwk.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":"
                        + (member.getValue() instanceof List<?> list
                                ? "[\"" + list.get(0) + "\"]"
                                : "\"" + member.getValue() + "\""))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
