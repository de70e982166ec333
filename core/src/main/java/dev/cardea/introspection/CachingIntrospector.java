package dev.cardea.introspection;

import dev.cardea.cache.CacheKey;
import dev.cardea.cache.KeySpace;
import dev.cardea.cache.TokenCache;
import dev.cardea.config.IntrospectionSettings;
import dev.cardea.reject.RejectedException;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.request.PresentedToken;
import dev.cardea.token.Source;
import java.time.Clock;
import java.time.Instant;
import java.util.function.LongSupplier;
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
public final class CachingIntrospector implements RememberingIntrospector, AutoCloseable {
    /** Longer answers are used but not kept, so that the number of entries bounds the memory. */
    static final int MAX_KEPT_LENGTH = 8 * 1024;

    private final Introspector origin;
    private final KeySpace space;
    private final IntrospectionSettings.Cache settings;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final TokenCache<Introspection.Active> active;
    private final TokenCache<Introspection.Inactive> inactive;

    /**
     * @param origin asked where nothing is remembered
     * @param space of the endpoint and of who we are there
     * @param nanoTime a monotonic time in nanoseconds
     */
    public CachingIntrospector(
            Introspector origin,
            KeySpace space,
            IntrospectionSettings.Cache settings,
            Clock clock,
            LongSupplier nanoTime) {
        this.origin = origin;
        this.space = space;
        this.settings = settings;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.active = new TokenCache<>(settings.maxEntries());
        this.inactive = new TokenCache<>(Math.max(1, settings.maxEntries() / 10));
    }

    @Override
    public Introspection introspect(Question question) throws UndeterminedException {
        Introspection known = known(question);
        if (known != null) {
            return known;
        }
        CacheKey key = space.key(question.token());
        Introspection answer = origin.introspect(active.get(key) == null ? question : question.as(Question.Kind.KNOWN));
        remember(key, answer);
        return answer;
    }

    @Override
    public @Nullable Introspection known(Question question) {
        CacheKey key = space.key(question.token());
        long now = nanoTime.getAsLong();
        Introspection.Active yes = active.get(key);
        if (yes != null
                && now - yes.askedNanos() < Math.min(settings.ttl().toNanos(), question.maxAgeNanos())
                && !isExpired(yes)) {
            return yes;
        }
        Introspection.Inactive no = inactive.get(key);
        return no != null
                        && now - no.askedNanos()
                                < Math.min(settings.negativeTtl().toNanos(), question.maxAgeNanos())
                ? no
                : null;
    }

    @Override
    public Introspection.@Nullable Active stale(PresentedToken token, long staleNanos) {
        return null;
    }

    private boolean isExpired(Introspection.Active answer) {
        try {
            Instant expiresAt = answer.claims().claims().date("exp");
            return expiresAt != null && !clock.instant().isBefore(expiresAt);
        } catch (RejectedException e) {
            return true;
        }
    }

    /**
     * The newest answer is the only one that counts, so it replaces one of the other kind too; which one that is says the
     * time of the question, since answers overtake one another: a yes that was on its way when the token was revoked must
     * not undo the no that came before it.
     */
    private synchronized void remember(CacheKey key, Introspection answer) {
        if (answer instanceof Introspection.Active yes) {
            Introspection.Inactive no = inactive.get(key);
            if (no == null || no.askedNanos() - yes.askedNanos() <= 0) {
                inactive.remove(key);
                if (!isExpired(yes)
                        && JsonLength.isAtMost(
                                MAX_KEPT_LENGTH, yes.claims().claims().asMap())) {
                    active.put(key, yes.from(Source.CACHE));
                } else {
                    active.remove(key);
                }
            }
            return;
        }
        Introspection.Active yes = active.get(key);
        if (yes == null || yes.askedNanos() - answer.askedNanos() <= 0) {
            active.remove(key);
            inactive.put(key, new Introspection.Inactive(Source.CACHE, answer.askedNanos(), answer.keepNanos()));
        }
    }

    /** Forgets everything; from then on every question goes through. */
    @Override
    public void close() {
        active.close();
        inactive.close();
    }
}
