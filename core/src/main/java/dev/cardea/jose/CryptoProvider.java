package dev.cardea.jose;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Provider;
import java.security.Signature;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Who verifies the signatures of tokens and proofs ({@code cardea.crypto.provider}): for each algorithm one provider of the
 * Java Cryptography Architecture, or whatever the Java platform itself would take.
 *
 * <p>A provider is tried with {@link KnownAnswers} before anything is entrusted to it. One that is found on the class path
 * belongs to this object alone: nothing is registered with the Java platform, and it goes with the application, as far as
 * its native code lets it. Immutable and thread-safe.
 */
public final class CryptoProvider {
    /** {@code cardea.crypto.provider} unless it is set. */
    public static final String AUTO = "auto";

    static final String KEY = "cardea.crypto.provider";
    static final String JDK = "jdk";
    private static final CryptoProvider OF_PLATFORM = new CryptoProvider(Map.of(), false, List.of());

    private final Map<SignatureAlgorithm, Provider> chosen;
    private final boolean exclusive;
    private final List<String> warnings;

    /** @param exclusive whether nobody else verifies what a provider does not take */
    CryptoProvider(Map<SignatureAlgorithm, Provider> chosen, boolean exclusive, List<String> warnings) {
        this.chosen = Map.copyOf(chosen);
        this.exclusive = exclusive;
        this.warnings = List.copyOf(warnings);
    }

    /** The Java platform's own, in the order in which it has them. */
    public static CryptoProvider ofPlatform() {
        return OF_PLATFORM;
    }

    /** What {@link KnownAnswers} asks. */
    static CryptoProvider onTrial(Provider provider, SignatureAlgorithm algorithm) {
        return new CryptoProvider(Map.of(algorithm, provider), true, List.of());
    }

    /**
     * The provider that the setting names, or the fastest that is there.
     *
     * <p>{@code auto}: for each algorithm the first of Amazon Corretto, Conscrypt and Bouncy Castle that the Java platform or
     * the class path has, that is faster than the platform's own, and that answers as it should; else the platform's own.
     * {@code jdk}: the platform's own. Anything else names one provider that alone verifies, by its word or by the name
     * under which it is installed.
     *
     * @param algorithms the names of those that tokens and proofs may be signed with
     * @throws IllegalArgumentException if a provider is named that is not there or that does not verify one of these
     *     algorithms as it should; the message says what to do
     */
    public static CryptoProvider of(String setting, Set<String> algorithms) {
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        ClassLoader own = CryptoProvider.class.getClassLoader();
        ClassLoader[] loaders = application == null || application == own
                ? new ClassLoader[] {own}
                : new ClassLoader[] {application, own};
        return of(setting, algorithms, loaders);
    }

    static CryptoProvider of(String setting, Set<String> algorithms, ClassLoader... loaders) {
        return switch (setting) {
            case JDK -> ofPlatform();
            case AUTO -> apart(() -> new ProviderSearch(algorithms, loaders).fastest());
            default -> apart(() -> new ProviderSearch(algorithms, loaders).named(setting));
        };
    }

    /**
     * On a thread of its own, without the application's class loader: Bouncy Castle leaves objects with the thread that makes
     * it, which would keep the application in the server's thread, and Corretto starts a thread that keeps what it inherits.
     */
    private static CryptoProvider apart(Callable<CryptoProvider> search) {
        FutureTask<CryptoProvider> task = new FutureTask<>(search);
        Thread thread = new Thread(task, "cardea-crypto-provider");
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while looking for " + KEY, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IllegalStateException(KEY + " could not be tried", e.getCause());
        }
    }

    /**
     * What verifies signatures made with the private half of {@code key}: for one thread, time after time.
     *
     * @throws GeneralSecurityException if nobody who may can use this key with this algorithm
     */
    Signature verifier(SignatureAlgorithm algorithm, ProviderKey key) throws GeneralSecurityException {
        Provider provider = chosen.get(algorithm);
        if (provider == null) {
            return algorithm.verifier(key.original(), null);
        }
        try {
            return algorithm.verifier(key.at(provider), provider);
        } catch (GeneralSecurityException | RuntimeException e) {
            // Each has its own idea of which sizes and exponents are worth supporting.
            if (exclusive) {
                throw new InvalidKeyException(provider.getName() + " does not take the key");
            }
            return algorithm.verifier(key.original(), null);
        }
    }

    /** Providers that are there and not used, and why, each for a line of its own at WARNING. */
    public List<String> warnings() {
        return warnings;
    }

    /** Who verifies, for one line at INFO. */
    public String summary() {
        Map<String, Set<String>> byProvider = new TreeMap<>();
        chosen.forEach((algorithm, provider) -> byProvider
                .computeIfAbsent(described(provider), name -> new TreeSet<>())
                .add(algorithm.standardName()));
        if (byProvider.isEmpty()) {
            return "Signatures are verified by the Java platform's own providers";
        }
        StringBuilder summary = new StringBuilder("Signatures are verified by ");
        byProvider.forEach((provider, algorithms) -> summary.append(provider)
                .append(" (")
                .append(String.join(", ", algorithms))
                .append("), "));
        return summary.append(exclusive ? "and by nobody else" : "others by the Java platform's own providers")
                .toString();
    }

    static String described(Provider provider) {
        return provider.getName() + " " + provider.getVersionStr();
    }

    /** As {@link #summary()}. */
    @Override
    public String toString() {
        return summary();
    }
}
