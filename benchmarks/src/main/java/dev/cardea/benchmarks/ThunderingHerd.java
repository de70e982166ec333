package dev.cardea.benchmarks;

import dev.cardea.Decision;
import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.TestAuthorizationServer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Five hundred threads come with one token that nobody has seen before, all at once: how many questions that makes, and how long
 * after the first answer the last thread has its own.
 *
 * <p>{@code java -cp benchmarks/target/benchmarks.jar dev.cardea.benchmarks.ThunderingHerd [threads [rounds]]}
 */
public final class ThunderingHerd {
    private ThunderingHerd() {}

    public static void main(String[] arguments) throws Exception {
        int threads = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 500;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 50;
        List<Long> spreads = new ArrayList<>();
        int most = 0;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (TestAuthorizationServer as = TestAuthorizationServer.start(Clock.systemUTC());
                Cardea cardea = Cardea.introspecting(as, Map.of())) {
            for (int round = 0; round < rounds; round++) {
                String field = "Bearer " + as.issueOpaque(Tokens.SCOPE);
                as.forgetRequests();
                spreads.add(spread(pool, threads, cardea, field));
                most = Math.max(most, as.count(Endpoint.INTROSPECTION));
            }
        } finally {
            pool.shutdownNow();
        }
        Collections.sort(spreads);
        System.out.printf(
                "%d threads, %d rounds: at most %d question(s) a round; from the first answer to the last %.1f ms"
                        + " (median), %.1f ms (worst)%n",
                threads, rounds, most, spreads.get(rounds / 2) / 1e6, spreads.get(rounds - 1) / 1e6);
    }

    private static long spread(ExecutorService pool, int threads, Cardea cardea, String field) throws Exception {
        CountDownLatch ready = new CountDownLatch(threads);
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Long>> ends = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            ends.add(pool.submit(() -> {
                ready.countDown();
                go.await();
                Decision decision = cardea.granted(field);
                return decision == null ? 0 : System.nanoTime();
            }));
        }
        ready.await();
        go.countDown();
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (Future<Long> end : ends) {
            long at = end.get(30, TimeUnit.SECONDS);
            first = Math.min(first, at);
            last = Math.max(last, at);
        }
        return last - first;
    }
}
