package dev.cardea.jose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.testkit.TestKey;
import dev.cardea.testkit.TestKeys;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever verifies, the answers are the same. */
@Tag("T04")
@Tag("accepts")
@Tag("refuses")
class ProviderContractTest {
    private static final List<String> WORDS = List.of("jdk", "corretto", "conscrypt", "bouncycastle");
    private static final byte[] INPUT = {1, 2, 3};

    static Stream<Arguments> each() {
        return WORDS.stream()
                .flatMap(word -> Stream.of(TestProviders.ALL).map(algorithm -> Arguments.of(word, algorithm)));
    }

    static Stream<Arguments> curves() {
        return WORDS.stream()
                .flatMap(word -> Stream.of("ES256", "ES384", "ES512").map(algorithm -> Arguments.of(word, algorithm)));
    }

    @ParameterizedTest
    @MethodSource("each")
    void verifiesWhatOthersSignAndNothingElse(String word, String algorithm) throws Exception {
        SignatureAlgorithm named = SignatureAlgorithm.required(algorithm);
        TestKey signer = TestKeys.newKey("k", algorithm);
        VerificationKey key = key(word, signer, algorithm);
        VerificationKey other = key(word, TestKeys.newKey("k", algorithm), algorithm);
        for (int i = 0; i < 6; i++) {
            byte[] input = new byte[1 + i * 397];
            new Random(i).nextBytes(input);
            byte[] signature = signer.sign(input);

            assertThat(key.verifies(named, signature, input)).isTrue();
            assertThat(other.verifies(named, signature, input)).isFalse();
            assertThat(key.verifies(named, signature, Arrays.copyOf(input, input.length + 1)))
                    .isFalse();
            assertThat(key.verifies(named, Arrays.copyOf(signature, signature.length - 1), input))
                    .isFalse();
            assertThat(key.verifies(named, Arrays.copyOf(signature, signature.length + 1), input))
                    .isFalse();
        }
    }

    /** Hundreds of damaged signatures and of none: false each time, never an exception, and good ones still verify. */
    @ParameterizedTest
    @MethodSource("each")
    void refusesWhateverIsNoSignature(String word, String algorithm) throws Exception {
        SignatureAlgorithm named = SignatureAlgorithm.required(algorithm);
        TestKey signer = TestKeys.newKey("k", algorithm);
        VerificationKey key = key(word, signer, algorithm);
        byte[] good = signer.sign(INPUT);
        Random random = new Random(7);
        int rounds = algorithm.equals("ES512") || algorithm.equals("ES384") ? 24 : 300;
        for (int i = 0; i < rounds; i++) {
            byte[] bad = good.clone();
            switch (i % 4) {
                case 0 -> bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
                case 1 -> random.nextBytes(bad);
                case 2 -> Arrays.fill(bad, random.nextInt(bad.length), bad.length, (byte) random.nextInt(256));
                default -> bad = Arrays.copyOf(bad, random.nextInt(2 * bad.length));
            }
            assertThat(key.verifies(named, bad, INPUT))
                    .as("%s", HexFormat.of().formatHex(bad))
                    .isEqualTo(Arrays.equals(bad, good));
            if (i % 50 == 0) {
                assertThat(key.verifies(named, good, INPUT)).isTrue();
            }
        }
    }

