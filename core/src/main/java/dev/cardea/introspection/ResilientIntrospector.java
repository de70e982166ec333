package dev.cardea.introspection;

import dev.cardea.config.IntrospectionSettings;
import dev.cardea.introspection.Trouble.Cause;
import dev.cardea.log.RateLimitedLog;
import dev.cardea.reject.SettingNames;
import dev.cardea.reject.Uncertainty;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.resilience.Backoff;
import dev.cardea.resilience.Bulkhead;
import dev.cardea.resilience.CircuitBreaker;
import dev.cardea.resilience.Gate;
import dev.cardea.resilience.NotAdmittedException;
import dev.cardea.resilience.NotAdmittedException.Limit;
import dev.cardea.resilience.Standing;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the troubles of an introspection endpoint away from those who wait for its answers, and ours from the endpoint.
 *
 * <p>Every attempt has to pass the endpoint's {@link Gate}; who does not pass is told so at once. An attempt that failed for a
 * reason that may have passed (no connection, one that broke, a 5xx) is repeated after a random pause, as long as the question's
 * deadline leaves time for an answer. What the endpoint says is never repeated, be it a refusal or nonsense, nor is an attempt
 * that used up its time.
 *
 * <p>The breaker hears of an attempt what it has told about the endpoint: nothing, where we gave up ourselves, or had too little
 * time left to blame the endpoint for having used it up.
 *
 * <p>One WARNING when the breaker opens, one INFO when it closes; being asked too often for the limits is a WARNING once a minute.
 * Thread-safe.
 */
public final class ResilientIntrospector implements Introspector {
    private static final long STEP_NANOS = 2_000_000;

    private final Exchange exchange;
    private final Gate gate;
    private final String endpoint;
    private final IntrospectionSettings settings;
    private final SettingNames names;
    private final Backoff backoff;
    private final Timing timing;
    private final RateLimitedLog log;

    /** Of the time for an answer, what an attempt has to have at least; and what it has to have had to be blamed. */
    private final long leastNanos;

    private final long fairNanos;

    /** How long a place in the bulkhead is waited for at most, and how many do. */
    private final long patienceNanos;

    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * @param endpoint its address, or the issuer that names it: for the log
     * @param names what the settings are called
     */
    public ResilientIntrospector(
            RemoteIntrospector remote,
            Gate gate,
            String endpoint,
            IntrospectionSettings settings,
            SettingNames names,
            Timing timing,
            RateLimitedLog log) {
        this((Exchange) remote, gate, endpoint, settings, names, timing, log);
    }

    ResilientIntrospector(
            Exchange exchange,
            Gate gate,
            String endpoint,
            IntrospectionSettings settings,
            SettingNames names,
            Timing timing,
            RateLimitedLog log) {
        this.exchange = exchange;
        this.gate = gate;
        this.endpoint = endpoint;
        this.settings = settings;
        this.names = names;
        IntrospectionSettings.Retry retry = settings.retry();
        this.backoff = new Backoff(retry.backoff(), retry.maxBackoff(), timing.random());
        this.timing = timing;
        this.log = log;
        this.leastNanos = settings.timeout().toNanos() / 10;
        this.fairNanos = settings.timeout().toNanos() / 2;
        this.patienceNanos = settings.timeout().toNanos() / 4;
    }

    /** The gate that {@code settings} ask for. */
    public static Gate gate(IntrospectionSettings settings, LongSupplier nanoTime) {
        IntrospectionSettings.Breaker breaker = settings.breaker();
        return new Gate(
                new CircuitBreaker(
                        breaker.failures(),
                        breaker.window(),
                        breaker.openFor(),
                        breaker.probes(),
                        settings.timeout().multipliedBy(2)),
                settings.limits().rate(),
                new Bulkhead(settings.limits().maxConcurrent()),
                nanoTime);
    }

    /**
     * Time and chance.
     *
     * @param nanoTime a monotonic time in nanoseconds
     * @param random a random number from 0 up to, but not including, its argument
     */
    public record Timing(LongSupplier nanoTime, Sleep sleep, LongUnaryOperator random) {}

    /** Waits for so long, by the same clock as {@link Timing#nanoTime}. */
    @FunctionalInterface
    public interface Sleep {
        void sleep(Duration time) throws InterruptedException;
    }

    @Override
    public Introspection introspect(Question question) throws UndeterminedException {
        Standing standing = question.kind() == Question.Kind.NEW ? Standing.NEW : Standing.KNOWN;
        for (int attempt = 1; ; attempt++) {
            if (left(question) < leastNanos) {
                throw undetermined(
                        "the time for an answer was used up by waiting", UndeterminedException.DEFAULT_RETRY_AFTER);
            }
            Gate.Pass admitted = enter(question, standing);
            Trouble trouble;
            try (Gate.Pass pass = admitted) {
                return ask(question, pass);
            } catch (Trouble failed) {
                trouble = failed;
            }
            if (!mayTryAgain(trouble, attempt) || !pause(question, attempt)) {
                throw exchange.tell(trouble);
            }
            gate.countRetry();
        }
    }

