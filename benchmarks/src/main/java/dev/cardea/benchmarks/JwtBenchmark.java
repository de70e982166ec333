package dev.cardea.benchmarks;

import dev.cardea.testkit.TestKey;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One valid JWT: Cardea that has seen it (warm), Cardea that sees it for the first time (cold), the peers, and one raw
 * signature verification, which is what nobody can be faster than without a memory.
 *
 * <p>{@code java -jar benchmarks/target/benchmarks.jar JwtBenchmark -prof gc}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class JwtBenchmark {
    @Param
    Algorithm algorithm = Algorithm.RS256;

    private Cardea warm;
    private Cardea cold;
    private String warmField;
    private String coldField;
    private String token;
    private Peer springSecurity;
    private Peer nimbus;
    private Peer smallRye;
    private Peer jose4j;
    private RawVerification raw;

    @Setup
    public void start() throws Exception {
        warm = Cardea.start();
        warmField = "Bearer " + Tokens.valid(algorithm, warm.issuer()).build();
        cold = Cardea.startWithoutCache();
        coldField = "Bearer " + Tokens.valid(algorithm, cold.issuer()).build();
        token = Tokens.valid(algorithm, Tokens.ISSUER).build();
        springSecurity = Peer.springSecurity(algorithm, Tokens.ISSUER);
        nimbus = Peer.nimbus(algorithm, Tokens.ISSUER);
        smallRye = Peer.smallRye(algorithm, Tokens.ISSUER);
        jose4j = Peer.jose4j(algorithm, Tokens.ISSUER);
        raw = new RawVerification(algorithm, token);
    }

    @TearDown
    public void stop() {
        warm.close();
        cold.close();
    }

    @Benchmark
    public Object cardeaWarm() {
        return warm.granted(warmField);
    }

    @Benchmark
    public Object cardeaCold() {
        return cold.granted(coldField);
    }

    @Benchmark
    public Object springSecurity() throws Exception {
        return springSecurity.accept(token);
    }

    @Benchmark
    public Object nimbus() throws Exception {
        return nimbus.accept(token);
    }

    @Benchmark
    public Object smallRye() throws Exception {
        return smallRye.accept(token);
    }

    @Benchmark
    public Object jose4j() throws Exception {
        return jose4j.accept(token);
    }

    @Benchmark
    public boolean rawSignature() throws Exception {
        return raw.verify();
    }

    /** One verification by the JDK with everything at hand. */
    private static final class RawVerification {
        private final Signature verifier;
        private final byte[] input;
        private final byte[] signature;

        RawVerification(Algorithm algorithm, String token) throws Exception {
            TestKey key = algorithm.key();
            int dot = token.lastIndexOf('.');
            this.input = Arrays.copyOf(token.getBytes(StandardCharsets.US_ASCII), dot);
            this.signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
            this.verifier = Signature.getInstance(algorithm.jcaName());
            verifier.initVerify(key.keyPair().getPublic());
        }

        boolean verify() throws Exception {
            verifier.update(input);
            return verifier.verify(signature);
        }
    }
}
