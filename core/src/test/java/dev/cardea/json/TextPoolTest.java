package dev.cardea.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextPoolTest {
    private static JsonObject object(String json) throws MalformedJsonException {
        return (JsonObject)
                BoundedJson.readObject(json.getBytes(StandardCharsets.UTF_8), JsonLimits.ofBytes(1024 * 1024));
    }

    @Test
    void objectsThatSayTheSameHaveTheirTextsInCommonAndSayTheSameAsBefore() throws Exception {
        TextPool pool = new TextPool();
        String json = "{\"iss\":\"https://as.example\",\"n\":7,\"act\":{\"sub\":\"bob\"},\"aud\":[\"a\"],\"x\":null}";
        JsonObject first = object(json);
        JsonObject second = object(json);
        assertThat(first.get("iss")).isNotSameAs(second.get("iss"));
        first.share(pool);
        second.share(pool);
        assertThat(first.get("iss")).isSameAs(second.get("iss"));
        assertThat(((JsonObject) first.get("act")).get("sub")).isSameAs(((JsonObject) second.get("act")).get("sub"));
        assertThat(first).isEqualTo(object(json)).isEqualTo(second);
    }

    @Test
    void neverTakesOneTextForAnotherWhoeverComesAtOnce() throws Exception {
        TextPool pool = new TextPool();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        Callable<Boolean> client = () -> IntStream.range(0, 200_000)
                .mapToObj(i -> String.valueOf(i * 31L % 5_000))
                .allMatch(text -> pool.shared(text).equals(text));
        try {
            for (Future<Boolean> right : threads.invokeAll(List.of(client, client, client, client))) {
                assertThat(right.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void longTextsAreLeftAsTheyAre() {
        TextPool pool = new TextPool();
        String text = "x".repeat(TextPool.MAX_LENGTH);
        assertThat(pool.shared(text)).isSameAs(pool.shared(new String(text)));
        String longer = text + "x";
        pool.shared(longer);
        String again = new String(longer);
        assertThat(pool.shared(again)).isSameAs(again);
    }
}
