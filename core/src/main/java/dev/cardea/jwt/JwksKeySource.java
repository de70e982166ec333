package dev.cardea.jwt;

import dev.cardea.config.JwksSettings;
import dev.cardea.discovery.Endpoint;
import dev.cardea.discovery.LastGood;
import dev.cardea.http.HttpAnswer;
import dev.cardea.http.HttpCall;
import dev.cardea.http.HttpTransport;
import dev.cardea.http.TransportException;
import dev.cardea.log.RateLimitedLog;
import dev.cardea.reject.Quoted;
import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import dev.cardea.reject.Uncertainty;
import dev.cardea.reject.UndeterminedException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The issuer's published keys, fetched when first needed, kept, refreshed, and fetched again for a {@code kid} that they do
 * not have (RFC 7517, RFC 8725 3.10).
 *
 * <p>Anybody can invent a {@code kid}, so fetches on its account are rationed: two at once, then one per cooldown. A fetch
 * that fails costs nothing, but none is begun within five seconds of it. A {@code kid} counts as unknown only if the keys
 * are younger than the cooldown; otherwise we cannot tell, since the issuer may have rotated them. No failure and no empty
 * set replaces keys that were good.
 *
 * <p>Thread-safe. A known key costs a volatile read while the keys are fresh. When they have become due, one request at a
 * time is held up by fetching them, for at most two timeouts (finding their address, then the keys).
 */
public final class JwksKeySource implements KeySource {
    private static final System.Logger LOGGER = System.getLogger(JwksKeySource.class.getName());
    private static final int BURST = 2;
    private static final int OK = 200;

    private final JwksSettings settings;
    private final Endpoint endpoint;
    private final HttpTransport transport;
    private final LongSupplier nanoTime;
    private final LastGood<JwkSet> sets;
    private final TokenBucket strangers;
    private final RateLimitedLog log;
    private final AtomicReference<List<String>> complaints = new AtomicReference<>(List.of());
    private final AtomicReference<LastGood.@Nullable Copy<JwkSet>> charged = new AtomicReference<>();

    /**
     * @param endpoint the address of the key set, asked before each fetch
     * @param nanoTime a monotonic time in nanoseconds
     * @param log for this source alone
     */
    public JwksKeySource(
            JwksSettings settings,
            Endpoint endpoint,
            HttpTransport transport,
            LongSupplier nanoTime,
            RateLimitedLog log) {
        this.settings = settings;
        this.endpoint = endpoint;
        this.transport = transport;
        this.nanoTime = nanoTime;
        this.log = log;
        this.sets = new LastGood<>(
                this::fetch,
                new LastGood.Rules(
                        Uncertainty.KEYS_UNAVAILABLE,
                        settings.refresh(),
                        settings.maxStale(),
                        settings.timeout().multipliedBy(2)),
                nanoTime);
        this.strangers = new TokenBucket(BURST, settings.cooldown().toNanos(), nanoTime);
    }

    @Override
    public VerificationKey key(@Nullable String keyId, String algorithm)
            throws RejectedException, UndeterminedException {
        long came = nanoTime.getAsLong();
        LastGood.Copy<JwkSet> before = sets.peek();
        LastGood.Copy<JwkSet> copy = sets.get();
        VerificationKey key = copy.value().find(keyId, algorithm);
        if (key != null) {
            return key;
        }
        requireNotForAnotherAlgorithm(copy.value(), keyId, algorithm);
        // Not merely fetched meanwhile: a fetch that this request joined may have left before the keys were rotated.
        if (copy != before && sets.isSince(came, copy)) {
            charge(copy);
            throw unknown(keyId, algorithm);
        }
        return afterRotation(copy, came, keyId, algorithm);
    }

    @Override
    public boolean stillHas(VerificationKey key) throws UndeterminedException {
        return sets.get().value().has(key);
    }

    @Override
    public @Nullable VerificationKey atHand(@Nullable String keyId, String algorithm) {
        LastGood.Copy<JwkSet> copy = sets.peek();
        return copy == null ? null : copy.value().find(keyId, algorithm);
    }

