package dev.cardea.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long PERIOD = 30;

    private final AtomicLong nanos = new AtomicLong(1_000);
    private final TokenBucket bucket = new TokenBucket(2, PERIOD, nanos.get());

    @Test
    void isFullAtFirstAndEarnsOnePerPeriod() {
        assertThat(bucket.tryTake(nanos.get())).isTrue();
        assertThat(bucket.tryTake(nanos.get())).isTrue();
        assertThat(bucket.tryTake(nanos.get())).isFalse();

        nanos.addAndGet(PERIOD - 1);
        assertThat(bucket.tryTake(nanos.get())).isFalse();
        nanos.addAndGet(1);
        assertThat(bucket.tryTake(nanos.get())).isTrue();
        assertThat(bucket.tryTake(nanos.get())).isFalse();
    }

    @Test
    void keepsThePartOfAPeriodThatHasPassed() {
        bucket.tryTake(nanos.get());
        bucket.tryTake(nanos.get());
        nanos.addAndGet(PERIOD + PERIOD / 2);
        assertThat(bucket.tryTake(nanos.get())).isTrue();

        nanos.addAndGet(PERIOD / 2);
        assertThat(bucket.tryTake(nanos.get())).isTrue();
        assertThat(bucket.tryTake(nanos.get())).isFalse();
    }

    @Test
    void holdsNoMoreThanItsCapacity() {
        nanos.addAndGet(1_000 * PERIOD);
        bucket.giveBack();
        assertThat(bucket.tryTake(nanos.get())).isTrue();
        assertThat(bucket.tryTake(nanos.get())).isTrue();
        assertThat(bucket.tryTake(nanos.get())).isFalse();

        bucket.giveBack();
        assertThat(bucket.tryTake(nanos.get())).isTrue();
        assertThat(bucket.tryTake(nanos.get())).isFalse();
    }

    /** A full bucket earns nothing, so its period begins when the first permit is taken. */
    @Test
    void whatIsEarnedWhileItIsFullIsLost() {
        nanos.addAndGet(10 * PERIOD + PERIOD - 1);
        bucket.tryTake(nanos.get());
        bucket.tryTake(nanos.get());
        nanos.addAndGet(1);
        assertThat(bucket.tryTake(nanos.get())).isFalse();
        nanos.addAndGet(PERIOD - 1);
        assertThat(bucket.tryTake(nanos.get())).isTrue();
    }

    /** In any time, no more than the capacity and one per period of it; and never fewer than one per two periods asked. */
    @Test
    void givesAwayNoMoreThanItEarns() {
        Random random = new Random(30);
        long begun = nanos.get();
        int taken = 0;
        for (int i = 0; i < 10_000; i++) {
            nanos.addAndGet(random.nextInt((int) PERIOD));
            taken += bucket.tryTake(nanos.get()) ? 1 : 0;
            long earned = (nanos.get() - begun) / PERIOD;
            assertThat((long) taken).isLessThanOrEqualTo(2 + earned).isGreaterThanOrEqualTo(earned / 2);
        }
    }
}
