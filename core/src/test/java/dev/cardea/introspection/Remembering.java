package dev.cardea.introspection;

import dev.cardea.cache.KeySpace;
import dev.cardea.config.IntrospectionSettings;
import dev.cardea.reject.Uncertainty;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.request.PresentedToken;
import dev.cardea.revocation.NotBeforeMarks;
import dev.cardea.token.AuthenticClaims;
import dev.cardea.token.Claims;
import dev.cardea.token.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** A memory in front of an authority without a network, at a time that moves when it is told to. */
final class Remembering implements AutoCloseable {
    static final String ISSUER = "https://as.example";
    static final Duration TTL = Duration.ofSeconds(30);
    static final Duration NEGATIVE_TTL = Duration.ofSeconds(5);

    final Clockwork clock = new Clockwork();
    final AtomicLong nanos =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(7).toNanos());
    final NotBeforeMarks marks = new NotBeforeMarks(nanos::get, Duration.ofHours(2));
    final BackgroundQuestions background = new BackgroundQuestions();
    final List<Question> asked = Collections.synchronizedList(new ArrayList<>());
    final CachingIntrospector caching;

    /** By the token's text; who is not in here is not active. */
    final Map<String, Map<String, Object>> tokens = new ConcurrentHashMap<>();

    volatile Introspector authority = this::say;
    volatile long keepNanos = Introspection.NO_LIMIT;
    volatile double chance = 0.5;

    Remembering() {
        this(new IntrospectionSettings.Cache(TTL, 1_000, NEGATIVE_TTL));
    }

    Remembering(IntrospectionSettings.Cache settings) {
        caching = new CachingIntrospector(
                question -> {
                    asked.add(question);
                    return authority.introspect(question);
                },
                KeySpace.of("https://as.example/introspect", "orders-api"),
                new CachingIntrospector.Tenant("", ISSUER),
                settings,
                new CachingIntrospector.Shared(marks, background, clock, nanos::get, () -> chance));
        background.start();
    }

    static IntrospectionSettings.Cache refreshing(Duration ahead, double recheck) {
        return new IntrospectionSettings.Cache(TTL, Map.of(), 1_000, NEGATIVE_TTL, ahead, recheck, false);
    }

    /** What is true of the token at this moment. */
    Introspection say(Question question) {
        Map<String, Object> said = tokens.get(question.token().text());
        long now = nanos.get();
        return said == null
                ? new Introspection.Inactive(Source.REMOTE, now, keepNanos)
                : new Introspection.Active(
                        AuthenticClaims.introspected(Claims.of(said), clock.instant()), Source.REMOTE, now, keepNanos);
    }

    static Introspector down() {
        return question -> {
            throw new UndeterminedException(Uncertainty.INTROSPECTION_UNAVAILABLE, "down");
        };
    }

    /** An active token that says so much about itself. */
    String issue(String token, Object... members) {
        Map<String, Object> claims = new LinkedHashMap<>(Map.of("active", true, "sub", "alice"));
        for (int i = 0; i < members.length; i += 2) {
            claims.put((String) members[i], members[i + 1]);
        }
        tokens.put(token, claims);
        return token;
    }

    long epochSecond() {
        return clock.instant().getEpochSecond();
    }

    void pass(Duration time) {
        clock.pass(time);
        nanos.addAndGet(time.toNanos());
    }

    Question about(String token, Duration maxAge) {
        return Question.of(
                PresentedToken.of(token),
                nanos.get(),
                maxAge.toNanos(),
                Duration.ofHours(1).toNanos());
    }

    Question about(String token) {
        return about(token, Duration.ofNanos(Long.MAX_VALUE));
    }

    Introspection ask(String token, Duration maxAge) throws UndeterminedException {
        return caching.introspect(about(token, maxAge));
    }

    Introspection ask(String token) throws UndeterminedException {
        return caching.introspect(about(token));
    }

    /** Where the answer came from: {@code "yes, REMOTE"}. */
    String hear(String token) throws UndeterminedException {
        return words(ask(token));
    }

    String hear(String token, Duration maxAge) throws UndeterminedException {
        return words(ask(token, maxAge));
    }

    static String words(Introspection answer) {
        return (answer instanceof Introspection.Active ? "yes, " : "no, ") + answer.source();
    }

    /** Until everything that was to be asked in the background has been. */
    void awaitBackground() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        if (background.offer(done::countDown)) {
            done.await();
        }
    }

    @Override
    public void close() {
        background.close();
        caching.close();
    }
}
