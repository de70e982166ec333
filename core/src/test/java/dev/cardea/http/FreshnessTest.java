package dev.cardea.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "max-age=300; 300",
                "Max-Age=300; 300",
                "public, max-age=300, must-revalidate; 300",
                "max-age=\"300\"; 300",
                "max-age=300, max-age=200; 200",
                "max-age=0; 0",
                "no-cache; 0",
                "No-Store; 0",
                "max-age=300, no-cache; 0",
                "max-age=; 0",
                "max-age=-1; 0",
                "max-age=1e3; 0",
                "max-age=٣; 0",
                "max-age=99999999999999999999; 2147483647",
            })
    void readsWhatCacheControlSays(String cacheControl, long seconds) {
        assertThat(Freshness.of(answer(Map.of("cache-control", List.of(cacheControl)))))
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"public", "''", "s-maxage=5", "no-cache=\"set-cookie\"", "private", "xmax-age=5"})
    void saysNothingWhereTheServerSaysNothing(String cacheControl) {
        assertThat(Freshness.of(answer(Map.of("cache-control", List.of(cacheControl)))))
                .isNull();
        assertThat(Freshness.of(answer(Map.of("expires", List.of("0"))))).isNull();
    }

    @Test
    void whatLayInACacheIsOlder() {
        assertThat(Freshness.of(answer(Map.of("cache-control", List.of("max-age=300"), "age", List.of("100")))))
                .isEqualTo(Duration.ofSeconds(200));
        assertThat(Freshness.of(answer(Map.of("cache-control", List.of("max-age=300"), "age", List.of("400")))))
                .isEqualTo(Duration.ZERO);
    }

    /** Some servers say {@code no-store} of everything; a time that one of them names is meant. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "max-age=300; 0; 300",
                "no-cache, max-age=300; 100; 200",
                "max-age=0, max-age=300; 0; 300",
                "max-age=300; 300; 0",
                "max-age=300; 400; 0"
            })
    void ofAServerThatForbidsEverythingOnlyATimeCounts(String cacheControl, String age, long seconds) {
        assertThat(Freshness.ofMaxAge(answer(Map.of("cache-control", List.of(cacheControl), "age", List.of(age)))))
                .isEqualTo(Duration.ofSeconds(seconds));
        for (String nothing : List.of("no-store", "no-cache", "max-age=0", "max-age=x", "public")) {
            assertThat(Freshness.ofMaxAge(answer(Map.of("cache-control", List.of(nothing)))))
                    .as(nothing)
                    .isNull();
        }
    }

    @Test
    void readsEveryField() {
        assertThat(Freshness.of(answer(Map.of("cache-control", List.of("max-age=300", "no-cache")))))
                .isEqualTo(Duration.ZERO);
    }

    private static HttpAnswer answer(Map<String, List<String>> headers) {
        return new HttpAnswer(200, headers, new byte[0]);
    }
}
