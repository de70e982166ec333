package dev.cardea.dpop;

import static dev.cardea.dpop.Proofs.proof;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.reject.UndeterminedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads at once. Each counts what it was told; nobody looks inside. */
@Timeout(300)
class ReplayContentionTest {
    private final HandClock clock = new HandClock();

    /** Runs {@code work} on {@code threads} threads, with the thread's number, and waits for all. */
    private static void together(int threads, Work work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Void>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                all.add(() -> {
                    work.run(thread);
                    return null;
                });
            }
            for (Future<Void> each : pool.invokeAll(all)) {
                each.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private interface Work {
        void run(int thread) throws Exception;
    }

    @Test
    @Tag("D33")
    void ofFiftyCopiesOfAProofOneIsAcceptedAThousandTimes() throws Exception {
        int copies = 50;
        int rounds = 1_000;
        MemoryReplayStore store = new MemoryReplayStore(10_000, clock, clock::nanoTime);
        AtomicIntegerArray accepted = new AtomicIntegerArray(rounds);
        CyclicBarrier start = new CyclicBarrier(copies);
        long until = clock.millis() + 60_000;

        together(copies, thread -> {
            for (int round = 0; round < rounds; round++) {
                ReplayKey copy = proof(1, round);
                await(start);
                if (store.firstUse(copy, until)) {
                    accepted.getAndIncrement(round);
                }
            }
        });

        for (int round = 0; round < rounds; round++) {
            assertThat(accepted.get(round)).as("round %d", round).isEqualTo(1);
        }
        assertThat(store.statistics()).isEqualTo(new ReplayStatistics(rounds, 10_000, 49_000, 0, 0, 0));
    }

    /** Tables grow, are cleared and grow again while copies come: in each generation each proof is accepted once. */
    @Test
    @Tag("D33")
    @Tag("D32")
    void acceptsEachOfManyProofsOnceWhileOthersEndAndTheirRoomIsUsedAgain() throws Exception {
        int threads = 8;
        int proofs = 4_000;
        int generations = 12;
        // Not three times as many as there are: each generation needs the room of those before.
        MemoryReplayStore store = new MemoryReplayStore(2 * proofs, clock, clock::nanoTime);
        AtomicIntegerArray accepted = new AtomicIntegerArray(generations * proofs);
        CyclicBarrier start = new CyclicBarrier(threads, () -> clock.pass(Duration.ofSeconds(30)));

        together(threads, thread -> {
            for (int generation = 0; generation < generations; generation++) {
                await(start);
                long until = clock.millis() + 30_000;
                for (int i = 0; i < proofs; i++) {
                    // Some begin elsewhere, so that copies meet early and late.
                    int number = (i + thread % 2 * proofs / 2) % proofs;
                    if (store.firstUse(proof(number % 100, generation * proofs + number), until)) {
                        accepted.getAndIncrement(generation * proofs + number);
                    }
                }
            }
        });

        for (int i = 0; i < accepted.length(); i++) {
            assertThat(accepted.get(i)).as("proof %d", i).isEqualTo(1);
        }
        assertThat(store.statistics().replays()).isEqualTo((long) (threads - 1) * generations * proofs);
    }

    /** A full store under contention: never more marks than there is room for, and each is somebody's success. */
    @Test
    @Tag("D33")
    @Tag("D35")
    void neverHasMoreMarksThanRoom() throws Exception {
        int threads = 8;
        int room = 1_000;
        MemoryReplayStore store = new MemoryReplayStore(room, clock, clock::nanoTime);
        AtomicIntegerArray accepted = new AtomicIntegerArray(threads);
        long until = clock.millis() + 60_000;

        together(threads, thread -> {
            for (int i = 0; i < room; i++) {
                try {
                    // A client for each, so that no share is met.
                    if (store.firstUse(proof(thread * room + i, 1), until)) {
                        accepted.getAndIncrement(thread);
                    }
                } catch (UndeterminedException e) {
                    assertThat(store.statistics().marks()).isEqualTo(room);
                }
            }
        });

        int sum = 0;
        for (int thread = 0; thread < threads; thread++) {
            sum += accepted.get(thread);
        }
        assertThat(sum).isEqualTo(room);
        assertThat(store.statistics())
                .isEqualTo(new ReplayStatistics(room, room, 0, (long) (threads - 1) * room, 0, 0));
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }
}
