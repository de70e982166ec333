package dev.cardea.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration FIRST = Duration.ofMillis(50);
    private static final Duration MOST = Duration.ofMillis(500);

    @Test
    void doublesItsBoundUpToTheMost() {
        Backoff longest = new Backoff(FIRST, MOST, bound -> bound - 1);
        assertThat(longest.after(1)).isEqualTo(FIRST);
        assertThat(longest.after(2)).isEqualTo(FIRST.multipliedBy(2));
        assertThat(longest.after(4)).isEqualTo(FIRST.multipliedBy(8));
        assertThat(longest.after(5)).isEqualTo(MOST);
        assertThat(longest.after(1_000)).isEqualTo(MOST);
        assertThat(new Backoff(MOST, FIRST, bound -> bound - 1).after(1)).isEqualTo(FIRST);
        assertThat(new Backoff(Duration.ZERO, MOST, bound -> bound - 1).after(9))
                .isEqualTo(Duration.ZERO);
    }

    /** Full jitter: from nothing on, and every part of the range as often as another. */
    @Test
    void scattersOverAllOfIt() {
        Random random = new Random(4);
        Backoff backoff = new Backoff(FIRST, MOST, bound -> (long) (random.nextDouble() * bound));
        int[] tenths = new int[10];
        for (int i = 0; i < 10_000; i++) {
            long nanos = backoff.after(3).toNanos();
            tenths[(int) (nanos * 10 / (FIRST.toNanos() * 4 + 1))]++;
        }
        assertThat(Arrays.stream(tenths).min().orElseThrow()).isGreaterThan(850);
    }
}
