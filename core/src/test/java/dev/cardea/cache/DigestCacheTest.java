package dev.cardea.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.request.PresentedToken;
import dev.cardea.request.TokenDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DigestCacheTest {
    /** Neither serializable nor comparable: only the instance itself will do. */
    private record Value(int number) {}

    private static TokenDigest token(int number) {
        return PresentedToken.of("token-" + number).digest();
    }

    private static long count(DigestCache<Value> cache, int from, int to) {
        return IntStream.range(from, to)
                .filter(i -> cache.get(token(i)) != null)
                .count();
    }

    @Test
    void givesBackTheVeryValueThatWasPutInLast() {
        DigestCache<Value> cache = new DigestCache<>(10);
        Value value = new Value(1);
        cache.put(token(1), new Value(0));
        cache.put(token(1), value);
        assertThat(cache.get(token(1))).isSameAs(value);
        assertThat(cache.get(token(2))).isNull();
    }

    @Test
    void forgetsTheValueThatIsNamedAndNoOther() {
        DigestCache<Value> cache = new DigestCache<>(10);
        Value old = new Value(1);
        Value replaced = new Value(1);
        cache.put(token(1), old);
        cache.put(token(1), replaced);
        cache.remove(token(1), old);
        assertThat(cache.get(token(1))).isSameAs(replaced);
        cache.remove(token(1), replaced);
        assertThat(cache.get(token(1))).isNull();
        cache.remove(token(1), replaced);
    }

    @Test
    void holdsAllThatFitInAndNoMore() {
        for (int size : new int[] {1, 2, 15, 16, 17, 100}) {
            DigestCache<Value> cache = new DigestCache<>(size);
            IntStream.range(0, size).forEach(i -> cache.put(token(i), new Value(i)));
            assertThat(count(cache, 0, size)).isEqualTo(size);
            IntStream.range(0, 5 * size + 100).forEach(i -> cache.put(token(i), new Value(i)));
            assertThat(count(cache, 0, 5 * size + 100)).as("of " + size).isEqualTo(size);
        }
    }

    /** What was removed leaves a place that the next one finds, wherever the hand is and whoever is in use. */
    @Test
    void aPlaceThatWasGivenUpIsTakenAgain() {
        DigestCache<Value> cache = new DigestCache<>(50);
        List<Value> values = IntStream.range(0, 50).mapToObj(Value::new).toList();
        values.forEach(value -> cache.put(token(value.number()), value));
        for (int round = 0; round < 5; round++) {
            assertThat(count(cache, 0, 50)).isEqualTo(50);
        }
        cache.remove(token(33), values.get(33));
        cache.put(token(99), new Value(99));
        assertThat(cache.get(token(99))).isNotNull();
        assertThat(count(cache, 0, 50)).isEqualTo(49);
    }

    /** A hundred times as many good tokens as there is room for, each once, between two uses of the hot ones. */
    @Test
    @Tag("N06")
    void aFloodOfGoodTokensDoesNotPushOutTheHotOnes() {
        int size = 1_600;
        int between = size / DigestCache.EXAMINED;
        DigestCache<Value> cache = new DigestCache<>(size);
        TokenDigest[] hot = IntStream.range(0, size / 2).mapToObj(i -> token(i)).toArray(TokenDigest[]::new);
        for (int i = 0; i < hot.length; i++) {
            cache.put(hot[i], new Value(i));
            cache.get(hot[i]);
        }
        int lost = 0;
        for (int flood = 0; flood < 100 * size; flood++) {
            cache.put(token(1_000_000 + flood), new Value(flood));
            if (flood % between == 0) {
                for (TokenDigest each : hot) {
                    lost += cache.get(each) == null ? 1 : 0;
                }
            }
        }
        assertThat(lost).isZero();
        // And whoever is no longer asked for does make room, or the cache would be full of them for ever.
        assertThat(count(cache, 1_000_000, 1_000_000 + 100 * size)).isEqualTo(size - hot.length);
    }

    /** The promise itself, for uses and additions in any order: asked for within every so many additions, never lost. */
    @Test
    @Tag("N06")
    void whatIsUsedOftenEnoughIsNeverLost() {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            int size = 16 + random.nextInt(400);
            int promised = size / DigestCache.EXAMINED;
            DigestCache<Value> cache = new DigestCache<>(size);
            int hot = 1 + random.nextInt(size);
            for (int i = 0; i < hot; i++) {
                cache.put(token(i), new Value(i));
                cache.get(token(i));
            }
            int[] addedSince = new int[hot];
            for (int step = 0; step < 3_000; step++) {
                cache.put(token(1_000 + random.nextInt(100_000)), new Value(step));
                for (int i = 0; i < hot; i++) {
                    if (++addedSince[i] >= promised || random.nextInt(10) == 0) {
                        addedSince[i] = 0;
                        assertThat(cache.get(token(i))).as("seed " + seed).isNotNull();
                    }
                }
            }
        }
    }

    /** Where all are in use, a newcomer is not kept; once nobody asks for them any more, he soon is. */
    @Test
    void newcomersGetInOnceTheOldAreNoLongerAskedFor() {
        int size = 320;
        DigestCache<Value> cache = new DigestCache<>(size);
        IntStream.range(0, size).forEach(i -> cache.put(token(i), new Value(i)));
        IntStream.range(0, 5).forEach(round -> assertThat(count(cache, 0, size)).isEqualTo(size));
        cache.put(token(5_000), new Value(0));
        assertThat(cache.get(token(5_000))).isNull();

        int attempts = 0;
        while (cache.get(token(5_000)) == null) {
            cache.put(token(5_000), new Value(0));
            attempts++;
        }
        assertThat(attempts).isLessThanOrEqualTo(4 * size / DigestCache.EXAMINED);
    }

    @Test
    void isEmptyOnceClosedAndCanBeClosedTwice() {
        DigestCache<Value> cache = new DigestCache<>(10);
        cache.put(token(1), new Value(1));
        assertThat(cache.get(token(1))).isNotNull();

        cache.close();
        cache.close();
        cache.put(token(2), new Value(2));
        cache.remove(token(2), new Value(2));
        assertThat(cache.get(token(1))).isNull();
        assertThat(cache.get(token(2))).isNull();
    }

    /** Four times as many tokens as entries, so that reading, adding, removing and evicting meet at the same ones. */
    @Test
    void neverMixesUpEntriesNorGrowsUnderContention() throws Exception {
        for (int round = 0; round < 20; round++) {
            DigestCache<Value> cache = new DigestCache<>(64);
            TokenDigest[] tokens =
                    IntStream.range(0, 256).mapToObj(i -> token(i)).toArray(TokenDigest[]::new);
            List<Integer> wrong = together(8, () -> {
                int mixed = 0;
                for (int i = 0; i < 5_000; i++) {
                    int number = ThreadLocalRandom.current().nextInt(tokens.length);
                    Value found = cache.get(tokens[number]);
                    mixed += found != null && found.number() != number ? 1 : 0;
                    if (found == null) {
                        cache.put(tokens[number], new Value(number));
                    } else if (i % 7 == 0) {
                        cache.remove(tokens[number], found);
                    }
                }
                return mixed;
            });
            assertThat(wrong).containsOnly(0);
            long kept = IntStream.range(0, 256)
                    .filter(i -> cache.get(tokens[i]) != null)
                    .count();
            assertThat(kept).isBetween(1L, 64L);
            // Not one place has got lost between removing and evicting.
            for (int i = 0; i < 64 * 4 * 4; i++) {
                cache.put(token(1_000 + i), new Value(1_000 + i));
            }
            assertThat(count(cache, 1_000, 1_000 + 64 * 4 * 4)
                            + IntStream.range(0, 256)
                                    .filter(i -> cache.get(tokens[i]) != null)
                                    .count())
                    .isEqualTo(64);
        }
    }

    /** A request that was verifying while the application stopped must not put anything into the cache afterwards. */
    @Test
    void staysEmptyWhoeverPutsWhileItIsClosed() throws Exception {
        for (int round = 0; round < 300; round++) {
            DigestCache<Value> cache = new DigestCache<>(64);
            TokenDigest[] tokens =
                    IntStream.range(0, 32).mapToObj(i -> token(i)).toArray(TokenDigest[]::new);
            List<Integer> done = together(4, () -> {
                for (int i = 0; i < 200; i++) {
                    cache.put(tokens[i % 32], new Value(i));
                    cache.get(tokens[i % 32]);
                    if (i == 100) {
                        cache.close();
                    }
                }
                return 1;
            });
            assertThat(done).hasSize(4);
            assertThat(tokens).allMatch(token -> cache.get(token) == null);
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
