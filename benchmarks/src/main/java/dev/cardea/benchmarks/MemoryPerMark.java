package dev.cardea.benchmarks;

import dev.cardea.dpop.MemoryReplayStore;
import dev.cardea.dpop.ReplayKey;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * How many bytes one remembered proof takes, with a million live ones of a thousand clients, and how long the slowest of the
 * insertions took that made them.
 *
 * <p>{@code java -cp benchmarks/target/benchmarks.jar dev.cardea.benchmarks.MemoryPerMark}
 */
public final class MemoryPerMark {
    private static final int CLIENTS = 1_000;

    private MemoryPerMark() {}

    public static void main(String[] arguments) throws Exception {
        int count = arguments.length == 0 ? 1_000_000 : Integer.parseInt(arguments[0]);
        Clock clock = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
        long until = clock.millis() + Duration.ofMinutes(1).toMillis();
        List<MemoryReplayStore> stores = new ArrayList<>();
        long before = used();
        stores.add(new MemoryReplayStore(2 * count, clock, System::nanoTime));
        System.out.printf("%d bytes when empty%n", used() - before);
        long slowest = 0;
        for (int i = 0; i < count; i++) {
            ReplayKey key = key(i);
            long start = System.nanoTime();
            if (!stores.get(0).firstUse(key, until)) {
                throw new IllegalStateException("two keys are one");
            }
            slowest = Math.max(slowest, System.nanoTime() - start);
        }
        System.out.printf(
                "%.1f bytes per mark, with %d of them; the slowest insertion took %d us%n",
                (used() - before) / (double) count, stores.get(0).statistics().marks(), slowest / 1_000);
    }

    private static ReplayKey key(int number) {
        byte[] jkt = new byte[32];
        ByteBuffer.wrap(jkt).putLong(number % CLIENTS * 0x9e3779b97f4a7c15L);
        return ReplayKey.of(jkt, "GET", "https://api.example.com/orders/4711", "jti-" + number);
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(100);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
