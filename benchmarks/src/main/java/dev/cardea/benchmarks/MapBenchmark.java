package dev.cardea.benchmarks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cardea.cache.DigestCache;
import dev.cardea.cache.KeySpace;
import dev.cardea.cache.TokenCache;
import dev.cardea.request.PresentedToken;
import dev.cardea.request.TokenDigest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Which map verified tokens could be kept in: 10,000 entries by the digest of their token, of which 1,000 are asked for.
 * docs/decisions/0015 is what came of it.
 *
 * <p>{@code java -jar benchmarks/target/benchmarks.jar MapBenchmark -prof gc}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MapBenchmark {
    private static final int ENTRIES = 10_000;
    private static final int HOT = 1_000;
    private static final int FLOOD = 100_000;

    /** What is to be chosen from; the first has no bound and is what one pays for one. */
    public enum Candidate {
        CONCURRENT_HASH_MAP {
            @Override
            Keeper keeper() {
                Map<TokenDigest, Object> map = new ConcurrentHashMap<>();
                return new Keeper() {
                    @Override
                    public @Nullable Object get(PresentedToken token) {
                        return map.get(token.digest());
                    }

                    @Override
                    public void put(PresentedToken token, Object value) {
                        map.put(token.digest(), value);
                    }
                };
            }
        },
        DIGEST_CACHE {
            @Override
            Keeper keeper() {
                DigestCache<Object> map = new DigestCache<>(ENTRIES);
                return new Keeper() {
                    @Override
                    public @Nullable Object get(PresentedToken token) {
                        return map.get(token.digest());
                    }

                    @Override
                    public void put(PresentedToken token, Object value) {
                        map.put(token.digest(), value);
                    }
                };
            }
        },
        SET_ASSOCIATIVE {
            @Override
            Keeper keeper() {
                SetAssociativeMap<Object> map = new SetAssociativeMap<>(ENTRIES);
                return new Keeper() {
                    @Override
                    public @Nullable Object get(PresentedToken token) {
                        return map.get(token.digest());
                    }

                    @Override
                    public void put(PresentedToken token, Object value) {
                        map.put(token.digest(), value);
                    }
                };
            }
        },
        EHCACHE {
            @Override
            Keeper keeper() {
                TokenCache<Object> map = new TokenCache<>(ENTRIES);
                KeySpace space = KeySpace.of("https://as.example.com", "");
                return new Keeper() {
                    @Override
                    public @Nullable Object get(PresentedToken token) {
                        return map.get(space.key(token));
                    }

                    @Override
                    public void put(PresentedToken token, Object value) {
                        map.put(space.key(token), value);
                    }
                };
            }
        },
        CAFFEINE {
            @Override
            Keeper keeper() {
                Cache<TokenDigest, Object> map =
                        Caffeine.newBuilder().maximumSize(ENTRIES).build();
                return new Keeper() {
                    @Override
                    public @Nullable Object get(PresentedToken token) {
                        return map.getIfPresent(token.digest());
                    }

                    @Override
                    public void put(PresentedToken token, Object value) {
                        map.put(token.digest(), value);
                    }
                };
            }
        };

        abstract Keeper keeper();
    }

    /** What all of them can do. */
    interface Keeper {
        @Nullable
        Object get(PresentedToken token);

        void put(PresentedToken token, Object value);
    }

    @Param
    Candidate map = Candidate.DIGEST_CACHE;

    private Keeper keeper;
    private PresentedToken[] tokens;

    /** Where a thread is. */
    @State(Scope.Thread)
    public static class Position {
        private int next;

        int next(int bound) {
            next = next + 1 == bound ? 0 : next + 1;
            return next;
        }
    }

    @Setup
    public void fill() {
        keeper = map.keeper();
        tokens = IntStream.range(0, map == Candidate.CONCURRENT_HASH_MAP ? ENTRIES : FLOOD)
                .mapToObj(i -> PresentedToken.of("token-" + i))
                .toArray(PresentedToken[]::new);
        for (int i = 0; i < HOT; i++) {
            keeper.put(tokens[i], tokens[i]);
        }
    }

    @Benchmark
    @Threads(1)
    public @Nullable Object get(Position position) {
        return keeper.get(tokens[position.next(HOT)]);
    }

    @Benchmark
    @Threads(2)
    public @Nullable Object getContended(Position position) {
        return keeper.get(tokens[position.next(HOT)]);
    }

    /** Reads while somebody adds tokens as fast as he can, each once. */
    @Benchmark
    @Group("flooded")
    @GroupThreads(1)
    public @Nullable Object getFlooded(Position position) {
        return keeper.get(tokens[position.next(HOT)]);
    }

    @Benchmark
    @Group("flooded")
    @GroupThreads(1)
    public void putFlooding(Position position) {
        PresentedToken token = tokens[position.next(tokens.length)];
        keeper.put(token, token);
    }
}
