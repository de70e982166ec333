package dev.cardea.introspection;

import dev.cardea.cache.KeySpace;
import dev.cardea.config.IntrospectionSettings;
import dev.cardea.interleaving.Interleavings;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.request.PresentedToken;
import dev.cardea.revocation.NotBeforeMarks;
import dev.cardea.token.AuthenticClaims;
import dev.cardea.token.Claims;
import dev.cardea.token.Source;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.kotlinx.lincheck.annotations.Operation;
import org.jetbrains.kotlinx.lincheck.annotations.Param;
import org.jetbrains.kotlinx.lincheck.paramgen.IntGen;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Asking through a memory cannot be told from asking the authority, if whoever changes something there marks it here: whatever
 * the age that is accepted, and whether the answer is yes or no. On real threads only: Ehcache has too many places for trying them all.
 */
@Tag("N07")
public class CacheLinearizabilityTest {
    private static final PresentedToken TOKEN = PresentedToken.of("token");
    private static final KeySpace SPACE = KeySpace.of("https://as.example/introspect", "orders-api");
    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    private final AtomicLong nanos = new AtomicLong();
    private final NotBeforeMarks marks = new NotBeforeMarks(nanos::incrementAndGet, Duration.ofHours(1));
    private final CachingIntrospector caching = new CachingIntrospector(
            this::authority,
            SPACE,
            new CachingIntrospector.Tenant("", null),
            new IntrospectionSettings.Cache(Duration.ofMinutes(5), 10, Duration.ofMinutes(5)),
            new CachingIntrospector.Shared(marks, new BackgroundQuestions(), CLOCK, nanos::incrementAndGet, () -> 1));
    private volatile int written = 2;

    private Introspection authority(Question question) {
        long asked = nanos.incrementAndGet();
        int value = written;
        Thread.yield(); // the answer travels
        return value % 2 == 0
                ? new Introspection.Inactive(Source.REMOTE, asked, Introspection.NO_LIMIT)
                : new Introspection.Active(
                        AuthenticClaims.introspected(Claims.of(Map.of("n", value)), Instant.EPOCH),
                        Source.REMOTE,
                        asked,
                        Introspection.NO_LIMIT);
    }

    @Operation
    public void write(@Param(gen = IntGen.class, conf = "1:3") int value) {
        synchronized (this) {
            written = value;
            marks.invalidateToken(TOKEN.digest());
        }
    }

    @Operation
    public int read() throws UndeterminedException {
        return read(Long.MAX_VALUE);
    }

    @Operation
    public int readNothingOld() throws UndeterminedException {
        return read(0);
    }

    private int read(long maxAge) throws UndeterminedException {
        Introspection answer = caching.introspect(Question.of(
                TOKEN, nanos.incrementAndGet(), maxAge, Duration.ofHours(1).toNanos()));
        return answer instanceof Introspection.Active yes
                ? (int) yes.claims().claims().asMap().get("n")
                : 2;
    }

    /** What is read is what is there. */
    public static class Alone {
        private int written = 2;

        public void write(int value) {
            written = value;
        }

        public int read() {
            return written;
        }

        public int readNothingOld() {
            return written;
        }
    }

    @Test
    void holdsOnRealThreads() {
        Interleavings.stress(CacheLinearizabilityTest.class, Alone.class);
    }
}