    /** The cases of Project Wycheproof, by their names there: made here, from one good signature. */
    @ParameterizedTest
    @MethodSource("curves")
    void refusesThePairsThatHavePassedElsewhere(String word, String algorithm) throws Exception {
        SignatureAlgorithm named = SignatureAlgorithm.required(algorithm);
        TestKey signer = TestKeys.newKey("k", algorithm);
        VerificationKey key = key(word, signer, algorithm);
        ECPublicKey ec = (ECPublicKey) signer.keyPair().getPublic();
        BigInteger n = ec.getParams().getOrder();
        BigInteger p = ((ECFieldFp) ec.getParams().getCurve().getField()).getP();
        byte[] good = signer.sign(INPUT);
        int half = good.length / 2;
        BigInteger r = new BigInteger(1, good, 0, half);
        BigInteger s = new BigInteger(1, good, half, half);
        assertThat(key.verifies(named, pair(r, s, half), INPUT)).isTrue();
        assertThat(key.verifies(named, pair(r, n.subtract(s), half), INPUT)).isTrue();

        List<BigInteger> edges = List.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                BigInteger.TWO,
                n.subtract(BigInteger.ONE),
                n,
                n.add(BigInteger.ONE),
                p.subtract(BigInteger.ONE),
                p,
                BigInteger.ONE.shiftLeft(8 * half).subtract(BigInteger.ONE));
        for (BigInteger one : edges) {
            assertThat(key.verifies(named, pair(one, s, half), INPUT)).isFalse();
            assertThat(key.verifies(named, pair(r, one, half), INPUT)).isFalse();
            for (BigInteger other : algorithm.equals("ES256") ? edges : List.of(one)) {
                assertThat(key.verifies(named, pair(one, other, half), INPUT))
                        .as("%s %s", one, other)
                        .isFalse();
            }
        }
        assertThat(key.verifies(named, pair(n.subtract(r), s, half), INPUT)).isFalse();
        assertThat(key.verifies(named, pair(s, r, half), INPUT)).isFalse();
        assertThat(key.verifies(named, pair(r, s.modInverse(n), half), INPUT)).isFalse();
    }

    /** RFC 8032 5.1.7: S plus the order is the same number to whoever reduces it. */
    @ParameterizedTest
    @ValueSource(strings = {"jdk", "corretto", "conscrypt", "bouncycastle"})
    void anEd25519SignatureHasOneSpelling(String word) throws Exception {
        SignatureAlgorithm named = SignatureAlgorithm.required("Ed25519");
        VerificationKey key = key(word, TestKeys.ed25519(), "Ed25519");
        byte[] good = TestKeys.ed25519().sign(INPUT);
        assertThat(key.verifies(named, good, INPUT)).isTrue();

        BigInteger order = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
        byte[] s = Arrays.copyOfRange(good, 32, 64);
        for (int times = 1; times <= 7; times++) {
            BigInteger above = new BigInteger(1, reversed(s)).add(order.multiply(BigInteger.valueOf(times)));
            byte[] spelling = Arrays.copyOf(good, 64);
            System.arraycopy(reversed(fixed(above, 32)), 0, spelling, 32, 32);
            assertThat(key.verifies(named, spelling, INPUT)).isFalse();
        }
    }

    /** BoringSSL takes exponents of at most 33 bits and is not alone in having its own mind about sizes. */
    @ParameterizedTest
    @ValueSource(strings = {"jdk", "corretto", "conscrypt", "bouncycastle"})
    void whatAProviderDoesNotTakeThePlatformVerifies(String word) throws Exception {
        for (String exponent : List.of("3", "17", "65537", "4294967297", "281474976710677")) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(new RSAKeyGenParameterSpec(2048, new BigInteger(exponent)));
            KeyPair pair = generator.generateKeyPair();
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(INPUT);
            byte[] good = signature.sign();
            CryptoProvider crypto = word.equals("jdk")
                    ? CryptoProvider.ofPlatform()
                    : CryptoProvider.of("auto", Set.of("RS256"), TestProviders.loader(word));
            VerificationKey key = new VerificationKey(null, pair.getPublic(), Set.of("RS256"), crypto);

            assertThat(key.verifies(SignatureAlgorithm.required("RS256"), good, INPUT))
                    .as(exponent)
                    .isTrue();
            good[17] ^= 1;
            assertThat(key.verifies(SignatureAlgorithm.required("RS256"), good, INPUT))
                    .isFalse();
        }
    }

    /** 32 bytes that decode to no point: no signature fits, whether the key or the signature is blamed. */
    @ParameterizedTest
    @ValueSource(strings = {"jdk", "corretto", "conscrypt", "bouncycastle"})
    void noSignatureFitsAPointThatIsNone(String word) throws Exception {
        byte[] two = new byte[32];
        two[0] = 2;
        Map<String, Object> jwk = Map.of(
                "kty",
                "OKP",
                "crv",
                "Ed25519",
                "x",
                Base64.getUrlEncoder().withoutPadding().encodeToString(two));
        VerificationKey key = JwkReader.readFromRequest(jwk, TestProviders.crypto(word));
        SignatureAlgorithm named = SignatureAlgorithm.required("Ed25519");
        for (byte[] signature : List.of(new byte[64], TestKeys.ed25519().sign(INPUT))) {
            boolean verified;
            try {
                verified = key.verifies(named, signature, INPUT);
            } catch (GeneralSecurityException e) {
                verified = false;
            }
            assertThat(verified).isFalse();
        }
    }

    /** Verifiers, and what a provider keeps behind them, are used again by whoever comes: many at a time, good and bad. */
    @ParameterizedTest
    @MethodSource("each")
    void answersAlikeHoweverManyAsk(String word, String algorithm) throws Exception {
        SignatureAlgorithm named = SignatureAlgorithm.required(algorithm);
        TestKey signer = TestKeys.newKey("k", algorithm);
        VerificationKey ofMany = key(word, signer, algorithm);
        VerificationKey ofOne =
                VerificationKey.ofClient(signer.keyPair().getPublic(), Set.of(algorithm), TestProviders.crypto(word));
        byte[] good = signer.sign(INPUT);
        byte[] bad = good.clone();
        bad[bad.length - 3] ^= 4;
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                VerificationKey key = i % 2 == 0 ? ofMany : ofOne;
                boolean valid = i % 3 == 0;
                tasks.add(() -> key.verifies(named, valid ? good : bad, INPUT) == valid);
            }
            for (Future<Boolean> answer : threads.invokeAll(tasks)) {
                assertThat(answer.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static VerificationKey key(String word, TestKey key, String algorithm) {
        PublicKey publicKey = key.keyPair().getPublic();
        return new VerificationKey(null, publicKey, Set.of(algorithm), TestProviders.crypto(word));
    }

    private static byte[] pair(BigInteger r, BigInteger s, int half) {
        byte[] both = Arrays.copyOf(fixed(r, half), 2 * half);
        System.arraycopy(fixed(s, half), 0, both, half, half);
        return both;
    }

    private static byte[] fixed(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] fitting = new byte[length];
        int digits = Math.min(bytes.length, length);
        System.arraycopy(bytes, bytes.length - digits, fitting, length - digits, digits);
        return fitting;
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
