package dev.cardea.jwt;

import dev.cardea.jose.CryptoProvider;
import dev.cardea.jose.UnusableJwkException;
import dev.cardea.jose.VerificationKey;
import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import dev.cardea.reject.Uncertainty;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.testkit.TestKey;
import dev.cardea.testkit.TestKeys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * An issuer's keys as a test wants them, without an issuer. The key that a {@code kid} names is given out whatever algorithm
 * it is for: verifiers have to refuse it themselves.
 */
public final class KeyRing implements KeySource {
    private final List<VerificationKey> keys = new CopyOnWriteArrayList<>();
    private volatile boolean tooOld;

    public KeyRing(TestKey... published) {
        List.of(published).forEach(this::add);
    }

    /** A key that was published once before is another one now. */
    public void add(TestKey key) {
        try {
            keys.addAll(JwkSet.read(TestKeys.jwks(key).getBytes(StandardCharsets.UTF_8), CryptoProvider.ofPlatform())
                    .keys());
        } catch (UnusableJwkException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public void remove(TestKey key) {
        keys.removeIf(known -> key.kid().equals(known.id()));
    }

    /** Whether nobody has been able to fetch them for too long. */
    public void tooOld(boolean now) {
        tooOld = now;
    }

    @Override
    public VerificationKey key(@Nullable String keyId, String algorithm)
            throws RejectedException, UndeterminedException {
        requireYoung();
        List<VerificationKey> fitting = keys.stream()
                .filter(key -> keyId == null ? key.isFor(algorithm) : keyId.equals(key.id()))
                .toList();
        if (fitting.size() != 1) {
            throw new RejectedException(Reason.KEY_UNKNOWN, "not one such key");
        }
        return fitting.get(0);
    }

    @Override
    public boolean stillHas(VerificationKey key) throws UndeterminedException {
        requireYoung();
        return keys.stream().anyMatch(known -> known == key);
    }

    private void requireYoung() throws UndeterminedException {
        if (tooOld) {
            throw new UndeterminedException(Uncertainty.KEYS_UNAVAILABLE, "too old");
        }
    }
}