    private Gate.Pass enter(Question question, Standing standing) throws UndeterminedException {
        try {
            Gate.Pass pass = gate.enterIfThereIsRoom(standing);
            if (pass == null && question.kind() != Question.Kind.REFRESH) {
                pass = enterWhenThereIsRoom(question, standing);
            }
            return pass == null ? gate.enter(standing) : pass;
        } catch (NotAdmittedException e) {
            throw switch (e.limit()) {
                case RATE_LIMIT -> limited(e, "introspection.rate-limit");
                case BULKHEAD -> limited(e, "introspection.max-concurrent");
                // Told when they began.
                case PAUSE, BREAKER -> undetermined(e.detail(), e.retryAfter());
            };
        }
    }

    /** No outage: a stranger can bring this about, and must not thereby choose what happens to his own token. */
    private UndeterminedException limited(NotAdmittedException e, String setting) {
        warn(e.limit(), e.detail() + " (" + names.of(setting) + ")");
        return new UndeterminedException(Uncertainty.INTROSPECTION_LIMITED, at(e.detail()), e.retryAfter());
    }

    /**
     * A crowd that comes at once, after a restart for instance, is gone in a moment if the endpoint is well, so a moment is waited;
     * by half as many as may call at a time, and no longer than a breaker takes to open. Null if that was in vain.
     */
    private Gate.@Nullable Pass enterWhenThereIsRoom(Question question, Standing standing) throws NotAdmittedException {
        if (waiting.incrementAndGet() > Math.max(1, settings.limits().maxConcurrent() / 2)) {
            waiting.decrementAndGet();
            return null;
        }
        try {
            long until = timing.nanoTime().getAsLong() + Math.min(patienceNanos, left(question) - leastNanos);
            while (until - timing.nanoTime().getAsLong() > 0) {
                long step = STEP_NANOS + timing.random().applyAsLong(STEP_NANOS);
                timing.sleep().sleep(Duration.ofNanos(step));
                Gate.Pass pass = gate.enterIfThereIsRoom(standing);
                if (pass != null) {
                    return pass;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.decrementAndGet();
        }
        return null;
    }

    private Introspection ask(Question question, Gate.Pass pass) throws Trouble, UndeterminedException {
        boolean fair = left(question) >= fairNanos;
        try {
            Introspection answer = exchange.ask(question);
            isAlive(pass);
            return answer;
        } catch (Trouble trouble) {
            Duration pause = trouble.pause();
            if (pause != null) {
                gate.pauseFor(pause);
            }
            switch (trouble.cause().sign()) {
                case ALIVE -> isAlive(pass);
                case FAILING -> {
                    if (fair || trouble.cause() != Cause.TOO_SLOW) {
                        isFailing(pass, trouble);
                    }
                }
                case NONE -> {}
            }
            throw trouble;
        }
    }

    private void isAlive(Gate.Pass pass) {
        if (pass.succeeded()) {
            log.works("introspection at " + endpoint + ": answers again, the circuit breaker is closed");
        }
    }

    private void isFailing(Gate.Pass pass, Trouble trouble) {
        if (pass.failed()) {
            IntrospectionSettings.Breaker breaker = settings.breaker();
            warn(
                    Limit.BREAKER,
                    breaker.failures() + " of the last " + breaker.window() + " calls failed, so it is not called for "
                            + breaker.openFor().toMillis() + " ms at a time until one call succeeds"
                            + " (" + names.of("introspection.breaker.*") + "); the last failure: " + trouble.detail());
        }
    }

    private boolean mayTryAgain(Trouble trouble, int attempt) {
        return trouble.mayPass() && attempt < settings.retry().attempts();
    }

    /** Whether there was time for it, and for an attempt behind it. */
    private boolean pause(Question question, int attempt) {
        Duration pause = backoff.after(attempt);
        if (left(question) - pause.toNanos() < leastNanos) {
            return false;
        }
        try {
            timing.sleep().sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private long left(Question question) {
        return question.deadlineNanos() - timing.nanoTime().getAsLong();
    }

    private void warn(Limit limit, String message) {
        log.failed(Level.WARNING, limit, at(message));
    }

    private UndeterminedException undetermined(String detail, Duration retryAfter) {
        return new UndeterminedException(Uncertainty.INTROSPECTION_UNAVAILABLE, at(detail), retryAfter);
    }

    private String at(String detail) {
        return "introspection at " + endpoint + ": " + detail;
    }
}
