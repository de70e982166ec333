package dev.cardea.introspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cardea.config.IntrospectionSettings;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.request.PresentedToken;
import dev.cardea.testkit.Endpoint;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** For how long an answer serves: by the question, by the settings, by itself, and never beyond the token. */
@Timeout(60)
class AnswerAgeTest {
    private final Remembering setup = new Remembering();

    @AfterEach
    void close() {
        setup.close();
    }

    @Test
    @Tag("N02")
    @Tag("accepts")
    void eachQuestionSaysHowOldTheOneSharedAnswerMayBe() throws Exception {
        for (String token : new String[] {setup.issue("good"), "unknown"}) {
            String word = token.equals("good") ? "yes, " : "no, ";
            assertThat(setup.hear(token)).isEqualTo(word + "REMOTE");
            setup.pass(Duration.ofSeconds(3));
            assertThat(setup.hear(token, Duration.ofSeconds(3))).isEqualTo(word + "REMOTE");
            setup.pass(Duration.ofSeconds(3));
            assertThat(setup.hear(token, Duration.ofSeconds(3).plusNanos(1))).isEqualTo(word + "CACHE");
            assertThat(setup.hear(token)).as("asked for by another").isEqualTo(word + "CACHE");
            assertThat(setup.asked).hasSize(2);
            setup.asked.clear();
        }
    }

    @Test
    @Tag("N02")
    void aQuestionThatTakesNothingOldIsAskedEachTimeAndItsAnswerServesOthers() throws Exception {
        String token = setup.issue("good");
        for (int i = 1; i <= 3; i++) {
            assertThat(setup.hear(token, Duration.ZERO)).isEqualTo("yes, REMOTE");
            assertThat(setup.hear(token)).isEqualTo("yes, CACHE");
            assertThat(setup.asked).hasSize(i);
        }
        setup.tokens.remove(token);
        assertThat(setup.hear(token)).isEqualTo("yes, CACHE");
        assertThat(setup.hear(token, Duration.ZERO)).isEqualTo("no, REMOTE");
        assertThat(setup.hear(token)).isEqualTo("no, CACHE");
    }

    @Test
    @Tag("N02")
    void noQuestionMakesAnAnswerServeLongerThanTheSettingsSay() throws Exception {
        String token = setup.issue("good");
        setup.ask(token);
        setup.pass(Remembering.TTL.minusNanos(1));
        assertThat(setup.hear(token, Duration.ofHours(1))).isEqualTo("yes, CACHE");
        setup.pass(Duration.ofNanos(1));
        assertThat(setup.hear(token, Duration.ofHours(1))).isEqualTo("yes, REMOTE");
    }

    @Test
    @Tag("I16")
    void theTimeMayDifferForClients() throws Exception {
        Map<String, Duration> tiers = Map.of("batch", Duration.ofMinutes(5), "bank", Duration.ZERO);
        try (Remembering tiered = new Remembering(new IntrospectionSettings.Cache(
                Remembering.TTL, tiers, 100, Remembering.NEGATIVE_TTL, Duration.ZERO, 0, false))) {
            tiered.issue("batch", "client_id", "batch");
            tiered.issue("bank", "client_id", "bank");
            tiered.issue("shop", "client_id", "shop");
            tiered.issue("nobody");
            tiered.issue("odd", "client_id", 7);
            for (String token : tiered.tokens.keySet()) {
                tiered.ask(token);
            }
            assertThat(tiered.hear("bank")).isEqualTo("yes, REMOTE");
            assertThat(tiered.hear("shop")).isEqualTo("yes, CACHE");
            tiered.pass(Remembering.TTL);
            assertThat(tiered.hear("batch")).isEqualTo("yes, CACHE");
            assertThat(tiered.hear("shop")).isEqualTo("yes, REMOTE");
            assertThat(tiered.hear("nobody")).isEqualTo("yes, REMOTE");
            assertThat(tiered.hear("odd")).isEqualTo("yes, REMOTE");
        }
    }

    @Test
    @Tag("I16")
    void anAnswerMayShortenItsOwnTimeAndNotLengthenIt() throws Exception {
        for (String token : new String[] {setup.issue("good"), "unknown"}) {
            setup.keepNanos = Duration.ofSeconds(2).toNanos();
            setup.ask(token);
            setup.pass(Duration.ofSeconds(2).minusNanos(1));
            assertThat(setup.hear(token)).endsWith("CACHE");
            setup.pass(Duration.ofNanos(1));
            setup.keepNanos = Duration.ofHours(1).toNanos();
            assertThat(setup.hear(token)).endsWith("REMOTE");
            setup.pass(token.equals("good") ? Remembering.TTL : Remembering.NEGATIVE_TTL);
            assertThat(setup.hear(token)).endsWith("REMOTE");
        }
    }

    @Test
    @Tag("I16")
    void whatIsNotToBeKeptIsNot() throws Exception {
        for (String token : new String[] {setup.issue("good"), "unknown"}) {
            setup.keepNanos = 0;
            setup.ask(token);
            assertThat(setup.hear(token)).endsWith("REMOTE");
            assertThat(setup.caching.statistics().active()).isZero();
        }
        assertThat(setup.caching.stale(setup.about("good"), Long.MAX_VALUE / 2)).isNull();
    }

