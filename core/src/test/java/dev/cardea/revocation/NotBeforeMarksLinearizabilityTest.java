package dev.cardea.revocation;

import dev.cardea.interleaving.Interleavings;
import dev.cardea.request.PresentedToken;
import dev.cardea.request.TokenDigest;
import dev.cardea.revocation.NotBeforeMarks.Concerns;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.kotlinx.lincheck.annotations.Operation;
import org.jetbrains.kotlinx.lincheck.annotations.Param;
import org.jetbrains.kotlinx.lincheck.paramgen.IntGen;
import org.junit.jupiter.api.Test;

/**
 * A value that is remembered together with when it was asked for, behind marks: whoever changes the value and then marks cannot be
 * told from somebody who changes what is remembered. There is room for one mark, so that others become one for everything.
 */
public class NotBeforeMarksLinearizabilityTest {
    private static final TokenDigest TOKEN = PresentedToken.of("token").digest();
    private static final Concerns ANSWER = new Concerns(TOKEN, "https://as.example", "alice", "s-1", "shop", "");

    private final AtomicLong nanos = new AtomicLong();
    private final NotBeforeMarks marks = new NotBeforeMarks(nanos::incrementAndGet, Duration.ofDays(1), 1);
    private volatile int written;
    private volatile Remembered remembered = new Remembered(0, nanos.incrementAndGet());

    /** No record: Lincheck does not look into those. */
    private static final class Remembered {
        private final int value;
        private final long asked;

        Remembered(int value, long asked) {
            this.value = value;
            this.asked = asked;
        }
    }

    @Operation
    public void write(@Param(gen = IntGen.class, conf = "1:6") int value) {
        synchronized (this) {
            written = value;
            if (value % 3 == 0) {
                marks.invalidateToken(TOKEN);
            } else if (value % 3 == 1) {
                marks.invalidateSubject("https://as.example", "alice");
            } else {
                marks.invalidateAll();
            }
        }
    }

    @Operation
    public void markSomethingElse() {
        marks.invalidateClient("another");
    }

    @Operation
    public int read() {
        Remembered known = remembered;
        if (!marks.makeOld(known.asked, ANSWER)) {
            return known.value;
        }
        synchronized (this) {
            Remembered asked = new Remembered(written, nanos.incrementAndGet());
            remembered = asked;
            return asked.value;
        }
    }

    /** What is read is what is there. */
    public static class Alone {
        private int written;

        public void write(int value) {
            written = value;
        }

        public void markSomethingElse() {}

        public int read() {
            return written;
        }
    }

    @Test
    void holdsInEveryInterleavingThatIsTried() {
        Interleavings.check(
                NotBeforeMarksLinearizabilityTest.class,
                Alone.class,
                List.of("read, read", "write 1, write 2"),
                List.of("read, read", "markSomethingElse, write 3"),
                List.of("write 1, read, read", "markSomethingElse, read"));
    }

    @Test
    void holdsOnRealThreads() {
        Interleavings.stress(NotBeforeMarksLinearizabilityTest.class, Alone.class);
    }
}
