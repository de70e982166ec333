package dev.cardea.jwe;

import dev.cardea.jose.Curve;
import java.security.PrivateKey;
import org.jspecify.annotations.Nullable;

/**
 * A private key of ours, with the one algorithm it is for (RFC 8725 3.1, W02).
 *
 * @param id its {@code kid}, or null
 * @param curve null for RSA
 */
record DecryptionKey(
        @Nullable String id,
        KeyManagement algorithm,
        PrivateKey privateKey,
        @Nullable Curve curve) {
    /** The algorithm only. */
    @Override
    public String toString() {
        return algorithm.name() + " key";
    }
}
