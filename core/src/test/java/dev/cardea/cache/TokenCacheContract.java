package dev.cardea.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.request.PresentedToken;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@link TokenCache} promises, whichever Ehcache it is packed with. Needs JUnit and AssertJ only. */
public abstract class TokenCacheContract {
    private static final KeySpace SPACE = KeySpace.of("https://as.example/introspect", "orders-api");

    private final List<TokenCache<?>> opened = new ArrayList<>();

    /** Neither serializable nor comparable: only the instance itself will do. */
    private record Value(int number) {}

    private TokenCache<Value> cache(int maxEntries) {
        TokenCache<Value> cache = new TokenCache<>(maxEntries);
        opened.add(cache);
        return cache;
    }

    @AfterEach
    void close() {
        opened.forEach(TokenCache::close);
    }

    private static CacheKey key(int number) {
        return SPACE.key(PresentedToken.of("token-" + number));
    }

    @Test
    void givesBackTheVeryValueThatWasPutIn() {
        TokenCache<Value> cache = cache(10);
        Value value = new Value(1);
        cache.put(key(1), value);

        assertThat(cache.get(key(1))).isSameAs(value);
        assertThat(cache.get(key(2))).isNull();
    }

    @Test
    void replacesAndForgets() {
        TokenCache<Value> cache = cache(10);
        cache.put(key(1), new Value(1));
        cache.put(key(1), new Value(2));
        assertThat(cache.get(key(1))).isEqualTo(new Value(2));

        cache.remove(key(1));
        assertThat(cache.get(key(1))).isNull();
    }

    @Test
    @Tag("I14")
    void keepsWhatIsSaidToOneClientFromAnother() {
        TokenCache<Value> cache = cache(10);
        PresentedToken token = PresentedToken.of("token");
        cache.put(KeySpace.of("https://as.example/introspect", "orders-api").key(token), new Value(1));

        assertThat(cache.get(KeySpace.of("https://as.example/introspect", "orders-api")
                        .key(token)))
                .isEqualTo(new Value(1));
        assertThat(cache.get(KeySpace.of("https://as.example/introspect", "billing-api")
                        .key(token)))
                .isNull();
        assertThat(cache.get(KeySpace.of("https://other.example/introspect", "orders-api")
                        .key(token)))
                .isNull();
        assertThat(cache.get(KeySpace.of("https://as.example/introspecto", "rders-api")
                        .key(token)))
                .isNull();
    }

    @Test
    void holdsNoMoreThanItsEntries() {
        TokenCache<Value> cache = cache(100);
        IntStream.range(0, 5_000).forEach(i -> cache.put(key(i), new Value(i)));

        assertThat(IntStream.range(0, 5_000).filter(i -> cache.get(key(i)) != null))
                .hasSizeBetween(90, 100);
    }

    @Test
    void holdsAllThatFitIn() {
        TokenCache<Value> cache = cache(100);
        IntStream.range(0, 100).forEach(i -> cache.put(key(i), new Value(i)));

        assertThat(IntStream.range(0, 100).filter(i -> cache.get(key(i)) != null))
                .hasSize(100);
    }

    @Test
    void isEmptyOnceClosedAndCanBeClosedTwice() {
        TokenCache<Value> cache = cache(10);
        cache.put(key(1), new Value(1));
        assertThat(cache.get(key(1))).isNotNull();

        cache.close();
        cache.close();
        cache.put(key(2), new Value(2));
        cache.remove(key(2));
        assertThat(cache.get(key(1))).isNull();
        assertThat(cache.get(key(2))).isNull();
    }

    /** Four times as many tokens as entries, so that reading, writing and evicting meet at the same keys all the time. */
    @Test
    void neverMixesUpEntriesUnderContention() throws Exception {
        for (int round = 0; round < 10; round++) {
            TokenCache<Value> cache = cache(64);
            CacheKey[] keys = IntStream.range(0, 256).mapToObj(i -> key(i)).toArray(CacheKey[]::new);
            List<Integer> wrong = together(8, () -> {
                int mixed = 0;
                for (int i = 0; i < 5_000; i++) {
                    int number = ThreadLocalRandom.current().nextInt(keys.length);
                    Value found = cache.get(keys[number]);
                    mixed += found != null && found.number() != number ? 1 : 0;
                    if (i % 7 == 0) {
                        cache.remove(keys[number]);
                    } else if (found == null) {
                        cache.put(keys[number], new Value(number));
                    }
                }
                return mixed;
            });
            assertThat(wrong).containsOnly(0);
            assertThat(IntStream.range(0, 256).filter(i -> cache.get(keys[i]) != null))
                    .hasSizeBetween(1, 64);
        }
    }

    /** A request between its look at the flag and its look at the entries while the application stops. */
    @Test
    void mayBeClosedWhileInUse() throws Exception {
        for (int round = 0; round < 50; round++) {
            TokenCache<Value> cache = cache(64);
            List<Integer> done = together(4, () -> {
                for (int i = 0; i < 500; i++) {
                    cache.put(key(i % 32), new Value(i));
                    cache.get(key(i % 32));
                    cache.remove(key(i % 32));
                    if (i == 250) {
                        cache.close();
                    }
                }
                return 1;
            });
            assertThat(done).hasSize(4);
            assertThat(cache.get(key(1))).isNull();
        }
    }

    private static <R> List<R> together(int threads, Callable<R> work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Future<R>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(executor.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            List<R> results = new ArrayList<>();
            for (Future<R> future : running) {
                results.add(future.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }
}
