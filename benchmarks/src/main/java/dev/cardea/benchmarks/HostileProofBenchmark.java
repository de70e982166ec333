package dev.cardea.benchmarks;

import dev.cardea.config.BindingMode;
import dev.cardea.config.DpopSettings;
import dev.cardea.demand.NonceUse;
import dev.cardea.dpop.MemoryReplayStore;
import dev.cardea.dpop.Nonces;
import dev.cardea.dpop.ProofKeys;
import dev.cardea.dpop.ProofVerifier;
import dev.cardea.jose.CryptoProvider;
import dev.cardea.reject.RejectedException;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.request.PresentedToken;
import dev.cardea.request.TargetUri;
import dev.cardea.testkit.DpopKey;
import dev.cardea.testkit.DpopProof;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What proofs cost that are made to cost much, of whoever has a token; and, in the lines that begin with {@code OWN}, the most
 * that somebody can make of a token that is bound to a key of his choice: a signature is verified for it.
 *
 * <p>{@code java -jar benchmarks/target/benchmarks.jar HostileProofBenchmark -prof gc}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class HostileProofBenchmark {
    private static final List<String> ALGORITHMS =
            List.of("ES256", "ES384", "ES512", "PS256", "PS384", "PS512", "RS256", "EdDSA", "Ed25519");

    private static final String URI = "https://api.example.com/orders";
    private static final String TOKEN = "an-opaque-token";
    private static final int MAX_LENGTH = 8192;

    /** What is sent. */
    public enum Attack {
        JTI_OF_100_KB,
        DEEP_JSON,
        MANY_MEMBERS,
        LONG_ADDRESS,
        PRIVATE_MEMBER,
        OFF_CURVE,
        RSA_16384,
        RSA_LONG_EXPONENT,
        KEY_OF_A_STRANGER,
        RSA_8192_OF_A_STRANGER,
        OTHER_TOKEN,
        OWN_ED25519,
        OWN_ES256,
        OWN_ES384,
        OWN_ES512,
        OWN_RSA_2048,
        OWN_RSA_8192,
        OWN_RSA_8192_LONG_EXPONENT
    }

    @Param
    Attack attack = Attack.DEEP_JSON;

    private ProofVerifier verifier;
    private ProofVerifier.Expected expected;

    @Setup
    public void start() throws GeneralSecurityException {
        // The proof has to be in time for as long as it runs.
        Clock clock = Clock.fixed(Clock.systemUTC().instant(), ZoneOffset.UTC);
        DpopSettings settings = new DpopSettings(
                BindingMode.REQUIRED,
                ALGORITHMS,
                MAX_LENGTH,
                Duration.ofMinutes(1),
                Duration.ofSeconds(10),
                NonceUse.OFF,
                Duration.ofMinutes(5),
                null,
                null,
                100_000);
        List<byte[]> secrets = List.of(new byte[32]);
        verifier = new ProofVerifier(
                settings,
                new ProofKeys(ALGORITHMS, CryptoProvider.ofPlatform()),
                new Nonces(() -> secrets, Duration.ofMinutes(5), clock),
                new MemoryReplayStore(100_000, clock),
                clock);
        DpopKey key = keyOfToken();
        DpopProof valid = DpopProof.of(key, "GET", URI, clock).token(TOKEN);
        String bound = attack.name().startsWith("OWN_RSA") ? rsaThumbprint() : key.thumbprint();
        expected = new ProofVerifier.Expected(
                List.of(proof(valid)),
                "GET",
                TargetUri.parse(URI),
                PresentedToken.of(TOKEN),
                Base64.getUrlDecoder().decode(bound),
                NonceUse.OFF);
    }

    private DpopKey keyOfToken() {
        return switch (attack) {
            case OWN_ED25519 -> DpopKey.generate("Ed25519");
            case OWN_ES384 -> DpopKey.generate("ES384");
            case OWN_ES512 -> DpopKey.generate("ES512");
            default -> DpopKey.generate();
        };
    }

    private String proof(DpopProof valid) {
        return switch (attack) {
            case JTI_OF_100_KB -> valid.jti("j".repeat(100_000)).build();
            case DEEP_JSON -> withPayload(valid, "{\"x\":" + "[".repeat(5_000));
            case MANY_MEMBERS -> withPayload(valid, "{\"x\":[" + "0,".repeat(2_500) + "0]}");
            case LONG_ADDRESS -> valid.claim("htu", URI + "/../x".repeat(900)).build();
            case PRIVATE_MEMBER ->
                valid.header("jwk", Map.of("kty", "RSA", "n", odd(2_048), "e", "AQAB", "d", odd(2_048)))
                        .build();
            case OFF_CURVE ->
                valid.header("jwk", Map.of("kty", "EC", "crv", "P-256", "x", odd(256), "y", odd(256)))
                        .build();
            case RSA_16384 -> rsa(valid, 16_384, "AQAB");
            case RSA_LONG_EXPONENT -> rsa(valid, 2_048, odd(2_048));
            case RSA_8192_OF_A_STRANGER, OWN_RSA_8192 -> rsa(valid, 8_192, "AQAB");
            case OWN_RSA_2048 -> rsa(valid, 2_048, "AQAB");
            case OWN_RSA_8192_LONG_EXPONENT -> rsa(valid, 8_192, "__________8");
            case KEY_OF_A_STRANGER -> valid.signedBy(DpopKey.generate()).build();
            case OTHER_TOKEN -> valid.token("another-token").build();
            case OWN_ES256, OWN_ES384, OWN_ES512, OWN_ED25519 -> valid.build();
        };
    }

    private static String withPayload(DpopProof valid, String json) {
        String[] segments = valid.build().split("\\.", -1);
        return segments[0] + "." + base64Url(json.getBytes(StandardCharsets.US_ASCII)) + "." + segments[2];
    }

    private String rsa(DpopProof valid, int bits, String exponent) {
        String unsigned = valid.header("alg", "PS256")
                .header("jwk", Map.of("kty", "RSA", "n", odd(bits), "e", exponent))
                .build();
        byte[] signature = new byte[bits / 8];
        new Random(1).nextBytes(signature);
        signature[0] = 0; // less than the modulus
        return unsigned.substring(0, unsigned.lastIndexOf('.') + 1) + base64Url(signature);
    }

    private String rsaThumbprint() throws GeneralSecurityException {
        String exponent = attack == Attack.OWN_RSA_8192_LONG_EXPONENT ? "__________8" : "AQAB";
        String json = "{\"e\":\"" + exponent + "\",\"kty\":\"RSA\",\"n\":\""
                + odd(attack == Attack.OWN_RSA_2048 ? 2_048 : 8_192) + "\"}";
        return base64Url(MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.US_ASCII)));
    }

    /** The same each time. */
    private static String odd(int bits) {
        BigInteger number =
                new BigInteger(bits, new Random(bits)).setBit(bits - 1).setBit(0);
        byte[] bytes = number.toByteArray();
        return base64Url(Arrays.copyOfRange(bytes, 1, bytes.length));
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A proof of one's own with EC or Ed25519 is good: what marks it is left out, so that it stays so. */
    @Benchmark
    public Object judge() throws UndeterminedException {
        try {
            return verifier.verify(expected);
        } catch (RejectedException | ProofVerifier.NonceNeeded e) {
            return e;
        }
    }
}