    private VerificationKey afterRotation(
            LastGood.Copy<JwkSet> seen, long came, @Nullable String keyId, String algorithm)
            throws RejectedException, UndeterminedException {
        LastGood.Copy<JwkSet> copy;
        try {
            copy = sets.newerThan(seen, strangers::tryTake, strangers::giveBack);
            if (copy != seen && !sets.isSince(came, copy) && copy.value().find(keyId, algorithm) == null) {
                copy = sets.newerThan(copy, strangers::tryTake, strangers::giveBack);
            }
        } catch (UndeterminedException e) {
            copy = seen;
        }
        VerificationKey key = copy.value().find(keyId, algorithm);
        if (key != null) {
            return key;
        }
        requireNotForAnotherAlgorithm(copy.value(), keyId, algorithm);
        if (sets.age(copy).compareTo(settings.cooldown()) < 0) {
            throw unknown(keyId, algorithm);
        }
        throw new UndeterminedException(
                Uncertainty.KEYS_UNAVAILABLE,
                "kid " + Quoted.of(keyId) + " is not among the known keys, and newer keys cannot be fetched now");
    }

    /** Fetched keys that still lack the {@code kid} count as fetched for it, once, whoever fetched them and why. */
    private void charge(LastGood.Copy<JwkSet> copy) {
        if (charged.getAndSet(copy) != copy) {
            strangers.tryTake();
        }
    }

    /** RFC 8725 3.1 (W02): a {@code kid} that is there, for another algorithm, is not unknown; no fetch would help. */
    private static void requireNotForAnotherAlgorithm(JwkSet set, @Nullable String keyId, String algorithm)
            throws RejectedException {
        if (keyId == null) {
            return;
        }
        String others = set.named(keyId)
                .flatMap(key -> key.algorithms().stream())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        if (!others.isEmpty() && set.named(keyId).noneMatch(key -> key.isFor(algorithm))) {
            throw new RejectedException(
                    Reason.ALGORITHM_NOT_ACCEPTED,
                    "alg is " + Quoted.of(algorithm) + ", but the key that kid names is for " + others);
        }
    }

    private static RejectedException unknown(@Nullable String keyId, String algorithm) {
        return new RejectedException(
                Reason.KEY_UNKNOWN,
                keyId == null
                        ? "the token has no kid, and not exactly one of the issuer's keys is for " + algorithm
                        : "the issuer has no single key with kid " + Quoted.of(keyId));
    }

    private JwkSet fetch() throws UndeterminedException {
        URI uri = endpoint.uri();
        try {
            HttpAnswer answer =
                    transport.send(HttpCall.get(uri, "application/json", settings.timeout(), JwkSet.MAX_SIZE));
            LastGood.Copy<JwkSet> before = sets.peek();
            JwkSet set = before == null ? usable(answer) : usable(answer).keeping(before.value());
            complain(uri, set.complaints());
            log.works("signing keys can be fetched again from " + Quoted.of(uri));
            return set;
        } catch (TransportException e) {
            throw unavailable(uri, String.valueOf(e.getMessage()));
        } catch (UnusableJwkException e) {
            throw unavailable(uri, "the answer " + e.getMessage());
        }
    }

    /** Once, not at every refresh: published keys change rarely. */
    private void complain(URI uri, List<String> news) {
        if (!complaints.getAndSet(news).equals(news) && !news.isEmpty()) {
            LOGGER.log(Level.WARNING, "keys from " + Quoted.of(uri) + " are left out: " + String.join("; ", news));
        }
    }

    private static JwkSet usable(HttpAnswer answer) throws UnusableJwkException {
        if (answer.status() != OK) {
            throw new UnusableJwkException("has status " + answer.status());
        }
        JwkSet set = JwkSet.read(answer.body());
        if (set.keys().isEmpty()) {
            throw new UnusableJwkException("has no usable signing key " + set.complaints());
        }
        return set;
    }

    private UndeterminedException unavailable(URI uri, String why) {
        String detail = "no signing keys from " + Quoted.of(uri) + ": " + why;
        log.failed(Level.WARNING, Uncertainty.KEYS_UNAVAILABLE, detail);
        return new UndeterminedException(Uncertainty.KEYS_UNAVAILABLE, detail);
    }
}