    /** Seconds for which the answer serves, of 30. */
    @ParameterizedTest
    @Tag("I16")
    @CsvSource({
        "'max-age=10', false, 10",
        "'private, max-age=10', true, 10",
        "'max-age=900', false, 30",
        "'max-age=0', false, 30",
        "'max-age=0', true, 0",
        "'no-store', false, 30",
        "'no-store', true, 0",
        "'no-cache, max-age=5', false, 5",
        "'max-age=0, max-age=5', false, 5",
        "'no-cache', true, 0",
        "'no-store, max-age=10', true, 0",
        "'public', true, 30",
    })
    void headerFieldsOfTheAnswerCount(String cacheControl, boolean respectNoStore, int seconds) throws Exception {
        try (Introspecting http = new Introspecting()) {
            IntrospectionSettings.Cache settings = new IntrospectionSettings.Cache(
                    Remembering.TTL, Map.of(), 10, Remembering.NEGATIVE_TTL, Duration.ZERO, 0, respectNoStore);
            CachingIntrospector caching = http.caching(http.remote(settings), settings);
            http.as.fail(Endpoint.INTROSPECTION, right -> right.withHeader("Cache-Control", cacheControl));
            PresentedToken token = PresentedToken.of(http.as.issueOpaque("orders:read"));
            caching.introspect(http.about(token));
            if (seconds > 0) {
                http.pass(Duration.ofSeconds(seconds).minusMillis(1));
                assertThat(Remembering.words(caching.introspect(http.about(token))))
                        .isEqualTo("yes, CACHE");
                http.pass(Duration.ofMillis(1));
            }
            assertThat(Remembering.words(caching.introspect(http.about(token)))).isEqualTo("yes, REMOTE");
        }
    }

    @Test
    @Tag("N25")
    @Tag("I15")
    void aClockThatIsSetBackProlongsNoAnswerBeyondTheTokensExpiry() throws Exception {
        String token = setup.issue("short", "exp", setup.epochSecond() + 2);
        String twin = setup.issue("long", "exp", setup.epochSecond() + 3600);
        setup.ask(token);
        setup.ask(twin);
        setup.clock.pass(Duration.ofMinutes(-5));
        setup.pass(Duration.ofSeconds(2).minusNanos(1));
        assertThat(setup.hear(token)).isEqualTo("yes, CACHE");
        setup.pass(Duration.ofNanos(1));
        setup.tokens.remove(token);

        assertThat(setup.hear(token)).isEqualTo("no, REMOTE");
        assertThat(setup.hear(twin)).isEqualTo("yes, CACHE");
    }

    @Test
    @Tag("N25")
    @Tag("I15")
    void aClockThatWasBehindAndIsSetRightDoesNeither() throws Exception {
        setup.clock.pass(Duration.ofMinutes(-5));
        String token = setup.issue("short", "exp", setup.epochSecond() + 300 + 2);
        setup.ask(token);
        assertThat(setup.hear(token)).isEqualTo("yes, CACHE");
        setup.clock.pass(Duration.ofMinutes(5));
        assertThat(setup.hear(token)).isEqualTo("yes, CACHE");
        setup.pass(Duration.ofSeconds(2));
        assertThat(setup.hear(token)).isEqualTo("yes, REMOTE");
    }

    @Test
    @Tag("N25")
    void aClockThatIsSetForwardOrBackCostsNoRememberedAnswerItsTime() throws Exception {
        String token = setup.issue("good", "exp", setup.epochSecond() + 3600);
        setup.ask(token);
        setup.ask("unknown");
        for (int minutes : new int[] {5, -10, 5}) {
            setup.clock.pass(Duration.ofMinutes(minutes));
            assertThat(setup.hear(token)).isEqualTo("yes, CACHE");
            assertThat(setup.hear("unknown")).isEqualTo("no, CACHE");
        }
        setup.pass(Remembering.TTL);
        assertThat(setup.hear(token)).isEqualTo("yes, REMOTE");
    }

    /** An end of the day that a long cannot hold in nanoseconds. */
    @Test
    @Tag("I15")
    void aTokenThatNeverExpiresServesAsLongAsOthers() throws Exception {
        String token = setup.issue("eternal", "exp", 253_402_300_799L);
        setup.ask(token);
        assertThat(setup.hear(token)).isEqualTo("yes, CACHE");
        setup.pass(Remembering.TTL);
        assertThat(setup.hear(token)).isEqualTo("yes, REMOTE");
    }

    @Test
    void saysWhatIsKnownOfTheTokenThatIsAskedAbout() throws Exception {
        String token = setup.issue("good");
        setup.ask(token);
        setup.pass(Remembering.TTL);
        setup.ask(token);
        setup.tokens.remove(token);
        setup.pass(Remembering.TTL);
        setup.ask(token);
        setup.pass(Remembering.TTL);
        setup.ask(token);

        assertThat(setup.asked)
                .extracting(Question::kind)
                .containsExactly(Question.Kind.NEW, Question.Kind.KNOWN, Question.Kind.KNOWN, Question.Kind.NEW);
    }

    @Test
    void countsWhatItDoes() throws Exception {
        String token = setup.issue("good");
        setup.ask(token);
        setup.ask(token);
        setup.ask(token);
        setup.ask("unknown");
        setup.ask("unknown");
        setup.pass(Remembering.TTL);
        setup.authority = Remembering.down();
        assertThatThrownBy(() -> setup.ask(token)).isInstanceOf(UndeterminedException.class);
        setup.caching.stale(setup.about(token), Duration.ofSeconds(1).toNanos());

        assertThat(setup.caching.statistics()).isEqualTo(new CacheStatistics(2, 1, 3, 0, 1, 0, 0, 0, 1, 1));
    }
}
