package dev.cardea.introspection;

import dev.cardea.config.ClientSettings;
import dev.cardea.config.IntrospectionSettings;
import dev.cardea.config.Secret;
import dev.cardea.log.RateLimitedLog;
import dev.cardea.log.RecordedLog;
import dev.cardea.reject.SettingNames;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.request.PresentedToken;
import dev.cardea.resilience.Gate;
import dev.cardea.token.AuthenticClaims;
import dev.cardea.token.Claims;
import dev.cardea.token.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** An endpoint that does what it is told, behind a {@link ResilientIntrospector}, at the time of a clock that is moved. */
final class Scripted implements Exchange {
    static final Duration TIMEOUT = Duration.ofSeconds(2);
    static final Duration OPEN_FOR = Duration.ofSeconds(5);
    static final int FAILURES = 5;

    /** How tokens begin that are active. */
    static final String GOOD = "good-";

    final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L); // it overflows on the way
    final AtomicInteger calls = new AtomicInteger();
    final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
    final RecordedLog log = new RecordedLog();
    final RecordedLog troubles = new RecordedLog();
    final Gate gate;
    final ResilientIntrospector introspector;
    private final RateLimitedLog toldTroubles = new RateLimitedLog(troubles, nanos::get);
    private volatile ResilientIntrospector.Sleep sleep = pause -> {};
    private volatile @Nullable Trouble trouble;
    private volatile Duration took = Duration.ofMillis(1);
    private volatile int times;

    Scripted() {
        this(2, 64, 0);
    }

    Scripted(int attempts, int maxConcurrent, int rate) {
        IntrospectionSettings settings = settings(TIMEOUT, attempts, maxConcurrent, rate);
        gate = ResilientIntrospector.gate(settings, nanos::get);
        introspector = new ResilientIntrospector(
                this,
                gate,
                "https://as.example/introspect",
                settings,
                SettingNames.MAIN,
                new ResilientIntrospector.Timing(nanos::get, this::sleep, bound -> bound - 1),
                new RateLimitedLog(log, nanos::get));
    }

    private static IntrospectionSettings settings(Duration timeout, int attempts, int maxConcurrent, int rate) {
        return new IntrospectionSettings(
                null,
                ClientSettings.basic("api", new Secret("secret")),
                true,
                false,
                false,
                timeout,
                Duration.ofSeconds(1),
                65_536,
                Introspecting.DEFAULT_CACHE,
                new IntrospectionSettings.Retry(attempts, Duration.ofMillis(50), Duration.ofMillis(80)),
                new IntrospectionSettings.Breaker(FAILURES, 20, OPEN_FOR, 1),
                new IntrospectionSettings.Limits(maxConcurrent, rate));
    }

    private void sleep(Duration pause) throws InterruptedException {
        pauses.add(pause);
        sleep.sleep(pause);
        pass(pause);
    }

    void sleeping(ResilientIntrospector.Sleep newSleep) {
        sleep = newSleep;
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** From now on, every call ends so; null heals. */
    void failing(@Nullable Trouble newTrouble) {
        failing(newTrouble, Integer.MAX_VALUE);
    }

    void failing(@Nullable Trouble newTrouble, int newTimes) {
        trouble = newTrouble;
        times = newTimes;
    }

    void taking(Duration newTook) {
        took = newTook;
    }

    @Override
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // counted down by tests of one thread
    public Introspection ask(Question question) throws Trouble {
        calls.incrementAndGet();
        long askedNanos = nanos.get();
        pass(took);
        Trouble failure = trouble;
        if (failure != null && times-- > 0) {
            throw failure;
        }
        if (question.token().text().startsWith(GOOD)) {
            AuthenticClaims claims = AuthenticClaims.introspected(Claims.of(Map.of("active", true)), Instant.EPOCH);
            return new Introspection.Active(claims, Source.REMOTE, askedNanos, Introspection.NO_LIMIT);
        }
        return new Introspection.Inactive(Source.REMOTE, askedNanos, Introspection.NO_LIMIT);
    }

    @Override
    public UndeterminedException tell(Trouble told) {
        toldTroubles.failed(System.Logger.Level.WARNING, told.cause(), told.detail());
        return new UndeterminedException(told.cause().uncertainty(), told.detail(), told.retryAfter());
    }

    Question question() {
        return question("token", nanos.get());
    }

    static Question question(String token, long arrived) {
        return Question.of(PresentedToken.of(token), arrived, Long.MAX_VALUE, TIMEOUT.toNanos());
    }

    /** Null for an answer. */
    @Nullable
    UndeterminedException ask(Question.Kind kind) {
        try {
            introspector.introspect(question().as(kind));
            return null;
        } catch (UndeterminedException e) {
            return e;
        }
    }

    @Nullable
    UndeterminedException ask() {
        return ask(Question.Kind.NEW);
    }

    /** An endpoint that takes real time. */
    static final class Real {
        final Gate gate;
        final ResilientIntrospector introspector;
        private final Duration timeout;

        interface Work {
            void run() throws InterruptedException;
        }

        Real(Duration timeout, int maxConcurrent, Work work) {
            this.timeout = timeout;
            IntrospectionSettings settings = settings(timeout, 1, maxConcurrent, 0);
            gate = ResilientIntrospector.gate(settings, System::nanoTime);
            Exchange exchange = new Exchange() {
                @Override
                public Introspection ask(Question question) {
                    try {
                        work.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return new Introspection.Inactive(Source.REMOTE, System.nanoTime(), Introspection.NO_LIMIT);
                }

                @Override
                public UndeterminedException tell(Trouble trouble) {
                    throw new IllegalStateException(trouble);
                }
            };
            introspector = new ResilientIntrospector(
                    exchange,
                    gate,
                    "https://as.example/introspect",
                    settings,
                    SettingNames.MAIN,
                    new ResilientIntrospector.Timing(
                            System::nanoTime, pause -> Thread.sleep(pause.toMillis()), bound -> bound - 1),
                    new RateLimitedLog(new RecordedLog(), System::nanoTime));
        }

        Question question(String token) {
            return Question.of(PresentedToken.of(token), System.nanoTime(), Long.MAX_VALUE, timeout.toNanos());
        }
    }
}
