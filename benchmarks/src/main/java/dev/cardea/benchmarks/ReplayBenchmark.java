package dev.cardea.benchmarks;

import dev.cardea.dpop.MemoryReplayStore;
import dev.cardea.dpop.ReplayKey;
import dev.cardea.dpop.ReplayStore;
import dev.cardea.reject.UndeterminedException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A store of used proofs at a million live marks of a thousand clients: with each new mark a millisecond passes and another mark
 * ends. Both clocks are read as well, as in a server. {@code MAP} is a map with nothing but the comparison: somebody tells it what to
 * remove, it has no bound and no shares.
 *
 * <p>{@code java -Xmx3g -jar benchmarks/target/benchmarks.jar ReplayBenchmark -prof gc}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class ReplayBenchmark {
    private static final int LIVE = 1_000_000;
    private static final int KEYS = 4 << 20;
    private static final int CLIENTS = 1_000;

    /** With room to spare, with hardly more than is needed, and what a map alone costs. */
    public enum Kept {
        ROOMY,
        TIGHT,
        MAP
    }

    @Param
    Kept kept = Kept.ROOMY;

    private final Ticking clock = new Ticking();
    private final byte[][] thumbprints = new byte[CLIENTS][];
    private final ReplayKey[] keys = new ReplayKey[KEYS];
    private ReplayStore store;

    @Setup
    public void fill() throws UndeterminedException {
        for (int i = 0; i < CLIENTS; i++) {
            thumbprints[i] = new byte[32];
            ByteBuffer.wrap(thumbprints[i]).putLong(i * 0x9e3779b97f4a7c15L);
        }
        for (int i = 0; i < KEYS; i++) {
            keys[i] = key(i);
        }
        store = kept == Kept.MAP
                ? map()
                : new MemoryReplayStore(kept == Kept.TIGHT ? LIVE + LIVE / 100 : 2 * LIVE, clock, clock::nanoTime);
        for (int i = 0; i < 3 * LIVE; i++) {
            newMark();
        }
    }

    /** The next key, whose mark has long ended, at the next millisecond. */
    private boolean newMark() throws UndeterminedException {
        long now = clock.tick();
        return store.firstUse(keys[(int) (now & KEYS - 1)], now + LIVE);
    }

    @Benchmark
    @Threads(1)
    public boolean newMark1() throws UndeterminedException {
        return newMark();
    }

    @Benchmark
    @Threads(2)
    public boolean newMark2() throws UndeterminedException {
        return newMark();
    }

    /** One of those that are live, in no order. */
    @Benchmark
    @Threads(1)
    public boolean replay() throws UndeterminedException {
        long now = clock.now.get();
        long earlier = now - ThreadLocalRandom.current().nextInt(LIVE / 2);
        return store.firstUse(keys[(int) (earlier & KEYS - 1)], now + LIVE);
    }

    /** What it costs to have a key at all. */
    @Benchmark
    @Threads(1)
    public ReplayKey key() {
        return key(KEYS - 1);
    }

    private ReplayKey key(int number) {
        return ReplayKey.of(
                thumbprints[number % CLIENTS],
                "GET",
                "https://api.example.com/orders/4711",
                "b2f7c0de-5a3e-4e7b-9c55-" + (100_000_000_000L + number));
    }

    private ReplayStore map() {
        Map<ReplayKey, Long> marks = new ConcurrentHashMap<>();
        return (key, until) -> {
            long now = clock.millis();
            marks.remove(keys[(int) (now - LIVE & KEYS - 1)]);
            return marks.putIfAbsent(key, until) == null;
        };
    }

    /** Reads the real clocks too, for what that costs. */
    private static final class Ticking extends Clock {
        private final AtomicLong now = new AtomicLong(1L << 40);

        long tick() {
            return now.incrementAndGet();
        }

        long nanoTime() {
            return System.nanoTime() == 0 ? 0 : TimeUnit.MILLISECONDS.toNanos(now.get());
        }

        @Override
        public long millis() {
            return System.currentTimeMillis() > 0 ? now.get() : 0;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
