package dev.cardea.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitedLogTest {
    private enum Cause {
        DOWN,
        REFUSED
    }

    private final RecordedLog recorded = new RecordedLog();
    private long nanos = Long.MAX_VALUE - 5; // System.nanoTime may start anywhere and wrap around
    private final RateLimitedLog log = new RateLimitedLog(recorded, () -> nanos);

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void writesTheFirstFailureAtOnceAndTheRestOnceAMinuteWithTheirNumber() {
        for (int i = 0; i < 6; i++) {
            log.failed(Level.WARNING, Cause.DOWN, "down");
            pass(Duration.ofSeconds(10));
        }
        assertThat(recorded.lines()).containsExactly("WARNING down");

        log.failed(Level.WARNING, Cause.DOWN, "down");
        assertThat(recorded.lines())
                .containsExactly("WARNING down", "WARNING down (and 5 more of the kind since the last such line)");
    }

    @Test
    void countsCausesApart() {
        log.failed(Level.WARNING, Cause.DOWN, "down");
        log.failed(Level.ERROR, Cause.REFUSED, "refused");
        log.failed(Level.ERROR, Cause.REFUSED, "refused");

        assertThat(recorded.lines()).containsExactly("WARNING down", "ERROR refused");
    }

    @Test
    void saysOnceThatItWorksAgain() {
        log.works("works");
        assertThat(recorded.lines()).isEmpty();

        log.failed(Level.WARNING, Cause.DOWN, "down");
        log.works("works");
        log.works("works");
        assertThat(recorded.lines()).containsExactly("WARNING down", "INFO works");
    }

    @Test
    void writesNoMoreWhenSomethingFailsEveryOtherTime() {
        for (int i = 0; i < 59; i++) {
            log.failed(Level.WARNING, Cause.DOWN, "down");
            log.works("works");
            pass(Duration.ofSeconds(1));
        }
        assertThat(recorded.lines()).containsExactly("WARNING down", "INFO works");

        pass(Duration.ofSeconds(1));
        log.failed(Level.WARNING, Cause.DOWN, "down");
        log.works("works");
        assertThat(recorded.lines()).hasSize(4).last().isEqualTo("INFO works");
    }
}
