package dev.cardea.jwt;

import dev.cardea.jose.VerificationKey;
import dev.cardea.reject.RejectedException;
import dev.cardea.reject.UndeterminedException;
import org.jspecify.annotations.Nullable;

/** Where verification keys of one issuer come from. Implementations are thread-safe. */
public interface KeySource {
    /**
     * The one key for a token.
     *
     * @param keyId {@code kid} of the token, which its presenter chose, or null
     * @param algorithm an accepted algorithm; without a {@code kid}, exactly one key must be for it
     * @throws RejectedException if the issuer is known not to have such a key
     * @throws UndeterminedException if that cannot be told
     */
    VerificationKey key(@Nullable String keyId, String algorithm) throws RejectedException, UndeterminedException;

    /**
     * Whether {@code key}, which {@link #key} gave out some time ago, may still be relied upon: false once the issuer has
     * withdrawn it, so that what was verified with it before no longer holds. A key that is published unchanged stays the
     * same object, so this compares references only.
     *
     * @throws UndeterminedException if the keys have become too old to rely on and newer ones cannot be had
     */
    boolean stillHas(VerificationKey key) throws UndeterminedException;

    /**
     * The one key for a token if it is among those at hand, be they fresh or not, else null. Asks nobody, waits for nobody.
     * By default none is.
     */
    default @Nullable VerificationKey atHand(@Nullable String keyId, String algorithm) {
        return null;
    }
}
