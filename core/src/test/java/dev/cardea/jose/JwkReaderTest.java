package dev.cardea.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cardea.json.JsonObject;
import dev.cardea.testkit.TestKey;
import dev.cardea.testkit.TestKeys;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that requests bring with them; {@code JwkSetTest} has those of issuers. */
@Tag("accepts")
@Tag("refuses")
class JwkReaderTest {
    @Tag("D07")
    @ParameterizedTest
    @ValueSource(strings = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
    void refusesAPrivateMember(String member) throws Exception {
        for (TestKey key : List.of(TestKeys.rsa(), TestKeys.ec(), TestKeys.ed25519())) {
            refuses(key.bareJwk(), member, "AQAB");
            refuses(key.bareJwk(), member, null);
        }
    }

    @Tag("D07")
    @Test
    void refusesASymmetricKey() throws Exception {
        refuses(TestKeys.ec().bareJwk(), "kty", "oct");
        assertRefused(Map.of("kty", "oct", "k", "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0"));
        assertRefused(Map.of("kty", "oct"));
    }

    @Tag("D42")
    @ParameterizedTest
    @CsvSource({
        "kty,AKP",
        "kty,rsa",
        "crv,secp256k1",
        "crv,P-384",
        "crv,P-521",
        "crv,p-256",
        "crv,brainpoolP256r1",
        "crv,BP-256",
    })
    void refusesOtherTypesAndCurves(String member, String value) throws Exception {
        refuses(TestKeys.ec().bareJwk(), member, value);
    }

    @Tag("D42")
    @ParameterizedTest
    @CsvSource({"crv,X25519", "crv,Ed448", "crv,ed25519", "kty,EC"})
    void refusesOtherOctetKeys(String member, String value) throws Exception {
        refuses(TestKeys.ed25519().bareJwk(), member, value);
    }

    @Tag("W07")
    @Test
    void refusesAPointBesideItsCurve() throws Exception {
        byte[] y = bytes(TestKeys.ec().bareJwk(), "y");
        y[31] ^= 1;
        refuses(TestKeys.ec().bareJwk(), "y", base64Url(y));
        refuses(TestKeys.ec().bareJwk(), "x", base64Url(new byte[32]));
        refuses(TestKeys.ec().bareJwk(), "x", base64Url(new byte[32]), "y", base64Url(new byte[32]));
    }

    @Tag("W07")
    @Test
    void refusesACoordinateThatIsNotBelowThePrime() throws Exception {
        // On P-521 there is room above the prime within the 66 bytes.
        BigInteger p = BigInteger.TWO.pow(521).subtract(BigInteger.ONE);
        TestKey key = TestKeys.newKey("ec", "ES512");
        byte[] above = new BigInteger(1, bytes(key.bareJwk(), "x")).add(p).toByteArray();
        refuses(key.bareJwk(), "x", base64Url(Arrays.copyOfRange(above, above.length - 66, above.length)));
    }

    @Tag("W07")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0100000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                // 3 and 2^255 - 1 with the prime added: another spelling of a point.
                "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            })
    void refusesPointsThatNobodyHolds(String point) throws Exception {
        refuses(TestKeys.ed25519().bareJwk(), "x", base64Url(HexFormat.of().parseHex(point)));
    }

    /** RFC 7518 6.2.1.2: as long as the curve's size in bytes, zeros in front included. */
    @Tag("D42")
    @Test
    void refusesACoordinateOfAnotherLength() throws Exception {
        for (String member : List.of("x", "y")) {
            byte[] right = bytes(TestKeys.ec().bareJwk(), member);
            byte[] longer = new byte[33];
            System.arraycopy(right, 0, longer, 1, 32);
            refuses(TestKeys.ec().bareJwk(), member, base64Url(longer));
            refuses(TestKeys.ec().bareJwk(), member, base64Url(Arrays.copyOf(right, 31)));
        }
        refuses(TestKeys.ed25519().bareJwk(), "x", base64Url(new byte[31]));
        refuses(TestKeys.ed25519().bareJwk(), "x", base64Url(new byte[33]));
    }

    /** RFC 7515 2, RFC 7518 2: one key has one spelling, so that one cached key has one. */
    @Tag("D42")
    @Test
    void refusesOtherSpellingsOfAMember() throws Exception {
        for (TestKey key : List.of(TestKeys.rsa(), TestKeys.ec(), TestKeys.ed25519())) {
            String member = key.bareJwk().containsKey("x") ? "x" : "n";
            String right = (String) key.bareJwk().get(member);
            refuses(key.bareJwk(), member, right + "=");
            refuses(key.bareJwk(), member, right + " ");
            refuses(key.bareJwk(), member, "\n" + right);
            refuses(key.bareJwk(), member, right.substring(0, 4) + "+" + right.substring(5));
            refuses(key.bareJwk(), member, right.substring(0, 4) + "\u0141" + right.substring(5));
            refuses(key.bareJwk(), member, withLeftOverBit(right));
            refuses(key.bareJwk(), member, "");
            refuses(key.bareJwk(), member, null);
            refuses(key.bareJwk(), member, 7);
            refuses(key.bareJwk(), member, List.of(right));
        }
        refuses(TestKeys.rsa().bareJwk(), "e", "AAEAAQ");
        refuses(TestKeys.rsa().bareJwk(), "e", "AA");
    }

    @Tag("D42")
    @ParameterizedTest
    @CsvSource({"2048,true", "2047,false", "1024,false", "8192,true", "8193,false", "16384,false"})
    void takesRsaKeysOf2048To8192Bits(int bits, boolean taken) throws Exception {
        BigInteger modulus = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
        Map<String, Object> jwk = with(TestKeys.rsa().bareJwk(), "n", base64Url(unsigned(modulus)));
        if (taken) {
            assertThat(read(jwk).isFor("PS256")).isTrue();
        } else {
            assertRefused(jwk);
        }
    }

    @Tag("D42")
    @ParameterizedTest
    @CsvSource({"AQAB,true", "Aw,true", "AQ,false", "Ag,false", "AQAAAAAAAAAAAQ,false", "____________,false"})
    void takesOddExponentsOfAtMost64Bits(String exponent, boolean taken) throws Exception {
        Map<String, Object> jwk = with(TestKeys.rsa().bareJwk(), "e", exponent);
        if (taken) {
            assertThat(read(jwk).isFor("RS256")).isTrue();
        } else {
            assertRefused(jwk);
        }
    }

    @Tag("D07")
    @Test
    void refusesAKeyThatSaysItIsForSomethingElse() throws Exception {
        Map<String, Object> jwk = TestKeys.ec().bareJwk();
        assertThat(read(with(jwk, "use", "sig")).algorithms()).containsExactly("ES256");
        assertThat(read(with(jwk, "key_ops", List.of("verify"))).algorithms()).containsExactly("ES256");
        assertThat(read(with(jwk, "alg", "ES256")).algorithms()).containsExactly("ES256");
        refuses(jwk, "use", "enc");
        refuses(jwk, "key_ops", List.of("sign"));
        refuses(jwk, "alg", "ES384");
        refuses(jwk, "alg", "ECDH-ES");
    }

    @Test
    void ignoresMembersThatSayNothingAboutTheKey() throws Exception {
        Map<String, Object> jwk =
                with(TestKeys.ec().bareJwk(), "ext", true, "kid", "1", "iat", 5, "x5c", List.of("AA"));
        assertThat(read(jwk).publicKey()).isEqualTo(TestKeys.ec().keyPair().getPublic());
    }

    @Tag("D07")
    @Test
    void refusesWhatIsNoObject() {
        assertRefused(null);
        assertRefused("{}");
        assertRefused(List.of());
        assertRefused(Map.of());
        assertRefused(JsonObject.AMBIGUOUS);
    }

    /** The twin without the fault is read: what is refused is the fault. */
    private static void refuses(Map<String, Object> jwk, @Nullable Object... membersAndValues) throws Exception {
        assertThat(read(jwk).algorithms()).isNotEmpty();
        assertRefused(with(jwk, membersAndValues));
    }

    private static VerificationKey read(@Nullable Object jwk) throws UnusableJwkException {
        return JwkReader.readFromRequest(jwk, CryptoProvider.ofPlatform());
    }

    private static void assertRefused(@Nullable Object jwk) {
        assertThatExceptionOfType(UnusableJwkException.class).isThrownBy(() -> read(jwk));
    }

    private static Map<String, Object> with(Map<String, Object> jwk, @Nullable Object... membersAndValues) {
        Map<String, Object> changed = new LinkedHashMap<>(jwk);
        for (int i = 0; i < membersAndValues.length; i += 2) {
            changed.put((String) membersAndValues[i], membersAndValues[i + 1]);
        }
        return changed;
    }

    private static String withLeftOverBit(String text) {
        char last = text.charAt(text.length() - 1);
        return text.substring(0, text.length() - 1) + (char) (last + 1);
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static byte[] bytes(Map<String, Object> jwk, String member) {
        return Base64.getUrlDecoder().decode((String) jwk.get(member));
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
