package dev.cardea.dpop;

import static dev.cardea.dpop.Proofs.proof;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cardea.reject.Clause;
import dev.cardea.reject.Uncertainty;
import dev.cardea.reject.UndeterminedException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MemoryReplayStoreTest {
    private static final int A_MINUTE = 60_000;

    private final HandClock clock = new HandClock();
    private final MemoryReplayStore store = store(100_000);

    private MemoryReplayStore store(int maxEntries) {
        return new MemoryReplayStore(maxEntries, clock, clock::nanoTime);
    }

    private long in(long millis) {
        return clock.millis() + millis;
    }

    private static UndeterminedException refused(MemoryReplayStore store, ReplayKey key, long until) {
        return catchThrowableOfType(UndeterminedException.class, () -> store.firstUse(key, until));
    }

    /** @return how many of {@code number} proofs of {@code client} there was room for */
    private int use(MemoryReplayStore store, int client, int number, long until) {
        int used = 0;
        for (int i = 0; i < number; i++) {
            try {
                assertThat(store.firstUse(proof(client, i), until)).isTrue();
                used++;
            } catch (UndeterminedException e) {
                return used;
            }
        }
        return used;
    }

    @Test
    @Tag("D30")
    @Tag("accepts")
    @Tag("refuses")
    void takesAProofOnceAndTheSameJtiOfAnotherKeyMethodOrTarget() throws Exception {
        long until = in(A_MINUTE);
        assertThat(store.firstUse(proof(1, 1), until)).isTrue();
        assertThat(store.firstUse(proof(1, 1), until)).isFalse();
        assertThat(store.firstUse(proof(2, 1), until)).isTrue();
        assertThat(store.firstUse(ReplayKey.of(Proofs.thumbprint(1), "PUT", Proofs.TARGET, "jti-1"), until))
                .isTrue();
        assertThat(store.firstUse(ReplayKey.of(Proofs.thumbprint(1), "GET", Proofs.TARGET + "/2", "jti-1"), until))
                .isTrue();
        assertThat(store.statistics()).isEqualTo(new ReplayStatistics(4, 100_000, 1, 0, 0, 0));
    }

    /** At the end itself the proof is over: nobody who is that late is told that his is the first. */
    @Test
    @Tag("D32")
    void remembersToTheMillisecondAndTakesNothingThatIsOver() throws Exception {
        long until = in(70_000);
        assertThat(store.firstUse(proof(1, 1), until)).isTrue();
        clock.pass(Duration.ofMillis(69_999));
        assertThat(store.firstUse(proof(1, 1), until)).isFalse();
        assertThat(store.firstUse(proof(1, 1), until + A_MINUTE)).isFalse();
        clock.pass(Duration.ofMillis(1));
        assertThat(store.firstUse(proof(1, 1), until)).isFalse();
        assertThat(store.firstUse(proof(1, 2), until)).isFalse();
        assertThat(store.firstUse(proof(1, 1), until + A_MINUTE))
                .as("another proof with the same jti, when the first is over")
                .isTrue();
        assertThat(store.firstUse(proof(1, 1), until + A_MINUTE)).isFalse();
    }

    /** A client whose clock is ahead: its proof is good for longer, so its mark has to last for longer. */
    @Test
    @Tag("D32")
    void remembersProofsFromTheFutureUntilTheirOwnEnd() throws Exception {
        long until = in(A_MINUTE + 10_000 + 10_000);
        assertThat(store.firstUse(proof(1, 1), until)).isTrue();
        use(store, 2, 5_000, in(1_000));
        clock.pass(Duration.ofMillis(79_999));
        use(store, 3, 50_000, in(1_000));
        assertThat(store.firstUse(proof(1, 1), until)).isFalse();
    }

    @Test
    @Tag("D32")
    void keepsWhatLastsForAges() throws Exception {
        assertThat(store.firstUse(proof(1, 1), Long.MAX_VALUE)).isTrue();
        assertThat(store.firstUse(proof(1, 2), in(Duration.ofDays(36_500).toMillis())))
                .isTrue();
        for (int day = 0; day < 100; day++) {
            clock.pass(Duration.ofDays(360));
            use(store, 2, 2_000, in(1_000));
        }
        assertThat(store.firstUse(proof(1, 1), Long.MAX_VALUE)).isFalse();
        assertThat(store.firstUse(proof(1, 2), Long.MAX_VALUE)).isFalse();
    }

    /** What a map with a loop over it would say, over hours of traffic. */
    @Test
    @Tag("D30")
    @Tag("D32")
    void agreesWithAnObviousOneOverALongTime() throws Exception {
        Random random = new Random(20260301);
        Map<ReplayKey, Long> obvious = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            clock.pass(Duration.ofMillis(random.nextInt(40)));
            if (i % 60_000 == 59_999) {
                clock.pass(Duration.ofMinutes(2));
            }
            ReplayKey key = proof(random.nextInt(50), random.nextInt(400));
            long until = in(1 + random.nextInt(A_MINUTE));
            boolean isFirst = obvious.getOrDefault(key, Long.MIN_VALUE) <= clock.millis();
            if (isFirst) {
                obvious.put(key, until);
            }
            assertThat(store.firstUse(key, until)).isEqualTo(isFirst);
        }
        obvious.values().removeIf(until -> until <= clock.millis());
        assertThat(store.statistics().marks()).isBetween(obvious.size(), 20_000);
    }

    @Test
    @Tag("D35")
    @Tag("accepts")
    @Tag("refuses")
    void saysThatItCannotTellWhenItIsFullAndForgetsNothing() throws Exception {
        MemoryReplayStore small = store(10);
        for (int client = 1; client <= 10; client++) {
            assertThat(small.firstUse(proof(client, 1), in(4_500))).isTrue();
        }

        UndeterminedException full = refused(small, proof(11, 1), in(A_MINUTE));
        assertThat(full.uncertainty()).isEqualTo(Uncertainty.REPLAY_STORE_FULL);
        assertThat(full.uncertainty().clause()).isEqualTo(Clause.D35);
        assertThat(full.retryAfter()).isEqualTo(Duration.ofSeconds(5));
        assertThat(small.statistics()).isEqualTo(new ReplayStatistics(10, 10, 0, 1, 0, 0));
        for (int client = 1; client <= 10; client++) {
            assertThat(small.firstUse(proof(client, 1), in(4_500))).isFalse();
        }

        clock.pass(Duration.ofMillis(4_499));
        assertThat(refused(small, proof(11, 1), in(A_MINUTE)).retryAfter()).isEqualTo(Duration.ofSeconds(1));
        clock.pass(Duration.ofMillis(1));
        assertThat(use(small, 11, 1, in(A_MINUTE))).isEqualTo(1);
        assertThat(small.firstUse(proof(11, 0), in(A_MINUTE))).isFalse();
    }

    @Test
    @Tag("D35")
    void asksNobodyToComeBackLaterThanInAMinute() throws Exception {
        MemoryReplayStore one = store(1);
        assertThat(one.firstUse(proof(1, 1), in(Duration.ofDays(1).toMillis()))).isTrue();
        assertThat(refused(one, proof(2, 1), in(A_MINUTE)).retryAfter()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    @Tag("D35")
    void givesOneClientThreeQuartersAtMostAndOthersTheRest() throws Exception {
        MemoryReplayStore thousand = store(1_000);
        long until = in(A_MINUTE);
        assertThat(use(thousand, 1, 1_000, until)).isEqualTo(750);
        assertThat(thousand.statistics().overQuota()).isEqualTo(1);
        assertThat(thousand.statistics().full()).isZero();
        assertThat(thousand.firstUse(proof(1, 0), until)).as("it is known").isFalse();

        assertThat(use(thousand, 2, 1_000, until)).isEqualTo(188);
        for (int client = 3; client < 60; client++) {
            assertThat(use(thousand, client, 1, until)).as("client %d", client).isEqualTo(1);
        }
        assertThat(refused(thousand, proof(1, 1_000), until).detail()).contains("share");

        clock.pass(Duration.ofMinutes(1));
        assertThat(use(thousand, 1, 1_000, in(A_MINUTE)))
                .as("what is over counts for nobody")
                .isEqualTo(750);
    }

    @Test
    @Tag("D35")
    void refusesNobodyOnAccountOfHisShareWhileAQuarterIsFree() throws Exception {
        MemoryReplayStore thousand = store(1_000);
        for (int client = 0; client < 75; client++) {
            assertThat(use(thousand, client, 10, in(A_MINUTE))).isEqualTo(10);
        }
        assertThat(use(thousand, 75, 1, in(A_MINUTE))).isEqualTo(1);
        assertThat(thousand.statistics().overQuota()).isZero();
    }

    @Test
    @Tag("N25")
    @Tag("D32")
    void forgetsNothingThatLivesWhenTheClockIsSetBack() throws Exception {
        long until = in(A_MINUTE);
        assertThat(store.firstUse(proof(1, 1), until)).isTrue();
        clock.pass(Duration.ofSeconds(30));
        clock.set(Duration.ofMinutes(-5));
        clock.pass(Duration.ofMinutes(4));
        use(store, 2, 50_000, in(1_000));
        assertThat(store.firstUse(proof(1, 1), until)).isFalse();
        assertThat(store.firstUse(proof(1, 2), until)).isTrue();
    }

    @Test
    @Tag("N25")
    @Tag("D32")
    void forgetsNothingThatLivesWhenTheClockIsSetForwardAndBackAgain() throws Exception {
        MemoryReplayStore small = store(1_000);
        long until = in(A_MINUTE);
        assertThat(small.firstUse(proof(1, 1), until)).isTrue();
        clock.set(Duration.ofHours(1));
        use(small, 2, 1_000, in(1_000));
        clock.set(Duration.ofHours(-1));
        assertThat(small.firstUse(proof(1, 1), until)).isFalse();
        clock.pass(Duration.ofSeconds(59));
        assertThat(small.firstUse(proof(1, 1), until)).isFalse();
    }

    /** By a little: what may have been used is not taken, and the next proof is. By much: refusing all for so long is an outage. */
    @Test
    @Tag("N25")
    @Tag("D35")
    void saysThatItCannotTellWhatItForgotBeforeTheClockWasSetBackALittle() throws Exception {
        MemoryReplayStore small = store(1);
        long until = in(A_MINUTE);
        assertThat(small.firstUse(proof(1, 1), until)).isTrue();
        clock.pass(Duration.ofMillis(A_MINUTE));
        assertThat(small.firstUse(proof(2, 1), in(1))).isTrue();
        clock.pass(Duration.ofMillis(1));

        clock.set(Duration.ofMillis(-30_000));
        assertThat(refused(small, proof(1, 1), until).detail()).contains("clock was set back");
        assertThat(small.statistics().doubtful()).isEqualTo(1);
        assertThat(refused(small, proof(3, 1), until + 30_000).detail()).contains("all 1 places");
    }

    /** The digest alone would decide nothing: whoever sends can try so many jti that all begin alike. */
    @Test
    @Tag("D31")
    void spreadsKeysThatWereChosenToBeginAlike() {
        for (long secret : new long[] {0, 42, -7_777_777_777_777_777_777L}) {
            int[] marks = new int[1 << 10];
            for (int i = 0; i < 64 << 10; i++) {
                long hash = MemoryReplayStore.mixed(0x0123_4567_89a0_0000L + i, secret);
                marks[(int) (hash & 1023)]++;
                marks[(int) (hash >>> 32 & 1023)]++;
            }
            // 128 each, and twelve times the deviation that chance has.
            assertThat(Arrays.stream(marks)).allMatch(number -> number > 0 && number < 128 + 12 * 12);
        }
        assertThat(MemoryReplayStore.mixed(1, 42)).isNotEqualTo(MemoryReplayStore.mixed(1, 43));
    }
}
