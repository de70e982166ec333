package dev.cardea.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cardea.testkit.TestKeys;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jose4j.json.JsonUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwkThumbprintTest {
    private static final String N_OF_7638 =
            "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3"
                    + "oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZ"
                    + "gnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-"
                    + "G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";

    @Test
    void isThatOfTheExampleOfRfc7638() throws UnusableJwkException {
        Map<String, Object> jwk = new LinkedHashMap<>(
                Map.of("kty", "RSA", "n", N_OF_7638, "e", "AQAB", "alg", "RS256", "kid", "2011-04-29"));
        assertThat(base64Url(read(jwk).thumbprint())).isEqualTo("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
        jwk.remove("kid");
        assertThat(base64Url(read(jwk).thumbprint())).isEqualTo("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    }

    @Test
    void isThatOfTheExampleOfRfc8037() throws UnusableJwkException {
        Map<String, Object> jwk =
                Map.of("kty", "OKP", "crv", "Ed25519", "x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        assertThat(base64Url(read(jwk).thumbprint())).isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    /** The slow way: the required members of a JWK that others wrote, sorted. Some coordinates begin with zeros. */
    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
    void isTheDigestOfTheRequiredMembers(String name) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(name));
        boolean zeros = false;
        for (int i = 0; i < 20 || !zeros; i++) {
            ECPublicKey key = (ECPublicKey) generator.generateKeyPair().getPublic();
            Curve curve = Curve.of(key.getParams());
            Map<String, Object> jwk = new TreeMap<>(Map.of(
                    "kty", "EC",
                    "crv", curve.word(),
                    "x", coordinate(key.getW().getAffineX(), curve.size()),
                    "y", coordinate(key.getW().getAffineY(), curve.size())));
            assertThat(read(jwk).thumbprint()).isEqualTo(sha256(JsonUtil.toJson(jwk)));
            zeros |= key.getW().getAffineX().bitLength() <= 8 * curve.size() - 8;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X25519", "X448", "Ed448"})
    void knowsOnlyKeysThatCanBeRead(String other) throws Exception {
        assertThat(JwkThumbprint.of(TestKeys.ed25519().keyPair().getPublic())).hasSize(32);
        PublicKey key = KeyPairGenerator.getInstance(other).generateKeyPair().getPublic();
        assertThatIllegalArgumentException().isThrownBy(() -> JwkThumbprint.of(key));
    }

    private static VerificationKey read(Map<String, Object> jwk) throws UnusableJwkException {
        return JwkReader.readFromRequest(jwk, CryptoProvider.ofPlatform());
    }

    private static String coordinate(BigInteger number, int size) {
        String hex = number.toString(16);
        return base64Url(HexFormat.of().parseHex("0".repeat(2 * size - hex.length()) + hex));
    }

    private static byte[] sha256(String text) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
