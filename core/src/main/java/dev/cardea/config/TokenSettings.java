package dev.cardea.config;

import dev.cardea.demand.Validation;
import dev.cardea.jwe.DecryptionKeys;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How tokens are told apart.
 *
 * @param validation {@code cardea.token.validation}; default {@link Validation#AUTO}
 * @param maxLength {@code cardea.token.max-length} in characters; default 8192
 * @param opaquePrefix {@code cardea.token.opaque-prefix}: what every opaque token starts with, or null
 * @param cookie {@code cardea.token.cookie}, or null where no cookie counts
 * @param decryptionKeys {@code cardea.jwt.decryption-key}, or null where encrypted tokens are refused
 * @param verified which JWTs are not verified again
 */
public record TokenSettings(
        Validation validation,
        int maxLength,
        @Nullable String opaquePrefix,
        @Nullable String cookie,
        @Nullable DecryptionKeys decryptionKeys,
        VerifiedCache verified) {

    /**
     * What is remembered of verified JWTs.
     *
     * @param maxEntries {@code cardea.jwt.cache.max-entries}; 0 remembers nothing; default 10000
     * @param ttl {@code cardea.jwt.cache.ttl}: age at which a JWT is verified again; default 5 min
     */
    public record VerifiedCache(int maxEntries, Duration ttl) {}
}
