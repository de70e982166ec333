package dev.cardea;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.TestAuthorizationServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody sets the time of the day here by minutes, while time goes on; the authorization server's is right. */
@Tag("N25")
class ClockStepsTest {
    private static final AccessPolicy READ = AccessPolicy.allScopes("orders:read");

    private final AtomicLong nanos = new AtomicLong();
    private volatile Duration wrongBy = Duration.ZERO;
    private final List<DecisionEvent> events = new ArrayList<>();
    private final TestAuthorizationServer as = TestAuthorizationServer.start(new Passing(false));
    private final ResourceServer server = ResourceServer.builder()
            .clock(new Passing(true))
            .nanoTime(nanos::get)
            .listener(events::add)
            .properties(Map.of(
                    "cardea.issuer",
                    as.issuer(),
                    "cardea.allow-http-issuer",
                    "true",
                    "cardea.audience",
                    TestAuthorizationServer.AUDIENCE,
                    "cardea.introspection.client-id",
                    TestAuthorizationServer.CLIENT_ID,
                    "cardea.introspection.client-secret",
                    TestAuthorizationServer.CLIENT_SECRET,
                    "cardea.introspection.cache.ttl",
                    "10m"))
            .build();

    /** Goes with the monotonic time. */
    private final class Passing extends Clock {
        private final boolean ours;

        Passing(boolean ours) {
            this.ours = ours;
        }

        @Override
        public Instant instant() {
            Instant right = Instant.parse("2026-03-01T12:00:00Z").plusNanos(nanos.get());
            return ours ? right.plus(wrongBy) : right;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @AfterEach
    void close() {
        server.close();
        as.close();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private String ending(String token) {
        Authentication authentication = server.authenticate(new BearerRequest(token));
        Decision decision = server.authorize(authentication, READ);
        server.conclude(authentication);
        DecisionEvent last = events.get(events.size() - 1);
        return decision instanceof Decision.Granted ? "granted, " + last.source() : last.reason();
    }

    private String opaque(Duration lifetime) {
        Map<String, @Nullable Object> metadata = as.metadata("orders:read");
        metadata.put("exp", new Passing(false).instant().plus(lifetime).getEpochSecond());
        return as.issueOpaque(metadata);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT5M", "-PT5M"})
    @Tag("accepts")
    void noGoodTokenIsRefusedAndNoneIsAskedForBeforeItsTime(Duration step) {
        String opaque = opaque(Duration.ofHours(1));
        String jwt = as.accessToken("orders:read")
                .claim("exp", new Passing(false).instant().getEpochSecond() + 3600)
                .build();
        pass(Duration.ofMinutes(6)); // an iat of the future is refused, as of a clock that is wrong
        ending(opaque);
        ending(jwt);
        wrongBy = step;
        assertThat(ending(opaque)).isEqualTo("granted, CACHE");
        assertThat(ending(jwt)).startsWith("granted");
        pass(Duration.ofMinutes(10).minusNanos(1));
        assertThat(ending(opaque)).isEqualTo("granted, CACHE");
        assertThat(as.count(Endpoint.INTROSPECTION)).isEqualTo(1);
        wrongBy = Duration.ZERO;
        pass(Duration.ofNanos(1));
        assertThat(ending(opaque)).isEqualTo("granted, REMOTE");
        assertThat(ending(jwt)).startsWith("granted");
    }

    @Test
    @Tag("I15")
    @Tag("refuses")
    void anExpiredTokenIsNotGoodAgainWhenTheClockIsSetBack() {
        String twin = opaque(Duration.ofHours(1));
        String token = opaque(Duration.ofMinutes(7));
        pass(Duration.ofMinutes(6));
        assertThat(ending(token)).isEqualTo("granted, REMOTE");
        assertThat(ending(twin)).isEqualTo("granted, REMOTE");
        wrongBy = Duration.ofMinutes(-5);
        assertThat(ending(token)).isEqualTo("granted, CACHE");
        pass(Duration.ofMinutes(1));

        assertThat(ending(token)).isEqualTo("INACTIVE");
        assertThat(ending(twin)).isEqualTo("granted, CACHE");
    }
}
