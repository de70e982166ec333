package dev.cardea.jose;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureAlgorithmTest {
    private static final String PAYLOAD_OF_7515 =
            "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt" + "cGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

    @Tag("T04")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void verifiesTheRs256ExampleOfRfc7515() throws Exception {
        Map<String, Object> jwk = Map.of(
                "kty",
                "RSA",
                "n",
                "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yR"
                        + "T-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9"
                        + "e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8"
                        + "NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ",
                "e",
                "AQAB");
        assertKnownAnswer(
                "RS256",
                jwk,
                "eyJhbGciOiJSUzI1NiJ9." + PAYLOAD_OF_7515,
                "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9"
                        + "uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0Ga"
                        + "rZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6Lb"
                        + "gGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw");
    }

    @Tag("T04")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void verifiesTheEs256ExampleOfRfc7515() throws Exception {
        assertKnownAnswer(
                "ES256",
                Map.of(
                        "kty", "EC",
                        "crv", "P-256",
                        "x", "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
                        "y", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"),
                "eyJhbGciOiJFUzI1NiJ9." + PAYLOAD_OF_7515,
                "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
    }

    @Tag("T04")
    @Tag("accepts")
    @Tag("refuses")
    @ParameterizedTest
    @CsvSource({"EdDSA", "Ed25519"})
    void verifiesTheExampleOfRfc8037(String algorithm) throws Exception {
        assertKnownAnswer(
                algorithm,
                Map.of("kty", "OKP", "crv", "Ed25519", "x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"),
                "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc",
                "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
    }

    @Tag("T04")
    @ParameterizedTest
    @CsvSource({
        "RS256,SHA256withRSA",
        "RS384,SHA384withRSA",
        "RS512,SHA512withRSA",
        "PS256,SHA-256",
        "PS384,SHA-384",
        "PS512,SHA-512",
        "ES256,SHA256withECDSAinP1363Format",
        "ES384,SHA384withECDSAinP1363Format",
        "ES512,SHA512withECDSAinP1363Format"
    })
    void verifiesWhatTheJdkSigns(String algorithm, String jdkName) throws Exception {
        KeyPair pair = pair(algorithm);
        byte[] input = "header.payload".getBytes(StandardCharsets.US_ASCII);
        byte[] signature = sign(pair, jdkName, input);

        assertThat(verifies(algorithm, pair, signature, input)).isTrue();
        assertThat(verifies(algorithm, pair, signature, "header.payloae".getBytes(StandardCharsets.US_ASCII)))
                .isFalse();
        assertThat(verifies(algorithm, pair, flipped(signature), input)).isFalse();
        assertThat(verifies(algorithm, pair, Arrays.copyOf(signature, signature.length - 1), input))
                .isFalse();
        assertThat(verifies(algorithm, pair, Arrays.copyOf(signature, signature.length + 1), input))
                .isFalse();
        assertThat(verifies(algorithm, pair, new byte[signature.length], input)).isFalse();
        assertThat(verifies(algorithm, pair, new byte[0], input)).isFalse();
    }

    /** What a reduction modulo the order would take for the same numbers. */
    @Tag("T04")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void takesEcdsaNumbersBelowTheOrderOnly() throws Exception {
        KeyPair pair = pair("ES512");
        BigInteger order = ((ECPublicKey) pair.getPublic()).getParams().getOrder();
        byte[] input = {1};
        byte[] signature = sign(pair, "SHA512withECDSAinP1363Format", input);
        BigInteger s = new BigInteger(1, signature, 66, 66);

        assertThat(verifies("ES512", pair, signature, input)).isTrue();
        assertThat(verifies("ES512", pair, withSecond(signature, s.add(order)), input))
                .isFalse();
        assertThat(verifies("ES512", pair, withSecond(signature, order), input)).isFalse();
        assertThat(verifies("ES512", pair, withSecond(signature, BigInteger.ZERO), input))
                .isFalse();
    }

    /** RFC 7518 3.4: as two numbers of fixed length, and never as the structure that the platform makes of them. */
    @Tag("T04")
    @Tag("W17")
    @Tag("accepts")
    @Tag("refuses")
    @ParameterizedTest
    @CsvSource({"ES256,SHA256withECDSA", "ES384,SHA384withECDSA", "ES512,SHA512withECDSA"})
    void takesNoEcdsaSignatureInDer(String algorithm, String jdkName) throws Exception {
        KeyPair pair = pair(algorithm);
        byte[] input = {1};
        int size = 2 * ((((ECPublicKey) pair.getPublic()).getParams().getOrder().bitLength() + 7) / 8);

        assertThat(verifies(algorithm, pair, sign(pair, jdkName + "inP1363Format", input), input))
                .isTrue();
        byte[] der = sign(pair, jdkName, input);
        assertThat(verifies(algorithm, pair, der, input)).isFalse();
        assertThat(verifies(algorithm, pair, Arrays.copyOf(der, size), input)).isFalse();
    }

    /** Anybody can make the one of the other, and half of all honest signatures are the other: see docs/reference/jwt.md. */
    @Tag("T04")
    @Tag("accepts")
    @Test
    void takesBothSpellingsThatAnEcdsaSignatureHas() throws Exception {
        KeyPair pair = pair("ES512");
        BigInteger order = ((ECPublicKey) pair.getPublic()).getParams().getOrder();
        byte[] input = {1};
        byte[] signature = sign(pair, "SHA512withECDSAinP1363Format", input);
        BigInteger s = new BigInteger(1, signature, 66, 66);

        assertThat(verifies("ES512", pair, signature, input)).isTrue();
        assertThat(verifies("ES512", pair, withSecond(signature, order.subtract(s)), input))
                .isTrue();
    }

    /** Verifiers are kept and used again: whatever came before, and whoever verifies beside. */
    @Tag("T04")
    @Tag("accepts")
    @Tag("refuses")
    @ParameterizedTest
    @CsvSource({
        "RS256,SHA256withRSA",
        "PS256,SHA-256",
        "ES256,SHA256withECDSAinP1363Format",
    })
    void answersAlikeHoweverOftenAndByHoweverMany(String algorithm, String jdkName) throws Exception {
        KeyPair pair = pair(algorithm);
        VerificationKey key =
                new VerificationKey("k", pair.getPublic(), Set.of(algorithm), CryptoProvider.ofPlatform());
        SignatureAlgorithm named = SignatureAlgorithm.named(algorithm);
        byte[] input = {1, 2, 3};
        byte[] good = sign(pair, jdkName, input);
        ExecutorService threads = Executors.newFixedThreadPool(24);
        try {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                boolean valid = i % 3 == 0;
                byte[] signature = valid ? good : i % 3 == 1 ? flipped(good) : Arrays.copyOf(good, good.length - 1);
                answers.add(threads.submit(() -> key.verifies(named, signature, input) == valid));
            }
            for (Future<Boolean> answer : answers) {
                assertThat(answer.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** A key without an alg of its own may be used with several, one after the other. */
    @Tag("T04")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void keepsVerifiersOfSeveralAlgorithmsApart() throws Exception {
        KeyPair pair = pair("RS256");
        VerificationKey key = new VerificationKey(
                "k", pair.getPublic(), Set.of("RS256", "RS512", "PS256"), CryptoProvider.ofPlatform());
        byte[] input = {7};
        for (int i = 0; i < 3; i++) {
            byte[] rs256 = sign(pair, "SHA256withRSA", input);
            byte[] rs512 = sign(pair, "SHA512withRSA", input);
            byte[] ps256 = sign(pair, "SHA-256", input);
            assertThat(key.verifies(SignatureAlgorithm.named("RS256"), rs256, input))
                    .isTrue();
            assertThat(key.verifies(SignatureAlgorithm.named("RS512"), rs256, input))
                    .isFalse();
            assertThat(key.verifies(SignatureAlgorithm.named("RS512"), rs512, input))
                    .isTrue();
            assertThat(key.verifies(SignatureAlgorithm.named("PS256"), ps256, input))
                    .isTrue();
            assertThat(key.verifies(SignatureAlgorithm.named("PS256"), rs256, input))
                    .isFalse();
        }
    }

    /** The JDK refuses them too, since CVE-2022-21449; we do not leave it to the JDK that happens to be there. */
    @Tag("T04")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void theNumbersOfAnEcdsaSignatureLieBetweenZeroAndTheOrder() throws Exception {
        ECPublicKey key = (ECPublicKey) pair("ES512").getPublic();
        BigInteger order = key.getParams().getOrder();
        BigInteger last = order.subtract(BigInteger.ONE);
        for (BigInteger good : List.of(BigInteger.ONE, BigInteger.TWO, last)) {
            assertThat(SignatureAlgorithm.isWellFormed(numbers(good, last), key))
                    .isTrue();
            assertThat(SignatureAlgorithm.isWellFormed(numbers(last, good), key))
                    .isTrue();
            for (BigInteger bad : List.of(BigInteger.ZERO, order, order.add(BigInteger.ONE))) {
                assertThat(SignatureAlgorithm.isWellFormed(numbers(good, bad), key))
                        .isFalse();
                assertThat(SignatureAlgorithm.isWellFormed(numbers(bad, good), key))
                        .isFalse();
            }
        }
    }

    /** It takes a signature of the right form to find out whether the platform can use a key. */
    @Tag("T19")
    @ParameterizedTest
    @CsvSource({"RS256", "ES256", "ES384", "ES512"})
    void nonsenseHasTheRightForm(String name) throws Exception {
        PublicKey key = pair(name).getPublic();
        byte[] nonsense = SignatureAlgorithm.named(name).nonsense(key);
        assertThat(SignatureAlgorithm.isWellFormed(nonsense, key)).isTrue();
        assertThat(verifies(name, key, nonsense, new byte[] {1})).isFalse();
        assertThat(SignatureAlgorithm.isWellFormed(Arrays.copyOf(nonsense, nonsense.length - 1), key))
                .isFalse();
        assertThat(SignatureAlgorithm.isWellFormed(Arrays.copyOf(nonsense, nonsense.length + 1), key))
                .isFalse();
    }

    private static byte[] numbers(BigInteger r, BigInteger s) {
        byte[] both = withSecond(new byte[132], s);
        System.arraycopy(withSecond(new byte[132], r), 66, both, 0, 66);
        return both;
    }

    private static void assertKnownAnswer(String algorithm, Map<String, Object> jwk, String input, String signature)
            throws Exception {
        VerificationKey key = JwkReader.read(jwk, CryptoProvider.ofPlatform()).orElseThrow();
        byte[] bytes = Base64.getUrlDecoder().decode(signature);
        byte[] signed = input.getBytes(StandardCharsets.US_ASCII);

        assertThat(key.isFor(algorithm)).isTrue();
        assertThat(key.verifies(SignatureAlgorithm.named(algorithm), bytes, signed))
                .isTrue();
        assertThat(key.verifies(SignatureAlgorithm.named(algorithm), flipped(bytes), signed))
                .isFalse();
    }

    private static boolean verifies(String algorithm, KeyPair pair, byte[] signature, byte[] input) throws Exception {
        return verifies(algorithm, pair.getPublic(), signature, input);
    }

    private static boolean verifies(String algorithm, PublicKey key, byte[] signature, byte[] input) throws Exception {
        return new VerificationKey(null, key, Set.of(algorithm), CryptoProvider.ofPlatform())
                .verifies(SignatureAlgorithm.named(algorithm), signature, input);
    }

    private static KeyPair pair(String algorithm) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.startsWith("E") ? "EC" : "RSA");
        switch (algorithm) {
            case "ES256" -> generator.initialize(new ECGenParameterSpec("secp256r1"));
            case "ES384" -> generator.initialize(new ECGenParameterSpec("secp384r1"));
            case "ES512" -> generator.initialize(new ECGenParameterSpec("secp521r1"));
            default -> generator.initialize(2048);
        }
        return generator.generateKeyPair();
    }

    private static byte[] sign(KeyPair pair, String jdkName, byte[] input) throws Exception {
        Signature signature = Signature.getInstance(jdkName.startsWith("SHA-") ? "RSASSA-PSS" : jdkName);
        switch (jdkName) {
            case "SHA-256" -> signature.setParameter(pss(jdkName, MGF1ParameterSpec.SHA256, 32));
            case "SHA-384" -> signature.setParameter(pss(jdkName, MGF1ParameterSpec.SHA384, 48));
            case "SHA-512" -> signature.setParameter(pss(jdkName, MGF1ParameterSpec.SHA512, 64));
            default -> {}
        }
        signature.initSign(pair.getPrivate());
        signature.update(input);
        return signature.sign();
    }

    private static PSSParameterSpec pss(String digest, MGF1ParameterSpec mgf, int salt) {
        return new PSSParameterSpec(digest, "MGF1", mgf, salt, 1);
    }

    private static byte[] flipped(byte[] signature) {
        byte[] flipped = signature.clone();
        flipped[flipped.length - 2] ^= 1;
        return flipped;
    }

    private static byte[] withSecond(byte[] signature, BigInteger s) {
        byte[] changed = Arrays.copyOf(Arrays.copyOf(signature, 66), 132);
        byte[] number = s.toByteArray();
        int digits = Math.min(number.length, 66);
        System.arraycopy(number, number.length - digits, changed, 132 - digits, digits);
        return changed;
    }
}
