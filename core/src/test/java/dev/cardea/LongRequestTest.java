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
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Requests that take longer than their token lives: what is decided during one is decided by the time it is then. */
class LongRequestTest {
    private static final AccessPolicy READ = AccessPolicy.allScopes("orders:read");
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final Duration SKEW = Duration.ofSeconds(30);

    private final MovedClock clock = new MovedClock();
    private final List<DecisionEvent> events = new ArrayList<>();
    private final TestAuthorizationServer as = TestAuthorizationServer.start(clock);
    private ResourceServer server;

    @BeforeEach
    void start() {
        server = ResourceServer.builder()
                .properties(Map.of(
                        "cardea.issuer",
                        as.issuer(),
                        "cardea.audience",
                        TestAuthorizationServer.AUDIENCE,
                        "cardea.introspection.client-id",
                        TestAuthorizationServer.CLIENT_ID,
                        "cardea.introspection.client-secret",
                        TestAuthorizationServer.CLIENT_SECRET,
                        "cardea.jwt.clock-skew",
                        SKEW.toSeconds() + "s",
                        "cardea.allow-http-issuer",
                        "true"))
                .clock(clock)
                .listener(events::add)
                .build();
    }

    @AfterEach
    void stop() {
        server.close();
        as.close();
    }

    @Test
    @Tag("T06")
    @Tag("N22")
    @Tag("accepts")
    @Tag("refuses")
    void aTokenThatExpiresDuringTheRequestOpensNothingAnyMore() {
        for (Supplier<String> tokens :
                List.<Supplier<String>>of(() -> as.issueJwt("orders:read"), () -> as.issueOpaque("orders:read"))) {
            Authentication request = server.authenticate(new BearerRequest(tokens.get()), PathRule.none());
            assertThat(server.authorize(request, READ)).isInstanceOf(Decision.Granted.class);

            clock.pass(LIFETIME.plus(SKEW).minusMillis(1));
            assertThat(server.authorize(request, READ))
                    .as("within its time and the skew")
                    .isInstanceOf(Decision.Granted.class);

            clock.pass(Duration.ofMillis(1));
            Decision.Denied late = (Decision.Denied) server.authorize(request, READ);
            assertThat(late.reason()).isEqualTo("EXPIRED");
            assertThat(late.answer().status()).isEqualTo(401);
            assertThat(late.answer().headers().get("WWW-Authenticate"))
                    .first()
                    .asString()
                    .contains("error=\"invalid_token\"");
            assertThat(server.authorize(request, AccessPolicy.anonymous()))
                    .as("where everybody may come in, what is presented has to be good")
                    .isInstanceOf(Decision.Denied.class);
            assertThat(server.authorize(request, AccessPolicy.permit()))
                    .as("where nobody looks at the token")
                    .isInstanceOf(Decision.Granted.class);
        }
    }

    @Test
    void theLastDecisionOfALongRequestIsTheOneThatItsEventReports() {
        Authentication request = server.authenticate(new BearerRequest(as.issueJwt("orders:read")), PathRule.none());
        server.authorize(request, READ);
        clock.pass(LIFETIME.plus(SKEW));
        server.authorize(request, READ);
        server.conclude(request);

        assertThat(events).extracting(DecisionEvent::reason).containsExactly("EXPIRED");
        assertThat(events.get(0).clause()).isEqualTo("T06");
    }

    @Test
    void aRequestThatGoesOnForLongIsIntrospectedOnce() {
        String token = as.issueOpaque("orders:read");
        Authentication request = server.authenticate(new BearerRequest(token), PathRule.none());
        clock.pass(LIFETIME.dividedBy(2));
        assertThat(server.authorize(request, READ)).isInstanceOf(Decision.Granted.class);

        assertThat(as.count(Endpoint.INTROSPECTION)).isEqualTo(1);
    }

    @Test
    void theCallerKnowsWhenItsTokenEnds() {
        Instant end = clock.instant().plus(LIFETIME);
        Authentication request = server.authenticate(new BearerRequest(as.issueJwt("orders:read")), PathRule.none());

        assertThat(request.caller().expiresAt()).contains(end);
    }

    /** Goes on when it is told to. */
    private static final class MovedClock extends Clock {
        private Instant now = Instant.parse("2026-03-01T12:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
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
}
