package dev.cardea.benchmarks;

import dev.cardea.request.Credentials;
import dev.cardea.request.CredentialsExtractor;
import dev.cardea.request.PresentedToken;
import dev.cardea.request.TokenDigest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a request with a known token cannot cost less than, each step with those before it: the digest of the token, the
 * lookup, and finding the token in its header field with its grammar checked.
 *
 * <p>{@code java -jar benchmarks/target/benchmarks.jar FloorBenchmark -prof gc}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FloorBenchmark {
    private final Map<TokenDigest, Object> map = new ConcurrentHashMap<>();
    private final CredentialsExtractor extractor = new CredentialsExtractor(8192, null);
    private String token = "";
    private List<String> field = List.of();
    private byte[] ascii = new byte[0];
    private MessageDigest sha256;

    @Setup
    public void start() throws Exception {
        token = Tokens.valid(Algorithm.RS256, Tokens.ISSUER).build();
        field = List.of("Bearer " + token);
        ascii = token.getBytes(StandardCharsets.ISO_8859_1);
        sha256 = MessageDigest.getInstance("SHA-256");
        map.put(PresentedToken.of(token).digest(), token);
    }

    @Benchmark
    public byte[] sha256() {
        return sha256.digest(ascii);
    }

    @Benchmark
    public byte[] sha256OfAString() throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Benchmark
    public @Nullable Object extractAndLookUp() throws Exception {
        Credentials credentials = extractor.extract(field, null);
        return map.get(((Credentials.Presented) credentials).token().digest());
    }
}
