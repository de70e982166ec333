package dev.cardea.jwt;

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
}
