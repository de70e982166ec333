package dev.cardea.introspection;

import dev.cardea.cache.CacheKey;
import dev.cardea.cache.TokenCache;
import dev.cardea.config.IntrospectionSettings;
import dev.cardea.json.TextPool;
import dev.cardea.reject.RejectedException;
import dev.cardea.token.Claims;
import dev.cardea.token.Source;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last definite answer about each token: of those who are active and, apart from them, a tenth as many of those who are not.
 * An entry stays when it has served its time: it still says that the token was active, and which answers are older.
 *
 * <p>Thread-safe. Reading takes no lock; learning takes one, for the two regions must not both have an answer about one token.
 */
final class KnownAnswers implements AutoCloseable {
    /** Longer answers are used but not kept, so that the number of entries bounds the memory. */
    static final int MAX_KEPT_LENGTH = 8 * 1024;

    private final long ttlNanos;
    private final Map<String, Duration> clientTtl;
    private final Clock clock;
    private final TextPool texts = new TextPool();
    private final TokenCache<Yes> active;
    private final TokenCache<Introspection.Inactive> inactive;

    KnownAnswers(IntrospectionSettings.Cache settings, Clock clock) {
        this.ttlNanos = settings.ttl().toNanos();
        this.clientTtl = settings.clientTtl();
        this.clock = clock;
        this.active = new TokenCache<>(settings.maxEntries());
        this.inactive = new TokenCache<>(Math.max(1, settings.maxEntries() / 10));
    }

    @Nullable
    Yes active(CacheKey key) {
        return active.get(key);
    }

    Introspection.@Nullable Inactive inactive(CacheKey key) {
        return inactive.get(key);
    }

    int sizeOfActive() {
        return active.size();
    }

    int sizeOfInactive() {
        return inactive.size();
    }

    /**
     * The newest answer is the only one that counts, so it replaces one of the other kind too; which one that is says the
     * time of the question, since answers overtake one another: a yes that was on its way when the token was revoked must
     * not undo the no that came before it.
     */
    synchronized void learn(CacheKey key, Introspection answer) {
        Yes yes = active.get(key);
        Introspection.Inactive no = inactive.get(key);
        if ((yes != null && yes.answer.askedNanos() - answer.askedNanos() > 0)
                || (no != null && no.askedNanos() - answer.askedNanos() > 0)) {
            return;
        }
        if (answer instanceof Introspection.Active newYes) {
            inactive.remove(key);
            Yes kept = kept(newYes);
            if (kept == null) {
                active.remove(key);
            } else {
                active.put(key, kept);
            }
        } else {
            active.remove(key);
            // Kept even if it serves for no time: it still tells which answers are older.
            inactive.put(key, new Introspection.Inactive(Source.CACHE, answer.askedNanos(), answer.keepNanos()));
        }
    }

    /** Null for what is not to be kept: it says so, has expired, is too long, or nobody can say when it expires. */
    private @Nullable Yes kept(Introspection.Active answer) {
        Claims claims = answer.claims().claims();
        long lifeNanos = Long.MAX_VALUE;
        long expMillis = Long.MAX_VALUE;
        try {
            Instant expiresAt = claims.date("exp");
            if (expiresAt != null) {
                expMillis = expiresAt.toEpochMilli();
                lifeNanos = nanos(expMillis - clock.millis());
            }
        } catch (RejectedException e) {
            return null; // it will be refused anyway
        }
        boolean keepable =
                answer.keepNanos() > 0 && lifeNanos > 0 && JsonLength.isAtMost(MAX_KEPT_LENGTH, claims.asMap());
        if (!keepable) {
            return null;
        }
        claims.share(texts);
        return new Yes(answer.from(Source.CACHE), ttlNanos(claims), lifeNanos, expMillis);
    }

    private static long nanos(long millis) {
        return millis > Long.MAX_VALUE / 1_000_000 ? Long.MAX_VALUE : millis * 1_000_000;
    }

    /** Of the client's tier, if it has one. */
    private long ttlNanos(Claims claims) {
        Duration tier = clientTtl.isEmpty()
                ? null
                : clientTtl.get(String.valueOf(claims.asMap().get("client_id")));
        return tier == null ? ttlNanos : tier.toNanos();
    }

    /** Forgets everything, for good. */
    @Override
    public void close() {
        active.close();
        inactive.close();
    }

    /**
     * That a token is active, and for how long that serves. Ages are counted from when the endpoint was asked, by the monotonic
     * clock; {@code exp} is a time of the day. A clock that was right when the answer came and is set back later cannot prolong it
     * beyond {@code lifeNanos}; one that was wrong then and is set right cannot beyond {@code expMillis}.
     */
    static final class Yes {
        private static final VarHandle CLAIMED;
        private static final int IN_USE = 2;

        static {
            try {
                CLAIMED = MethodHandles.lookup().findVarHandle(Yes.class, "claimed", int.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private final Introspection.Active answer;
        private final long freshNanos;
        private final long lifeNanos;
        private final long expMillis;

        /** Counted without a lock: a use that is lost in a race is one of many. */
        private int uses;

        @SuppressWarnings("unused") // by its handle
        private volatile int claimed;

        Yes(Introspection.Active answer, long ttlNanos, long lifeNanos, long expMillis) {
            this.answer = answer;
            this.freshNanos = Math.min(ttlNanos, Math.min(answer.keepNanos(), lifeNanos));
            this.lifeNanos = lifeNanos;
            this.expMillis = expMillis;
        }

        Introspection.Active answer() {
            return answer;
        }

        long freshNanos() {
            return freshNanos;
        }

        /** Whether asking again before its time is over makes sense: not if it ends because the token expires. */
        boolean endsBeforeTheToken() {
            return freshNanos < lifeNanos;
        }

        boolean isExpired(long ageNanos, Clock clock) {
            return ageNanos >= lifeNanos || (expMillis != Long.MAX_VALUE && clock.millis() >= expMillis);
        }

        void use() {
            int known = uses;
            if (known < IN_USE) {
                uses = known + 1;
            }
        }

        boolean isInUse() {
            return uses >= IN_USE;
        }

        /** Asking for it in the background is one thread's business, and tried once. */
        boolean claim() {
            return claimed == 0 && CLAIMED.compareAndSet(this, 0, 1);
        }

        void unclaim() {
            claimed = 0;
        }
    }
}
