package dev.cardea.introspection;

import dev.cardea.cache.CacheKey;
import dev.cardea.cache.KeySpace;
import dev.cardea.config.IntrospectionSettings;
import dev.cardea.introspection.KnownAnswers.Yes;
import dev.cardea.jwt.CompactJwt;
import dev.cardea.reject.RejectedException;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.request.PresentedToken;
import dev.cardea.revocation.NotBeforeMarks;
import dev.cardea.token.Source;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers definite answers for a while (RFC 7662 4): what the endpoint said and when, never what was concluded from
 * it. How old an answer may be, says each question; beyond that it serves for {@code cardea.introspection.cache.ttl}, or its
 * client's, as long as its own header fields allow, and never beyond the token's {@code exp}, all judged at every read. What is
 * neither yes nor no is not remembered, or an outage would outlive itself.
 *
 * <p>Questions about one token that arise at once share one call, see {@link SingleFlight}. The flight and the memory are one
 * class because whoever is about to ask has to look into the memory once more, and what he learns has to be in there before the
 * next one takes off.
 *
 * <p><b>Invalidation.</b> A question takes no answer that was asked for before a mark that was set before the question arose
 * ({@link NotBeforeMarks}). An answer on its way while a mark is set is taken by those who arrived before the mark, at most; who
 * gets it and arrived later asks once more.
 *
 * <p>Thread-safe. A remembered answer costs one lookup and no lock.
 */
public final class CachingIntrospector implements RememberingIntrospector, AutoCloseable {
    private final Introspector origin;
    private final KeySpace space;
    private final Tenant tenant;
    private final Shared shared;
    private final long ttlNanos;
    private final long negativeNanos;
    private final long aheadNanos;
    private final double recheck;
    private final KnownAnswers answers;
    private final SingleFlight<CacheKey, Introspection> flights;
    private final Counters counters = new Counters();

    /**
     * @param origin asked where nothing is remembered
     * @param space of the endpoint and of who we are there
     * @param tenant whose endpoint it is
     */
    public CachingIntrospector(
            Introspector origin, KeySpace space, Tenant tenant, IntrospectionSettings.Cache settings, Shared shared) {
        this.origin = origin;
        this.space = space;
        this.tenant = tenant;
        this.shared = shared;
        this.ttlNanos = settings.ttl().toNanos();
        this.negativeNanos = settings.negativeTtl().toNanos();
        this.aheadNanos = settings.refreshAhead().toNanos();
        this.recheck = settings.recheck();
        this.answers = new KnownAnswers(settings, shared.clock());
        this.flights = new SingleFlight<>(shared.nanoTime());
    }

    /**
     * A configured authorization server.
     *
     * @param name in {@code cardea.issuers.<name>}, empty for {@code cardea.issuer}
     * @param issuer whose tokens answers without {@code iss} are about, or null if that is not configured
     */
    public record Tenant(String name, @Nullable String issuer) {}

    /**
     * What those of all tenants have in common.
     *
     * @param nanoTime a monotonic time in nanoseconds, that of questions and marks
     * @param chance from 0 to 1, without 1
     */
    public record Shared(
            NotBeforeMarks marks,
            BackgroundQuestions background,
            Clock clock,
            LongSupplier nanoTime,
            DoubleSupplier chance) {}

    @Override
    public Introspection introspect(Question question) throws UndeterminedException {
        Introspection known = known(question);
        if (known != null) {
            return known;
        }
        CacheKey key = space.key(question.token());
        Introspection answer = ask(key, question, counters.misses);
        // It came with a flight that had left before the mark and before the question arose. One that leaves now is
        // late enough.
        return isMarked(answer, question) ? ask(key, question.withMaxAge(0), counters.misses) : answer;
    }

    private Introspection ask(CacheKey key, Question question, LongAdder flown) throws UndeterminedException {
        // What is in the air is as old as what is remembered: where that may not be old, nor may this.
        SingleFlight.Terms terms = new SingleFlight.Terms(
                question.arrivedNanos(), Math.min(ttlNanos, question.maxAgeNanos()), question.deadlineNanos());
        return flights.get(key, terms, new SingleFlight.Trip<>() {
            @Override
            public @Nullable Introspection known() {
                return CachingIntrospector.this.known(key, question);
            }

            @Override
            public Introspection fly() throws UndeterminedException {
                flown.increment();
                Introspection answer = origin.introspect(
                        question.kind() == Question.Kind.NEW && answers.active(key) != null
                                ? question.as(Question.Kind.KNOWN)
                                : question);
                answers.learn(key, answer);
                return answer;
            }
        });
    }

    @Override
    public @Nullable Introspection known(Question question) {
        return known(space.key(question.token()), question);
    }

    private @Nullable Introspection known(CacheKey key, Question question) {
        Yes yes = answers.active(key);
        if (yes != null) {
            long age = question.arrivedNanos() - yes.answer().askedNanos();
            long end = Math.min(yes.freshNanos(), question.maxAgeNanos());
            if (age < end && !yes.isExpired(age, shared.clock()) && !isMarked(yes.answer(), question)) {
                counters.hits.increment();
                yes.use();
                askAhead(key, yes, question, age, end);
                return yes.answer();
            }
        }
        Introspection.Inactive no = answers.inactive(key);
        if (no != null) {
            long end = Math.min(Math.min(negativeNanos, no.keepNanos()), question.maxAgeNanos());
            if (question.arrivedNanos() - no.askedNanos() < end && !isMarked(no, question)) {
                counters.negativeHits.increment();
                return no;
            }
        }
        return null;
    }

