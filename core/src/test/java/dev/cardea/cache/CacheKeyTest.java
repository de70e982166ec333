package dev.cardea.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.request.PresentedToken;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheKeyTest {
    private static final byte[] SPACE = {1, 2, 3};

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void everyWordOfTheDigestTellsTokensApart(int different) {
        long[] words = {7, 7, 7, 7};
        CacheKey key = key(SPACE, words);
        assertThat(key(SPACE.clone(), words)).isEqualTo(key).hasSameHashCodeAs(key);

        words[different]++;
        assertThat(key(SPACE, words)).isNotEqualTo(key);
    }

    @Test
    void theSpaceTellsKeysOfOneTokenApart() {
        long[] words = {7, 7, 7, 7};
        assertThat(key(SPACE, words)).isEqualTo(key(new byte[] {1, 2, 3}, words));
        assertThat(key(SPACE, words)).isNotEqualTo(key(new byte[] {1, 2, 4}, words));
    }

    @Test
    void isMadeOfTheWholeDigestOfTheToken() {
        PresentedToken token = PresentedToken.of("some-token");
        ByteBuffer digest = ByteBuffer.wrap(token.digest());
        for (int i = 0; i < 4; i++) {
            assertThat(token.digestWord(i)).isEqualTo(digest.getLong());
        }
    }

    @Test
    void doesNotShowTheToken() {
        CacheKey key = KeySpace.of("endpoint", "client").key(PresentedToken.of("some-token"));
        assertThat(key).hasToString("cache key");
    }

    private static CacheKey key(byte[] space, long[] words) {
        return new CacheKey(space, words[0], words[1], words[2], words[3]);
    }
}
