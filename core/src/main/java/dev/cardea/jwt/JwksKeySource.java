package dev.cardea.jwt;

import dev.cardea.config.JwksSettings;
import dev.cardea.discovery.Endpoint;
import dev.cardea.discovery.LastGood;
import dev.cardea.discovery.Refresher;
import dev.cardea.http.Freshness;
import dev.cardea.http.HttpAnswer;
import dev.cardea.http.HttpCall;
import dev.cardea.http.HttpTransport;
import dev.cardea.http.TransportException;
import dev.cardea.jose.CryptoProvider;
import dev.cardea.jose.UnusableJwkException;
import dev.cardea.jose.VerificationKey;
import dev.cardea.log.RateLimitedLog;
import dev.cardea.reject.Quoted;
import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import dev.cardea.reject.Uncertainty;
import dev.cardea.reject.UndeterminedException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The issuer's published keys, fetched in the background ahead of need, kept, and fetched again for a {@code kid} that they
 * do not have (RFC 7517, RFC 8725 3.10).
 *
 * <p>Anybody can invent a {@code kid}, so fetches on its account are rationed: see {@link UnknownKeyIds}. Whatever fetches,
 * none is begun within five seconds of one that failed. A {@code kid} counts as unknown only if it was asked for now, or the
 * keys are younger than the cooldown and the last attempt did not fail; otherwise we cannot tell, since the issuer may have
 * rotated them. One exception: what these young keys withdrew, or were asked for in vain, is unknown even right after a
 * failure. No failure and no empty set replaces keys that were good.
 *
 * <p>Thread-safe. A known key costs a volatile read and the time; no request with one ever waits, whatever is being fetched
 * and whoever fails, until the keys are older than {@code cardea.jwks.max-stale}.
 */
public final class JwksKeySource implements KeySource {
    private static final System.Logger LOGGER = System.getLogger("dev.cardea.jwks");
    private static final int OK = 200;
    private static final int MOST_COMPLAINTS = 10;

    private final JwksSettings settings;
    private final Endpoint endpoint;
    private final HttpTransport transport;
    private final CryptoProvider crypto;
    private final LongSupplier nanoTime;
    private final LastGood<JwkSet> sets;
    private final UnknownKeyIds strangers;
    private final RateLimitedLog log;
    private final AtomicReference<List<String>> complaints = new AtomicReference<>(List.of());
    private final AtomicReference<LastGood.@Nullable Copy<JwkSet>> charged = new AtomicReference<>();

    /**
     * @param endpoint the address of the key set, asked before each fetch
     * @param crypto who verifies with the keys
     * @param nanoTime a monotonic time in nanoseconds
     * @param refresher fetches the keys ahead of time, once they were needed or {@link #fetchAhead} was called
     * @param log for this source alone
     */
    public JwksKeySource(
            JwksSettings settings,
            Endpoint endpoint,
            HttpTransport transport,
            CryptoProvider crypto,
            LongSupplier nanoTime,
            Refresher refresher,
            RateLimitedLog log) {
        this.settings = settings;
        this.endpoint = endpoint;
        this.transport = transport;
        this.crypto = crypto;
        this.nanoTime = nanoTime;
        this.log = log;
        this.strangers = new UnknownKeyIds(settings.cooldown(), nanoTime);
        this.sets = new LastGood<>(
                this::fetch,
                new LastGood.Rules(
                        Uncertainty.KEYS_UNAVAILABLE,
                        settings.refresh(),
                        settings.maxStale(),
                        settings.timeout().multipliedBy(2)),
                nanoTime,
                refresher);
    }

    /** Has the keys fetched before a request needs them. */
    public void fetchAhead() {
        sets.want();
    }