    /** What was asked for since the question arose is younger than every mark that the question has to heed. */
    private boolean isMarked(Introspection answer, Question question) {
        long asked = answer.askedNanos();
        return shared.marks().isAnySince(asked)
                && asked - question.arrivedNanos() <= 0
                && shared.marks().makeOld(asked, concerns(question.token(), answer));
    }

    /** What the answer leaves out, a JWT says itself; its issuer has vouched for it by calling it active. */
    private NotBeforeMarks.Concerns concerns(PresentedToken token, Introspection answer) {
        Map<String, Object> said = answer instanceof Introspection.Active active
                ? active.claims().claims().asMap()
                : Map.of();
        Map<String, Object> signed = claimsOf(token);
        String issuer = text(said, signed, "iss");
        String client = text(said, signed, "client_id");
        return new NotBeforeMarks.Concerns(
                token.digest(),
                issuer == null ? tenant.issuer() : issuer,
                text(said, signed, "sub"),
                text(said, signed, "sid"),
                client == null ? text(said, signed, "azp") : client,
                tenant.name());
    }

    /** Of a signed JWT; of anything else there are none. Only asked for where somebody has set a mark. */
    private static Map<String, Object> claimsOf(PresentedToken token) {
        try {
            return CompactJwt.isJwt(token)
                    ? CompactJwt.parse(token).unverifiedClaims().asMap()
                    : Map.of();
        } catch (RejectedException e) {
            return Map.of();
        }
    }

    private static @Nullable String text(Map<String, Object> said, Map<String, Object> signed, String name) {
        String text = text(said, name);
        return text == null ? text(signed, name) : text;
    }

    private static @Nullable String text(Map<String, Object> said, String name) {
        return said.get(name) instanceof String text ? text : null;
    }

    /** An answer that is in use and near its end, at most in the second half of its time; and any, as chance will have it. */
    private void askAhead(CacheKey key, Yes yes, Question question, long age, long end) {
        if (aheadNanos > 0
                && yes.isInUse()
                && age >= end - Math.min(aheadNanos, end / 2)
                && yes.endsBeforeTheToken()
                && yes.claim()) {
            inBackground(key, yes, question, counters.refreshes);
        } else if (recheck > 0 && shared.chance().getAsDouble() < recheck && yes.claim()) {
            inBackground(key, yes, question, counters.rechecks);
        }
    }

    private void inBackground(CacheKey key, Yes yes, Question question, LongAdder flown) {
        boolean queued = shared.background().offer(() -> askAgain(key, yes, question, flown));
        if (!queued) {
            yes.unclaim(); // the next one may try
        }
    }

    /** If it fails the answer stays what it is; when its time is over somebody has to ask. */
    private void askAgain(CacheKey key, Yes yes, Question question, LongAdder flown) {
        if (answers.active(key) != yes) {
            return; // somebody has asked meanwhile
        }
        Question again = Question.of(
                        question.token(),
                        shared.nanoTime().getAsLong(),
                        0,
                        question.deadlineNanos() - question.arrivedNanos())
                .as(Question.Kind.REFRESH);
        try {
            ask(key, again, flown);
        } catch (UndeterminedException e) {
            counters.inVain.increment();
        }
    }

    @Override
    public Introspection.@Nullable Active stale(Question question, long staleNanos) {
        PresentedToken token = question.token();
        CacheKey key = space.key(token);
        Yes yes = answers.active(key);
        if (yes == null) {
            return null; // never seen, or a no has taken its place
        }
        long asked = yes.answer().askedNanos();
        long age = shared.nanoTime().getAsLong() - asked;
        if (age - Math.min(yes.freshNanos(), question.maxAgeNanos()) > staleNanos
                || yes.isExpired(age, shared.clock())
                || shared.marks().makeOld(asked, concerns(token, yes.answer()))) {
            return null;
        }
        counters.stale.increment();
        return yes.answer().from(Source.STALE);
    }

    /** How many questions wait for what somebody else is told. */
    int waitingFor(PresentedToken token) {
        return flights.waitingFor(space.key(token));
    }

    /** What this has done so far, and holds now. Counting what it holds takes time in proportion. */
    public CacheStatistics statistics() {
        return new CacheStatistics(
                counters.hits.sum(),
                counters.negativeHits.sum(),
                counters.misses.sum(),
                flights.joined(),
                counters.stale.sum(),
                counters.refreshes.sum(),
                counters.rechecks.sum(),
                counters.inVain.sum(),
                answers.sizeOfActive(),
                answers.sizeOfInactive());
    }

    /** Forgets everything; from then on every question goes through. */
    @Override
    public void close() {
        answers.close();
    }

    private static final class Counters {
        private final LongAdder hits = new LongAdder();
        private final LongAdder negativeHits = new LongAdder();
        private final LongAdder misses = new LongAdder();
        private final LongAdder stale = new LongAdder();
        private final LongAdder refreshes = new LongAdder();
        private final LongAdder rechecks = new LongAdder();
        private final LongAdder inVain = new LongAdder();
    }
}
