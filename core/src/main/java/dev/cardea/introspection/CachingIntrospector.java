package dev.cardea.introspection;

import dev.cardea.cache.CacheKey;
import dev.cardea.cache.KeySpace;
import dev.cardea.cache.TokenCache;
import dev.cardea.config.IntrospectionSettings;
import dev.cardea.reject.RejectedException;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.request.PresentedToken;
import dev.cardea.token.Claims;
import dev.cardea.token.Source;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Remembers definite answers for a while (RFC 7662 4): what the endpoint said and when, never what was concluded from
 * it. An answer serves for {@code cardea.introspection.cache.ttl} and never beyond the token's {@code exp}, both judged
 * at every read.
 *
 * <p>Inactive tokens have a cache and a time of their own: whoever invents tokens pushes out other inventions, not the
 * answers about good tokens. What is neither yes nor no is not remembered, or an outage would outlive itself.
 *
 * <p>Concurrent first requests with one token each ask. Thread-safe; a remembered answer costs one lookup and no lock.
 */
public final class CachingIntrospector implements Introspector, AutoCloseable {
    /** Longer answers are used but not kept, so that the number of entries bounds the memory. */
    static final int MAX_KEPT_LENGTH = 8 * 1024;

    private final Introspector origin;
    private final KeySpace space;
    private final Duration ttl;
    private final Duration negativeTtl;
    private final Clock clock;
    private final TokenCache<Kept<Introspection.Active>> active;
    private final TokenCache<Kept<Introspection.Inactive>> inactive;

    /**
     * @param origin asked where nothing is remembered
     * @param space of the endpoint and of who we are there
     */
    public CachingIntrospector(Introspector origin, KeySpace space, IntrospectionSettings.Cache settings, Clock clock) {
        this.origin = origin;
        this.space = space;
        this.ttl = settings.ttl();
        this.negativeTtl = settings.negativeTtl();
        this.clock = clock;
        this.active = new TokenCache<>(settings.maxEntries());
        this.inactive = new TokenCache<>(Math.max(1, settings.maxEntries() / 10));
    }

    @Override
    public Introspection introspect(PresentedToken token) throws UndeterminedException {
        CacheKey key = space.key(token);
        Instant now = clock.instant();
        Kept<Introspection.Active> yes = active.get(key);
        if (yes != null && yes.isGoodAt(now)) {
            return yes.answer;
        }
        Kept<Introspection.Inactive> no = inactive.get(key);
        if (no != null && no.isGoodAt(now)) {
            return no.answer;
        }
        Introspection answer = origin.introspect(token);
        remember(key, answer, now);
        return answer;
    }

    /**
     * The newest answer is the only one that counts, so it replaces one of the other kind too; which one that is says the
     * time of the question, since answers overtake one another: a yes that was on its way when the token was revoked must
     * not undo the no that came before it.
     */
    private synchronized void remember(CacheKey key, Introspection answer, Instant asked) {
        if (answer instanceof Introspection.Active yes) {
            if (!isOvertaken(asked, inactive.get(key))) {
                inactive.remove(key);
                keep(active, key, keepable(yes, asked));
            }
        } else if (!isOvertaken(asked, active.get(key))) {
            active.remove(key);
            // Kept even if it serves for no time: it still tells which answers are older.
            inactive.put(key, new Kept<>(new Introspection.Inactive(Source.CACHE), asked, asked.plus(negativeTtl)));
        }
    }

    /** Not by a question of the future: then the clock was set back, and nobody knows which was first. */
    private boolean isOvertaken(Instant asked, @Nullable Kept<?> other) {
        return other != null && other.asked.isAfter(asked) && !other.asked.isAfter(clock.instant());
    }

    private static <A> void keep(TokenCache<Kept<A>> cache, CacheKey key, @Nullable Kept<A> answer) {
        if (answer == null || !answer.isGoodAt(answer.asked)) {
            cache.remove(key);
        } else {
            cache.put(key, answer);
        }
    }

    private @Nullable Kept<Introspection.Active> keepable(Introspection.Active answer, Instant asked) {
        Claims claims = answer.claims().claims();
        Instant until = asked.plus(ttl);
        try {
            Instant expiresAt = claims.date("exp");
            if (expiresAt != null && expiresAt.isBefore(until)) {
                until = expiresAt;
            }
        } catch (RejectedException e) {
            // An exp that is no date: nobody can say for how long the answer is good, and it will be refused anyway.
            return null;
        }
        return JsonLength.isAtMost(MAX_KEPT_LENGTH, claims.asMap())
                ? new Kept<>(new Introspection.Active(answer.claims(), Source.CACHE), asked, until)
                : null;
    }

    /** Forgets everything; from then on every question goes through. */
    @Override
    public void close() {
        active.close();
        inactive.close();
    }

    /**
     * An answer as it will be given again.
     *
     * @param asked when the question left: no later than what the answer says was true
     * @param until when it has served long enough, or the token expires
     */
    private record Kept<A>(A answer, Instant asked, Instant until) {
        /** A clock that was set back makes an answer old, not young. */
        boolean isGoodAt(Instant now) {
            return now.isBefore(until) && !now.isBefore(asked);
        }
    }
}
