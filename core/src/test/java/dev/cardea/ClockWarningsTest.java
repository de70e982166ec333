package dev.cardea;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.TestAuthorizationServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whichever way a token is validated, the issuer's clock is watched; how the two are compared is in ClockWatchTest. */
class ClockWarningsTest {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger("dev.cardea.clock"); // what System.Logger writes to here
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line.getLevel() + " " + line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private TestAuthorizationServer as;

    @BeforeEach
    void start() {
        as = TestAuthorizationServer.start(Clock.systemUTC());
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void stop() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
        as.close();
    }

    /** Only the one endpoint has a {@code Date}, so it is its answers that are looked at. */
    @ParameterizedTest
    @EnumSource(
            value = Endpoint.class,
            names = {"JWKS", "INTROSPECTION"})
    void anIssuerWhoseDateIsOffIsReportedAndOneWhoseDateIsRightIsNot(Endpoint endpoint) {
        say(endpoint, Duration.ZERO);
        decide(endpoint);
        assertThat(lines).isEmpty();

        say(endpoint, Duration.ofMinutes(10));
        decide(endpoint);
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0))
                .startsWith(Level.WARNING.toString())
                .contains("the clock here is at least ", " s behind that of " + authority());
    }

    private void say(Endpoint endpoint, Duration off) {
        as.fail(
                endpoint,
                right -> right.withHeader("Date", httpDate(Instant.now().plus(off))));
    }

    private static String httpDate(Instant time) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
    }

    private String authority() {
        return as.issuer().replaceFirst("^http://([^/]*).*", "$1");
    }

    /** A server of its own, since there is one warning per hour, and nothing remembered. */
    private void decide(Endpoint endpoint) {
        as.forgetRequests();
        boolean local = endpoint == Endpoint.JWKS;
        try (ResourceServer server = ResourceServer.builder()
                .properties(Map.of(
                        "cardea.issuer",
                        as.issuer(),
                        "cardea.allow-http-issuer",
                        "true",
                        "cardea.audience",
                        TestAuthorizationServer.AUDIENCE,
                        "cardea.token.validation",
                        local ? "local" : "introspect",
                        "cardea.introspection.client-id",
                        TestAuthorizationServer.CLIENT_ID,
                        "cardea.introspection.client-secret",
                        TestAuthorizationServer.CLIENT_SECRET))
                .build()) {
            String token = local ? as.issueJwt("orders:read") : as.issueOpaque("orders:read");
            Authentication authentication = server.authenticate(new BearerRequest(token), PathRule.none());
            assertThat(server.authorize(authentication, AccessPolicy.authenticated()))
                    .isInstanceOf(Decision.Granted.class);
            server.conclude(authentication);
        }
        assertThat(as.count(endpoint)).isPositive();
    }
}
