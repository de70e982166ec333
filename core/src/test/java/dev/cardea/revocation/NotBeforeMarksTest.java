package dev.cardea.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.request.PresentedToken;
import dev.cardea.request.TokenDigest;
import dev.cardea.revocation.NotBeforeMarks.Concerns;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class NotBeforeMarksTest {
    private static final Duration MEMORY = Duration.ofMinutes(1);
    private static final TokenDigest TOKEN = PresentedToken.of("token").digest();
    private static final Concerns ANSWER = new Concerns(TOKEN, "https://as.example", "alice", "s-1", "shop", "");

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final NotBeforeMarks marks = new NotBeforeMarks(nanos::get, MEMORY);

    private long later() {
        return nanos.incrementAndGet();
    }

    @TestFactory
    Iterable<DynamicTest> aMarkMakesOldWhatItIsAboutAndNothingElse() {
        Map<String, Consumer<NotBeforeMarks>> its = new TreeMap<>(Map.of(
                "token", m -> m.invalidateToken(TOKEN),
                "subject", m -> m.invalidateSubject("https://as.example", "alice"),
                "subject of any issuer", m -> m.invalidateSubject(null, "alice"),
                "session", m -> m.invalidateSession("s-1"),
                "client", m -> m.invalidateClient("shop"),
                "issuer", m -> m.invalidateIssuer("https://as.example"),
                "tenant", m -> m.invalidateTenant(""),
                "all", NotBeforeMarks::invalidateAll));
        Map<String, Consumer<NotBeforeMarks>> others = new TreeMap<>(Map.of(
                "token", m -> m.invalidateToken(PresentedToken.of("other").digest()),
                "subject", m -> m.invalidateSubject("https://as.example", "bob"),
                "subject of any issuer", m -> m.invalidateSubject("https://other.example", "alice"),
                "session", m -> m.invalidateSession("alice"),
                "client", m -> m.invalidateClient("https://as.example"),
                "issuer", m -> m.invalidateIssuer("https://as.example/"),
                "tenant", m -> m.invalidateTenant("partner"),
                "all", m -> m.invalidateTenant("shop")));
        return its.keySet().stream()
                .map(kind -> DynamicTest.dynamicTest(kind, () -> {
                    assertAbout(its.get(kind), true);
                    assertAbout(others.get(kind), false);
                }))::iterator;
    }

    private static void assertAbout(Consumer<NotBeforeMarks> invalidation, boolean concerned) {
        AtomicLong time = new AtomicLong(Long.MAX_VALUE - 5);
        NotBeforeMarks fresh = new NotBeforeMarks(time::get, MEMORY);
        long before = time.get();
        assertThat(fresh.makeOld(before, ANSWER)).isFalse();
        time.addAndGet(10);
        invalidation.accept(fresh);
        assertThat(fresh.makeOld(before, ANSWER)).isEqualTo(concerned);
        assertThat(fresh.makeOld(time.get(), ANSWER)).as("at the same time").isEqualTo(concerned);
        assertThat(fresh.makeOld(time.get() + 1, ANSWER)).as("asked for later").isFalse();
    }

    @Test
    void anAnswerThatSaysLittleIsOldByWhatItSays() {
        Concerns silent = new Concerns(TOKEN, null, null, null, null, "");
        long asked = later();
        later();
        marks.invalidateSubject(null, "alice");
        marks.invalidateSession("s-1");
        marks.invalidateClient("shop");
        marks.invalidateIssuer("https://as.example");
        assertThat(marks.makeOld(asked, silent)).isFalse();
        assertThat(marks.makeOld(asked, ANSWER)).isTrue();

        marks.invalidateToken(TOKEN);
        assertThat(marks.makeOld(asked, silent)).isTrue();
    }

    @Test
    void theNewestMarkOfOneThingCounts() {
        marks.invalidateClient("shop");
        long between = later();
        later();
        marks.invalidateClient("shop");
        assertThat(marks.size()).isEqualTo(1);
        assertThat(marks.makeOld(between, ANSWER)).isTrue();
    }

    @Test
    void anAnswerThatIsYoungerThanEveryMarkIsToldByOneLook() {
        marks.invalidateClient("another");
        assertThat(marks.isAnySince(nanos.get())).isTrue();
        assertThat(marks.isAnySince(nanos.get() + 1)).isFalse();
    }

    @Test
    void theOldestMarksMakeRoomAndNoneIsLost() {
        NotBeforeMarks three = new NotBeforeMarks(nanos::get, MEMORY, 3);
        long first = later();
        three.invalidateSubject(null, "alice");
        long second = later();
        for (String client : new String[] {"a", "b", "c"}) {
            later();
            three.invalidateClient(client);
        }
        assertThat(three.size()).isEqualTo(3);
        assertThat(three.makeOld(first, ANSWER)).as("marked").isTrue();
        Concerns stranger = new Concerns(TOKEN, null, "bob", null, null, "");
        assertThat(three.makeOld(first, stranger)).as("asked again for nothing").isTrue();
        assertThat(three.makeOld(second, stranger)).isFalse();
        assertThat(three.makeOld(second, new Concerns(TOKEN, null, null, null, "a", "")))
                .isTrue();
    }

    @Test
    void aMarkThatIsSetAgainIsNotTheOldest() {
        NotBeforeMarks two = new NotBeforeMarks(nanos::get, MEMORY, 2);
        two.invalidateClient("a");
        later();
        two.invalidateClient("b");
        later();
        two.invalidateClient("a");
        long asked = later();
        later();
        two.invalidateClient("c");
        assertThat(two.makeOld(asked, new Concerns(TOKEN, null, null, null, "b", "")))
                .as("made room, long ago")
                .isFalse();
        assertThat(two.makeOld(asked - 1, new Concerns(TOKEN, null, null, null, "a", "")))
                .isTrue();
    }

    @Test
    void whatNoAnswerCanBeAsOldAsIsDropped() {
        for (int i = 0; i < 10; i++) {
            marks.invalidateClient("client " + i);
        }
        nanos.addAndGet(MEMORY.toNanos());
        marks.invalidateClient("last in time");
        assertThat(marks.size()).isEqualTo(11);
        nanos.incrementAndGet();
        marks.invalidateClient("one more");
        assertThat(marks.size()).isEqualTo(2);
        assertThat(marks.makeOld(nanos.get() - 1, new Concerns(TOKEN, null, null, null, "client 1", "")))
                .as("and not for everything")
                .isFalse();
    }

    @Test
    void everythingIsOneMark() {
        marks.invalidateClient("a");
        marks.invalidateAll();
        assertThat(marks.size()).isZero();
        assertThat(marks.makeOld(nanos.get(), ANSWER)).isTrue();
    }
}
