package dev.cardea.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenDigestTest {
    private final TokenHasher hasher = new TokenHasher();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    @Tag("N12")
    void everyWordTellsTokensApart(int different) {
        ByteBuffer sha256 =
                ByteBuffer.allocate(32).putLong(7).putLong(7).putLong(7).putLong(7);
        TokenDigest digest = new TokenDigest(sha256.array());
        assertThat(new TokenDigest(sha256.array().clone())).isEqualTo(digest).hasSameHashCodeAs(digest);
        for (int i = 0; i < 4; i++) {
            assertThat(digest.word(i)).isEqualTo(7);
        }

        sha256.putLong(different * Long.BYTES, 8);
        assertThat(new TokenDigest(sha256.array())).isNotEqualTo(digest);
    }

    @Test
    void isTheSha256OfTheTokenAloneWhereverItStands() throws Exception {
        TokenDigest expected = new TokenDigest(sha256("abc.def"));
        assertThat(digest(hasher, "abc.def", 0)).isEqualTo(expected);
        assertThat(digest(hasher, "Bearer abc.def", 7)).isEqualTo(expected);
        assertThat(digest(hasher, "Bearer abc.deg", 7)).isNotEqualTo(expected);
    }

    /** More threads than places, so that some find theirs empty, and others what somebody has just put back. */
    @Test
    void sharedMachinesMixUpNoTokens() throws Exception {
        List<String> tokens = IntStream.range(0, 200)
                .mapToObj(i -> "token-" + i + "x".repeat(i))
                .toList();
        List<TokenDigest> expected = tokens.stream()
                .map(token -> digest(new TokenHasher(), token, 0))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(40);
        try {
            Callable<List<TokenDigest>> round =
                    () -> tokens.stream().map(token -> digest(hasher, token, 0)).toList();
            for (Future<List<TokenDigest>> done : threads.invokeAll(Collections.nCopies(400, round))) {
                assertThat(done.get()).isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static TokenDigest digest(TokenHasher hasher, String text, int start) {
        return hasher.digest(text.getBytes(StandardCharsets.US_ASCII), start);
    }

    private static byte[] sha256(String text) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
    }
}
