package dev.cardea.benchmarks;

import dev.cardea.testkit.TestKeys;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
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
 * What is refused, and what that costs whoever has to do it: an attacker decides how often.
 *
 * <p>{@code java -jar benchmarks/target/benchmarks.jar RefusalBenchmark -prof gc}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RefusalBenchmark {
    /** One thing wrong with a token that is valid otherwise. */
    public enum Fault {
        GARBAGE,
        WRONG_ISSUER,
        UNKNOWN_KEY,
        WRONG_AUDIENCE,
        BAD_SIGNATURE;

        String token(String issuer) {
            return switch (this) {
                case GARBAGE -> garbage();
                case WRONG_ISSUER ->
                    Tokens.valid(Algorithm.RS256, "https://other.example.com").build();
                case UNKNOWN_KEY ->
                    Tokens.valid(Algorithm.RS256, issuer)
                            .signedBy(TestKeys.foreign())
                            .build();
                case WRONG_AUDIENCE ->
                    Tokens.valid(Algorithm.RS256, issuer)
                            .audience("https://other.example.com")
                            .build();
                case BAD_SIGNATURE ->
                    Tokens.valid(Algorithm.RS256, issuer)
                            .signedBy(TestKeys.foreign().withKid(TestKeys.rsa().kid()))
                            .build();
            };
        }

        /** Token characters, no dots. */
        private static String garbage() {
            StringBuilder text = new StringBuilder(800);
            RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
            while (text.length() < 800) {
                text.append((char) ('a' + random.nextInt(26)));
            }
            return text.toString();
        }
    }

    @Param
    Fault fault = Fault.GARBAGE;

    private Cardea cardea;
    private String field;
    private String token;
    private Peer springSecurity;
    private Peer nimbus;
    private Peer smallRye;
    private Peer jose4j;

    @Setup
    public void start() throws Exception {
        cardea = Cardea.start();
        field = "Bearer " + fault.token(cardea.issuer());
        token = fault.token(Tokens.ISSUER);
        springSecurity = Peer.springSecurity(Algorithm.RS256, Tokens.ISSUER);
        nimbus = Peer.nimbus(Algorithm.RS256, Tokens.ISSUER);
        smallRye = Peer.smallRye(Algorithm.RS256, Tokens.ISSUER);
        jose4j = Peer.jose4j(Algorithm.RS256, Tokens.ISSUER);
    }

    @TearDown
    public void stop() {
        cardea.close();
    }

    @Benchmark
    public Object cardea() {
        return cardea.denied(field);
    }

    @Benchmark
    public Object springSecurity() {
        return refusal(springSecurity);
    }

    @Benchmark
    public Object nimbus() {
        return refusal(nimbus);
    }

    @Benchmark
    public Object smallRye() {
        return refusal(smallRye);
    }

    @Benchmark
    public Object jose4j() {
        return refusal(jose4j);
    }

    private Object refusal(Peer peer) {
        try {
            peer.accept(token);
        } catch (Exception e) {
            return e;
        }
        throw new IllegalStateException("a token with " + fault + " was accepted");
    }
}
