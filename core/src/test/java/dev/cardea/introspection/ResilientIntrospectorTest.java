package dev.cardea.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.introspection.Trouble.Cause;
import dev.cardea.reject.Uncertainty;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.resilience.CircuitBreaker.State;
import dev.cardea.resilience.Gate;
import dev.cardea.resilience.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class ResilientIntrospectorTest {
    private final Scripted endpoint = new Scripted();

    private static Trouble trouble(Cause cause) {
        return new Trouble(cause, "as told");
    }

    private State state() {
        return endpoint.gate.read().state();
    }

    private static UndeterminedException failure(@Nullable UndeterminedException failure) {
        assertThat(failure).isNotNull();
        return failure;
    }

    // Trying again

    @ParameterizedTest
    @EnumSource(
            value = Cause.class,
            names = {"UNREACHABLE", "FAILING"})
    @Tag("N10")
    void triesAgainWhatMayHavePassedAndSaysNothingOfIt(Cause cause) throws Exception {
        endpoint.failing(trouble(cause), 1);
        assertThat(endpoint.introspector.introspect(endpoint.question())).isInstanceOf(Introspection.Inactive.class);
        assertThat(endpoint.calls).hasValue(2);
        assertThat(endpoint.pauses).containsExactly(Duration.ofMillis(50));
        assertThat(endpoint.gate.read().retries()).isEqualTo(1);
        assertThat(endpoint.log.lines()).isEmpty();
        assertThat(endpoint.troubles.lines()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Cause.class,
            names = {"UNREACHABLE", "FAILING"},
            mode = EnumSource.Mode.EXCLUDE)
    @Tag("I07")
    @Tag("I08")
    @Tag("I09")
    @Tag("I21")
    @Tag("N09")
    void asksOnceWhereAnotherAttemptWouldDoNoBetter(Cause cause) {
        endpoint.failing(trouble(cause), 1);
        UndeterminedException e = failure(endpoint.ask());
        assertThat(e.uncertainty()).isEqualTo(cause.uncertainty());
        assertThat(e.detail()).isEqualTo("as told");
        assertThat(endpoint.calls).hasValue(1);
        assertThat(endpoint.pauses).isEmpty();
    }

    @Test
    void waitsLongerEachTimeAndMakesNoMoreAttemptsThanSet() {
        Scripted patient = new Scripted(4, 64, 0);
        patient.failing(trouble(Cause.FAILING));
        assertThat(failure(patient.ask()).detail()).isEqualTo("as told");
        assertThat(patient.calls).hasValue(4);
        assertThat(patient.pauses).containsExactly(Duration.ofMillis(50), Duration.ofMillis(80), Duration.ofMillis(80));
        assertThat(patient.troubles.lines()).hasSize(1);
    }

    @Test
    @Tag("N11")
    @Tag("N25")
    void neverBeyondTheDeadline() {
        endpoint.failing(trouble(Cause.UNREACHABLE));
        endpoint.taking(Duration.ofMillis(1_700));
        failure(endpoint.ask());
        assertThat(endpoint.calls).as("time for a pause and another attempt").hasValue(2);

        endpoint.taking(Duration.ofMillis(1_800));
        failure(endpoint.ask());
        assertThat(endpoint.calls).as("none").hasValue(3);
        assertThat(endpoint.pauses).hasSize(1);
    }

    @Test
    @Tag("N11")
    void aQuestionWhoseTimeIsUsedUpIsNotAsked() throws Exception {
        Question early = endpoint.question();
        endpoint.pass(Scripted.TIMEOUT.multipliedBy(9).dividedBy(10));
        endpoint.introspector.introspect(early);
        endpoint.pass(Duration.ofNanos(1));
        Question late = Scripted.question("token", endpoint.nanos.get() - Scripted.TIMEOUT.toNanos() * 9 / 10 - 1);
        try {
            endpoint.introspector.introspect(late);
        } catch (UndeterminedException e) {
            assertThat(e.uncertainty()).isEqualTo(Uncertainty.INTROSPECTION_UNAVAILABLE);
        }
        assertThat(endpoint.calls).hasValue(1);
    }

    @Test
    void anInterruptionEndsTheWaitIsKeptAndIsNobodysFault() {
        endpoint.failing(trouble(Cause.UNREACHABLE));
        endpoint.sleeping(pause -> {
            throw new InterruptedException();
        });
        failure(endpoint.ask());
        assertThat(Thread.interrupted()).isTrue();
        assertThat(endpoint.calls).hasValue(1);

        endpoint.failing(trouble(Cause.GIVEN_UP));
        for (int i = 0; i < 100; i++) {
            failure(endpoint.ask());
        }
        assertThat(endpoint.gate.read().failures()).isEqualTo(1);
        assertThat(state()).isEqualTo(State.CLOSED);
    }

    // The breaker

    @Test
    @Tag("N10")
    void leavesADeadEndpointAloneAndFindsOutWithOneCallAtATime() {
        endpoint.failing(trouble(Cause.UNREACHABLE));
        for (int i = 0; i < 1_000; i++) {
            failure(endpoint.ask());
        }
        assertThat(endpoint.calls).hasValue(Scripted.FAILURES);
        assertThat(state()).isEqualTo(State.OPEN);
        UndeterminedException e = failure(endpoint.ask());
        assertThat(e.uncertainty()).isEqualTo(Uncertainty.INTROSPECTION_UNAVAILABLE);
        assertThat(e.retryAfter()).isEqualTo(Scripted.OPEN_FOR);
        assertThat(e.detail()).contains("https://as.example/introspect", "circuit breaker");

        endpoint.pass(Scripted.OPEN_FOR);
        for (int i = 0; i < 1_000; i++) {
            failure(endpoint.ask());
        }
        assertThat(endpoint.calls).as("a probe is not tried again").hasValue(Scripted.FAILURES + 1);

        endpoint.failing(null);
        endpoint.pass(Scripted.OPEN_FOR);
        assertThat(endpoint.ask()).isNull();
        assertThat(state()).isEqualTo(State.CLOSED);
        assertThat(endpoint.log.lines())
                .satisfiesExactly(
                        opened -> assertThat(opened)
                                .startsWith("WARNING")
                                .contains("https://as.example/introspect", "5 of the last 20", "as told")
                                .contains("cardea.introspection.breaker"),
                        closed -> assertThat(closed).startsWith("INFO").contains("answers again"));
    }

    @Test
    @Tag("N10")
    void anHourOfOutageIsOneCallPerInterval() {
        endpoint.failing(trouble(Cause.FAILING));
        endpoint.taking(Duration.ZERO);
        for (int tenth = 0; tenth < 36_000; tenth++) {
            failure(endpoint.ask());
            endpoint.pass(Duration.ofMillis(100));
        }
        assertThat(endpoint.calls).hasValueBetween(700, Scripted.FAILURES + 720);
        assertThat(endpoint.log.lines()).as("one line, not one per interval").hasSize(1);
        assertThat(endpoint.gate.read().opened()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Cause.class,
            names = {"UNREACHABLE", "FAILING", "TOO_SLOW"},
            mode = EnumSource.Mode.EXCLUDE)
    @Tag("I07")
    @Tag("I08")
    @Tag("I09")
    @Tag("N10")
    void whoAnswersIsAliveWhateverTheAnswer(Cause cause) {
        for (int i = 0; i < 100; i++) {
            endpoint.failing(trouble(cause));
            failure(endpoint.ask());
            endpoint.pass(Duration.ofMinutes(5)); // a pause, if it asked for one
        }
        assertThat(endpoint.calls).hasValue(100);
        assertThat(state()).isEqualTo(State.CLOSED);
        assertThat(endpoint.gate.read().failures()).isZero();
    }

    @Test
    @Tag("I08")
    @Tag("N10")
    void aRefusalClosesTheBreaker() {
        endpoint.failing(trouble(Cause.FAILING));
        for (int i = 0; i < 5; i++) {
            failure(endpoint.ask());
        }
        assertThat(state()).isEqualTo(State.OPEN);
        endpoint.pass(Scripted.OPEN_FOR);
        endpoint.failing(trouble(Cause.CREDENTIALS_REFUSED));
        failure(endpoint.ask());
        assertThat(state()).isEqualTo(State.CLOSED);
    }

    @Test
    @Tag("N11")
    void slownessOpensItButNotThatOfQuestionsThatCameLate() throws Exception {
        endpoint.failing(trouble(Cause.TOO_SLOW));
        for (int i = 0; i < 100; i++) {
            askLate();
        }
        assertThat(endpoint.calls).hasValue(100);
        assertThat(state()).isEqualTo(State.CLOSED);
        for (int i = 0; i < 100; i++) {
            failure(endpoint.ask());
        }
        assertThat(endpoint.calls).hasValue(100 + Scripted.FAILURES);
        assertThat(state()).isEqualTo(State.OPEN);
    }

    private void askLate() {
        long late = endpoint.nanos.get() - Scripted.TIMEOUT.toNanos() / 2 - 1;
        try {
            endpoint.introspector.introspect(Scripted.question("token", late));
        } catch (UndeterminedException e) {
            assertThat(e.detail()).isEqualTo("as told");
        }
    }

    // What the endpoint asks for

    @Test
    @Tag("N09")
    void asksNobodyForAsLongAsItWasAskedTo() {
        endpoint.failing(new Trouble(Cause.OVERLOADED, "429", Duration.ofSeconds(7)), 1);
        assertThat(failure(endpoint.ask()).retryAfter()).isEqualTo(Duration.ofSeconds(7));
        endpoint.pass(Duration.ofSeconds(3));
        for (Question.Kind kind : Question.Kind.values()) {
            assertThat(failure(endpoint.ask(kind)).retryAfter()).isEqualTo(Duration.ofSeconds(4));
        }
        assertThat(endpoint.calls).hasValue(1);
        assertThat(state()).isEqualTo(State.CLOSED);

        endpoint.pass(Duration.ofSeconds(4));
        assertThat(endpoint.ask()).isNull();
    }

    @Test
    @Tag("N09")
    void a429WithoutATimeIsAPauseToo() {
        endpoint.failing(trouble(Cause.OVERLOADED), 1);
        failure(endpoint.ask());
        assertThat(failure(endpoint.ask()).retryAfter()).isEqualTo(UndeterminedException.DEFAULT_RETRY_AFTER);
        assertThat(endpoint.calls).hasValue(1);
    }

    @Test
    @Tag("N09")
    void a503ThatNamesATimeIsNotTriedAgainBeforeIt() {
        endpoint.failing(new Trouble(Cause.FAILING, "503", Duration.ofSeconds(60)), 1);
        assertThat(failure(endpoint.ask()).retryAfter()).isEqualTo(Duration.ofSeconds(60));
        endpoint.pass(Duration.ofSeconds(59));
        failure(endpoint.ask());
        assertThat(endpoint.calls).hasValue(1);
        endpoint.pass(Duration.ofSeconds(1));
        assertThat(endpoint.ask()).isNull();
    }

    // Limits

    @Test
    @Tag("N06")
    void keepsAShareForKnownTokensAndWarnsOnceAMinute() {
        Scripted limited = new Scripted(1, 64, 8);
        limited.taking(Duration.ZERO);
        for (int i = 0; i < 6; i++) {
            assertThat(limited.ask()).isNull();
        }
        UndeterminedException e = failure(limited.ask());
        assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(e.uncertainty()).as("not an outage").isEqualTo(Uncertainty.INTROSPECTION_LIMITED);
        failure(limited.ask());
        assertThat(limited.ask(Question.Kind.KNOWN)).isNull();
        assertThat(limited.ask(Question.Kind.REFRESH)).isNull();
        failure(limited.ask(Question.Kind.KNOWN));
        assertThat(limited.calls).hasValue(8);
        assertThat(limited.log.lines()).singleElement().satisfies(line -> assertThat(line)
                .contains("cardea.introspection.rate-limit"));
    }

    @Test
    @Tag("N11")
    void aFullBulkheadIsToldOnceAMinute() throws Exception {
        Scripted narrow = new Scripted(1, 1, 0);
        try (Gate.Pass only = narrow.gate.enter(Standing.KNOWN)) {
            assertThat(only.succeeded()).isFalse();
            assertThat(failure(narrow.ask()).retryAfter()).isEqualTo(Duration.ofSeconds(1));
            failure(narrow.ask(Question.Kind.KNOWN));
        }
        assertThat(narrow.ask()).isNull();
        assertThat(narrow.log.lines()).singleElement().satisfies(line -> assertThat(line)
                .contains("cardea.introspection.max-concurrent"));
    }

    /** After a restart everybody comes at once with a token that nobody has seen: an endpoint that is well serves them all. */
    @Test
    @Tag("N11")
    void aCrowdThatComesAtOnceIsServedAsPlacesBecomeFree() throws Exception {
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Scripted.Real crowded = new Scripted.Real(Duration.ofSeconds(40), 40, () -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            Thread.sleep(2);
            atOnce.decrementAndGet();
        });
        int failed = together(48, number -> {
            crowded.introspector.introspect(crowded.question("token-" + number));
            return null;
        });
        assertThat(failed).isZero();
        assertThat(most).hasValueLessThanOrEqualTo(30);
        assertThat(crowded.gate.read().turnedAwayByBulkhead()).isZero();
    }

    /** An endpoint that hangs must not take every thread of the server while it is found out. */
    @Test
    @Tag("N11")
    void noMoreWaitThanMayCallAndNotForLong() throws Exception {
        Scripted narrow = new Scripted(1, 1, 0);
        CountDownLatch waits = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        narrow.sleeping(pause -> {
            waits.countDown();
            goOn.await();
        });
        try (Gate.Pass only = narrow.gate.enter(Standing.KNOWN)) {
            assertThat(only.succeeded()).isFalse();
            Future<UndeterminedException> waiting = threads.submit(() -> failure(narrow.ask()));
            waits.await();
            long before = narrow.nanos.get();
            failure(narrow.ask(Question.Kind.KNOWN));
            assertThat(narrow.nanos.get()).isEqualTo(before);
            goOn.countDown();
            waiting.get();
            assertThat(Duration.ofNanos(narrow.nanos.get() - before))
                    .isBetween(
                            Scripted.TIMEOUT.dividedBy(4),
                            Scripted.TIMEOUT.dividedBy(4).plusMillis(5));
        } finally {
            threads.shutdownNow();
        }
        assertThat(narrow.ask()).isNull();
    }

    // A storm

    @Test
    @Tag("N10")
    void fiveHundredWhoAskADeadEndpointAtOnceDoNotBecomeAStorm() throws Exception {
        endpoint.failing(trouble(Cause.UNREACHABLE));
        int failed = together(500, number -> {
            endpoint.introspector.introspect(Scripted.question("token-" + number, endpoint.nanos.get()));
            return null;
        });
        assertThat(failed).isEqualTo(500);
        // Whoever had passed before the fifth failure was told: no more at a time than a bulkhead lets pass for new
        // tokens.
        assertThat(endpoint.calls).hasValueBetween(Scripted.FAILURES, Scripted.FAILURES - 1 + 48);
        assertThat(state()).isEqualTo(State.OPEN);
        assertThat(endpoint.gate.read().inFlight()).isZero();
        assertThat(endpoint.log.lines().stream().filter(line -> line.contains("breaker")))
                .hasSize(1);
    }

    @Test
    @Tag("N07")
    @Tag("N10")
    void fiveHundredWhoWaitForOneTokenDoNotTakeOverOneAfterTheOther() throws Exception {
        endpoint.failing(trouble(Cause.UNREACHABLE));
        endpoint.sleeping(pause -> TimeUnit.MILLISECONDS.sleep(20)); // so that all of them wait for the first
        SingleFlight<String, Introspection> flights = new SingleFlight<>(endpoint.nanos::get);
        int failed = together(500, number -> {
            Question question = Scripted.question("token", endpoint.nanos.get());
            SingleFlight.Terms terms =
                    new SingleFlight.Terms(question.arrivedNanos(), Long.MAX_VALUE, question.deadlineNanos());
            return flights.get("token", terms, () -> endpoint.introspector.introspect(question));
        });
        assertThat(failed).isEqualTo(500);
        assertThat(endpoint.calls).hasValue(Scripted.FAILURES);
        assertThat(endpoint.gate.read().turnedAwayByBreaker()).isPositive();
    }

    private interface Ask {
        @Nullable
        Introspection ask(int number) throws UndeterminedException;
    }

    /** How many of them were told that nobody can tell. */
    private static int together(int threads, Ask ask) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                Callable<Boolean> task = () -> {
                    start.await();
                    try {
                        ask.ask(number);
                        return false;
                    } catch (UndeterminedException e) {
                        return true;
                    }
                };
                results.add(pool.submit(task));
            }
            int failed = 0;
            for (Future<Boolean> result : results) {
                failed += result.get() ? 1 : 0;
            }
            return failed;
        } finally {
            pool.shutdownNow();
        }
    }
}
