package dev.cardea.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.request.PresentedToken;
import dev.cardea.request.TokenDigest;
import org.junit.jupiter.api.Test;

class CacheKeyTest {
    private static final byte[] SPACE = {1, 2, 3};

    private final TokenDigest token = PresentedToken.of("some-token").digest();

    @Test
    void theTokenTellsKeysOfOneSpaceApart() {
        CacheKey key = new CacheKey(SPACE, token);
        TokenDigest same = PresentedToken.of("some-token").digest();
        assertThat(new CacheKey(SPACE.clone(), same)).isEqualTo(key).hasSameHashCodeAs(key);

        TokenDigest other = PresentedToken.of("some-tokem").digest();
        assertThat(new CacheKey(SPACE, other)).isNotEqualTo(key);
    }

    @Test
    void theSpaceTellsKeysOfOneTokenApart() {
        assertThat(new CacheKey(SPACE, token)).isEqualTo(new CacheKey(new byte[] {1, 2, 3}, token));
        assertThat(new CacheKey(SPACE, token)).isNotEqualTo(new CacheKey(new byte[] {1, 2, 4}, token));
    }

    @Test
    void doesNotShowTheToken() {
        CacheKey key = KeySpace.of("endpoint", "client").key(PresentedToken.of("some-token"));
        assertThat(key).hasToString("cache key");
    }
}