    @Override
    public VerificationKey key(@Nullable String keyId, String algorithm)
            throws RejectedException, UndeterminedException {
        LastGood.Copy<JwkSet> before = sets.peek();
        if (before == null) {
            return firstKey(keyId, algorithm);
        }
        LastGood.Copy<JwkSet> copy = sets.get();
        VerificationKey key = copy.value().find(keyId, algorithm);
        return key != null ? key : afterRotation(copy, nanoTime.getAsLong(), keyId, algorithm);
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

    private VerificationKey firstKey(@Nullable String keyId, String algorithm)
            throws RejectedException, UndeterminedException {
        long came = nanoTime.getAsLong();
        LastGood.Copy<JwkSet> copy = sets.get();
        VerificationKey key = copy.value().find(keyId, algorithm);
        if (key != null) {
            return key;
        }
        // Not merely fetched meanwhile: a fetch that this request joined may have left before the keys were rotated.
        if (sets.isSince(came, copy)) {
            requireNotForAnotherAlgorithm(copy.value(), keyId, algorithm);
            charge(copy);
            throw unknown(keyId, algorithm);
        }
        return afterRotation(copy, came, keyId, algorithm);
    }

    private VerificationKey afterRotation(
            LastGood.Copy<JwkSet> seen, long came, @Nullable String keyId, String algorithm)
            throws RejectedException, UndeterminedException {
        requireNotForAnotherAlgorithm(seen.value(), keyId, algorithm);
        String name = name(keyId, algorithm);
        if (isYoung(seen) && strangers.isAbsent(name)) {
            throw unknown(keyId, algorithm);
        }
        UnknownKeyIds.Inquiry inquiry = strangers.inquiry(name);
        LastGood.Copy<JwkSet> copy;
        try {
            copy = sets.newerThan(seen, inquiry::permit, inquiry::giveBack);
            if (copy != seen && !sets.isSince(came, copy) && copy.value().find(keyId, algorithm) == null) {
                copy = sets.newerThan(copy, inquiry::permit, inquiry::giveBack);
            }
        } catch (UndeterminedException e) {
            throw cannotTell(keyId);
        }
        VerificationKey key = copy.value().find(keyId, algorithm);
        if (key != null) {
            inquiry.giveBack();
            return key;
        }
        requireNotForAnotherAlgorithm(copy.value(), keyId, algorithm);
        if (sets.isSince(came, copy)) {
            inquiry.isAnsweredInVain();
            throw unknown(keyId, algorithm);
        }
        if (isYoung(copy)) {
            throw unknown(keyId, algorithm);
        }
        throw cannotTell(keyId);
    }

    private boolean isYoung(LastGood.Copy<JwkSet> copy) {
        return sets.age(copy).compareTo(settings.cooldown()) < 0;
    }

    /** What is asked for: without a {@code kid}, the only key for the algorithm. */
    private static String name(@Nullable String keyId, String algorithm) {
        return keyId == null ? "only " + algorithm : "kid " + keyId;
    }

    /** Fetched keys that still lack the {@code kid} count as fetched for it, once, whoever fetched them and why. */
    private void charge(LastGood.Copy<JwkSet> copy) {
        if (charged.getAndSet(copy) != copy) {
            strangers.charge();
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

    private static UndeterminedException cannotTell(@Nullable String keyId) {
        return new UndeterminedException(
                Uncertainty.KEYS_UNAVAILABLE,
                "kid " + Quoted.of(keyId) + " is not among the known keys, and newer keys cannot be fetched now");
    }

    private static RejectedException unknown(@Nullable String keyId, String algorithm) {
        return new RejectedException(
                Reason.KEY_UNKNOWN,
                keyId == null
                        ? "the token has no kid, and not exactly one of the issuer's keys is for " + algorithm
                        : "the issuer has no single key with kid " + Quoted.of(keyId));
    }

    private LastGood.Fetched<JwkSet> fetch() throws UndeterminedException {
        URI uri = endpoint.uri();
        try {
            HttpAnswer answer =
                    transport.send(HttpCall.get(uri, "application/json", settings.timeout(), JwkSet.MAX_SIZE));
            JwkSet set = successor(usable(answer));
            complain(uri, set.complaints());
            log.works("signing keys can be fetched again from " + Quoted.of(uri));
            return new LastGood.Fetched<>(set, Freshness.of(answer));
        } catch (TransportException e) {
            throw unavailable(uri, String.valueOf(e.getMessage()));
        } catch (UnusableJwkException e) {
            throw unavailable(uri, "the answer " + e.getMessage());
        }
    }

    /** A key that stays is the object that it was; ids that have gone need not be asked for. */
    private JwkSet successor(JwkSet fetched) {
        LastGood.Copy<JwkSet> before = sets.peek();
        if (before == null) {
            return fetched;
        }
        before.value().keys().stream()
                .map(VerificationKey::id)
                .filter(id -> id != null && fetched.named(id).findAny().isEmpty())
                .forEach(id -> strangers.markAbsent(name(id, "")));
        return fetched.keeping(before.value());
    }

    /** Once, not at every refresh: published keys change rarely. */
    private void complain(URI uri, List<String> news) {
        if (!complaints.getAndSet(news).equals(news) && !news.isEmpty()) {
            String more = news.size() > MOST_COMPLAINTS ? "; and " + (news.size() - MOST_COMPLAINTS) + " more" : "";
            LOGGER.log(
                    Level.WARNING,
                    "keys from " + Quoted.of(uri) + " are left out: "
                            + news.stream().limit(MOST_COMPLAINTS).collect(Collectors.joining("; ")) + more);
        }
    }

    private JwkSet usable(HttpAnswer answer) throws UnusableJwkException {
        if (answer.status() != OK) {
            throw new UnusableJwkException("has status " + answer.status());
        }
        JwkSet set = JwkSet.read(answer.body(), crypto);
        if (set.keys().isEmpty()) {
            throw new UnusableJwkException("has no usable signing key " + set.complaints());
        }
        return set;
    }

    private UndeterminedException unavailable(URI uri, String why) {
        String detail = "no signing keys from " + Quoted.of(uri) + ": " + why;
        if (!Thread.currentThread().isInterrupted()) { // else it is about us: the application is being stopped
            tellOutage(detail);
        }
        return new UndeterminedException(Uncertainty.KEYS_UNAVAILABLE, detail);
    }

    /** Apart, so that the operator sees when an outage that nobody noticed becomes one that everybody does. */
    private void tellOutage(String detail) {
        LastGood.Copy<JwkSet> copy = sets.peek();
        Duration age = copy == null ? settings.maxStale() : sets.age(copy);
        if (age.compareTo(settings.maxStale()) < 0) {
            Duration left = settings.maxStale().minus(age);
            log.failed(
                    Level.WARNING,
                    Outage.KNOWN_KEYS_SERVE,
                    detail + "; those fetched " + age.toSeconds() + " s ago serve for another " + left.toSeconds()
                            + " s (cardea.jwks.max-stale), then 503");
        } else {
            log.failed(Level.WARNING, Outage.NO_KEYS, detail + "; tokens that need them are answered with 503");
        }
    }

    private enum Outage {
        KNOWN_KEYS_SERVE,
        NO_KEYS
    }
}
