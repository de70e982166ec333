package dev.cardea.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cardea.log.RecordedLog;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClockWatchTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.500Z");

    private final AtomicLong nanos = new AtomicLong();
    private final RecordedLog lines = new RecordedLog();
    private final Map<String, List<String>> headers = new HashMap<>();
    private Duration roundTrip = Duration.ZERO;
    private final ClockWatch watch = new ClockWatch(
            call -> {
                nanos.addAndGet(roundTrip.toNanos());
                return new HttpAnswer(200, Map.copyOf(headers), new byte[0]);
            },
            Clock.fixed(NOW, ZoneOffset.UTC),
            nanos::get,
            lines);

    /** The other clock says {@code off} seconds more than ours, in whole seconds: 12:00:00 is right. */
    @ParameterizedTest
    @CsvSource({
        "0, 0,",
        "5, 0,",
        "6, 0, at least 5 s behind that of as.example:8443",
        "3600, 0, at least 3599 s behind that of as.example:8443",
        "-5, 0,",
        "-6, 0, at least 5 s ahead of that of as.example:8443",
        "-7, 0, at least 6 s ahead of that of as.example:8443",
        "-7, 2,",
        "-9, 2, at least 6 s ahead of that of as.example:8443",
        "6, 2, at least 5 s behind that of as.example:8443",
    })
    void warnsAboveFiveSecondsWhateverTheRoundTripAndTheSecondAllow(
            long off, long roundTripSeconds, @Nullable String warning) throws Exception {
        roundTrip = Duration.ofSeconds(roundTripSeconds);
        ask(off);

        if (warning == null) {
            assertThat(lines.lines()).isEmpty();
        } else {
            assertThat(lines.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARNING ")
                    .contains(warning, "NTP", "cardea.jwt.clock-skew");
        }
    }

    @Test
    void warnsOncePerAuthorityAndHour() throws Exception {
        for (int i = 0; i < 10; i++) {
            ask(60);
            ask(-60, "https://other.example/token");
        }
        assertThat(lines.lines()).hasSize(2).anyMatch(line -> line.contains("that of other.example,"));

        nanos.addAndGet(Duration.ofHours(1).toNanos() - 1);
        ask(60);
        assertThat(lines.lines()).hasSize(2);
        nanos.addAndGet(1);
        ask(60);
        assertThat(lines.lines()).hasSize(3);
        ask(0);
        assertThat(lines.lines()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now", "Sat, 21 Nov 2026", "Fri, 31 Feb 2026 11:00:00 GMT", "1795262400"})
    void concludesNothingFromWhatIsNoDate(String date) throws Exception {
        headers.put("date", List.of(date));
        send("https://as.example:8443/jwks");
        headers.clear();
        send("https://as.example:8443/jwks");
        assertThat(lines.lines()).isEmpty();

        ask(60);
        assertThat(lines.lines()).hasSize(1);
    }

    @Test
    void concludesNothingFromAnAnswerOutOfACache() throws Exception {
        headers.put("age", List.of("0"));
        ask(-60);
        assertThat(lines.lines()).isEmpty();

        headers.remove("age");
        ask(-60);
        assertThat(lines.lines()).hasSize(1);
    }

    @Test
    void saysNothingOfPathAndQuery() throws Exception {
        ask(60, "https://as.example/secret-path?secret-query");
        assertThat(lines.lines()).singleElement().asString().doesNotContain("secret");
    }

    @Test
    void changesNothingAboutCallsAndAnswers() throws Exception {
        headers.put("x", List.of("y"));
        HttpCall call = call("https://as.example/");
        assertThat(watch.send(call).header("x")).isEqualTo("y");

        TransportException broken = new TransportException(TransportException.Kind.BROKEN, "broken");
        ClockWatch failing = new ClockWatch(
                asked -> {
                    throw broken;
                },
                Clock.systemUTC(),
                nanos::get,
                lines);
        assertThatExceptionOfType(TransportException.class)
                .isThrownBy(() -> failing.send(call))
                .isSameAs(broken);
    }

    private void ask(long off) throws TransportException {
        ask(off, "https://as.example:8443/jwks");
    }

    private void ask(long off, String uri) throws TransportException {
        headers.put(
                "date",
                List.of(DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        NOW.plusSeconds(off).atOffset(ZoneOffset.UTC))));
        send(uri);
    }

    private void send(String uri) throws TransportException {
        watch.send(call(uri));
    }

    private static HttpCall call(String uri) {
        return HttpCall.get(URI.create(uri), "application/json", Duration.ofSeconds(1), 10);
    }
}
