package dev.cardea.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.reject.UndeterminedException;
import dev.cardea.token.Source;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What was said before the endpoint could not be asked any more. Each test has the twin that is served. */
class StaleAnswerTest {
    private static final Duration STALE_FOR = Duration.ofMinutes(5);

    private final Remembering setup = new Remembering();
    private final String twin = "twin";

    @BeforeEach
    void learnTheTwin() throws UndeterminedException {
        setup.ask(
                setup.issue(twin, "sub", "bob", "sid", "s-2", "client_id", "other", "exp", setup.epochSecond() + 3600));
    }

    @AfterEach
    void close() {
        setup.close();
    }

    private Introspection.@Nullable Active stale(String token) {
        return setup.caching.stale(setup.about(token), STALE_FOR.toNanos());
    }

    private void assertRefusedUnlikeItsTwin(String token) {
        assertThat(stale(token)).isNull();
        Introspection.Active served = stale(twin);
        assertThat(served).isNotNull();
        assertThat(served.source()).isEqualTo(Source.STALE);
    }

    @Test
    void servesUntilItsTimeIsOverForSoLong() throws Exception {
        String token = setup.issue("good");
        setup.ask(token);
        setup.pass(Remembering.TTL.plus(STALE_FOR));
        Introspection.Active served = stale(token);
        assertThat(served).isNotNull();
        assertThat(served.source()).isEqualTo(Source.STALE);
        assertThat(served.claims().claims().string("sub")).isEqualTo("alice");
        assertThat(setup.asked).as("nobody is asked").hasSize(2);
        setup.pass(Duration.ofNanos(1));
        assertThat(stale(token)).isNull();
        assertThat(setup.caching.statistics().stale()).isEqualTo(1);
    }

    @Test
    void servesARouteThatWouldTakeNothingOldWhileTheEndpointIsUp() throws Exception {
        assertThat(setup.hear(twin, Duration.ZERO)).isEqualTo("yes, REMOTE");
        assertThat(stale(twin)).isNotNull();
    }

    @Test
    @Tag("I15")
    @Tag("N03")
    @Tag("refuses")
    void notOnceTheTokenHasExpired() throws Exception {
        String token = setup.issue("short", "exp", setup.epochSecond() + 40);
        setup.ask(token);
        setup.pass(Duration.ofSeconds(40).minusNanos(1));
        assertThat(stale(token)).isNotNull();
        setup.pass(Duration.ofNanos(1));
        assertRefusedUnlikeItsTwin(token);
        setup.clock.pass(Duration.ofMinutes(-5));
        assertRefusedUnlikeItsTwin(token);
    }

    @Test
    void notOneThatWasNeverActiveOrNeverSeen() throws Exception {
        setup.ask("unknown");
        assertRefusedUnlikeItsTwin("unknown");
        assertRefusedUnlikeItsTwin("never-seen");
    }

    @Test
    void notOneThatIsNoLongerActive() throws Exception {
        String token = setup.issue("revoked");
        setup.ask(token);
        setup.pass(Remembering.TTL);
        assertThat(stale(token)).isNotNull();
        setup.tokens.remove(token);
        setup.ask(token);
        setup.pass(Remembering.NEGATIVE_TTL);
        assertRefusedUnlikeItsTwin(token);
    }

    @Test
    void notOneThatSomebodyHasInvalidated() throws Exception {
        String token = setup.issue("good", "sid", "s-1");
        setup.ask(token);
        setup.pass(Duration.ofSeconds(1));
        assertThat(stale(token)).isNotNull();
        setup.marks.invalidateSession("s-1");
        assertRefusedUnlikeItsTwin(token);
        setup.marks.invalidateAll();
        assertThat(stale(twin)).isNull();
    }

    @Test
    void notAnAnswerThatSaidThatItMustNotBeKept() throws Exception {
        setup.keepNanos = 0;
        String token = setup.issue("good");
        setup.ask(token);
        assertRefusedUnlikeItsTwin(token);
    }
}
