package dev.cardea.jwt;

import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import dev.cardea.reject.Uncertainty;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.testkit.TestKey;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An issuer's keys as a test wants them, without an issuer. */
public final class KeyRing implements KeySource {
    private final List<VerificationKey> keys = new CopyOnWriteArrayList<>();
    private volatile boolean tooOld;

    public KeyRing(TestKey... published) {
        List.of(published).forEach(this::add);
    }

    /** A key that was published once before is another one now. */
    public void add(TestKey key) {
        keys.add(new VerificationKey(key.kid(), key.keyPair().getPublic(), Set.of(key.algorithm())));
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
        return keys.stream()
                .filter(key -> String.valueOf(key.id()).equals(keyId) && key.isFor(algorithm))
                .findFirst()
                .orElseThrow(() -> new RejectedException(Reason.KEY_UNKNOWN, "no such key"));
    }

    @Override
    public @Nullable VerificationKey atHand(@Nullable String keyId, String algorithm) {
        return null;
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
