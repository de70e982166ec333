package dev.cardea;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionLogTest {
    private final List<LogRecord> records = new ArrayList<>();
    private final Logger logger = Logger.getLogger("dev.cardea.decision"); // what System.Logger writes to here
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord logged) {
            records.add(logged);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
    }

    @AfterEach
    void unlisten() {
        logger.removeHandler(handler);
        logger.setLevel(null);
    }

    @Test
    void tellsTheFirstRefusalThatMayBeAWrongSettingAtInfoAndTheRestAtDebug() {
        DecisionLog log = new DecisionLog();
        log.decided(event(DecisionEvent.Outcome.DENIED, "AUDIENCE_MISMATCH", "T03", "aud is 'x' (cardea.audience)"));
        log.decided(event(DecisionEvent.Outcome.DENIED, "AUDIENCE_MISMATCH", "T03", "aud is 'y' (cardea.audience)"));
        log.decided(event(DecisionEvent.Outcome.DENIED, "EXPIRED", "T06", "expired"));
        assertThat(records).singleElement().satisfies(logged -> {
            assertThat(logged.getLevel()).isEqualTo(Level.INFO);
            assertThat(logged.getMessage()).contains("AUDIENCE_MISMATCH", "aud is 'x' (cardea.audience)");
        });
    }

    @Test
    void saysInOneLineAtDebugWhatWasDecidedAndWhy() {
        logger.setLevel(Level.FINE);
        DecisionLog log = new DecisionLog();
        log.decided(event(DecisionEvent.Outcome.DENIED, "EXPIRED", "T06", "expired at noon"));
        log.decided(event(DecisionEvent.Outcome.GRANTED, "GRANTED", null, ""));
        assertThat(records.get(0).getMessage())
                .startsWith("DENIED EXPIRED route=Orders.list")
                .contains("token=0123456789abcdef", "expired at noon", "[T06, RFC 9068 4: exp is in the future]");
        assertThat(records.get(1).getMessage()).startsWith("GRANTED route=Orders.list");
    }

    @Test
    void tellsAtTheFirstTenthAndHundredthRefusalWhatARuleOnTrialWouldHaveDone() {
        DecisionLog log = new DecisionLog();
        log.decided(tried(Map.of("trial", "GRANTED", "other", "GRANTED")));
        assertThat(records).as("nobody would have been refused").isEmpty();
        for (int i = 0; i < 100; i++) {
            log.decided(tried(Map.of("trial", "SCOPE_MISSING")));
        }
        log.decided(tried(Map.of("other", "NO_CREDENTIALS")));

        assertThat(records)
                .allSatisfy(logged -> assertThat(logged.getLevel()).isEqualTo(Level.INFO))
                .extracting(LogRecord::getMessage)
                .containsExactly(
                        wouldHave("trial", "1 of 2", "SCOPE_MISSING"),
                        wouldHave("trial", "10 of 11", "SCOPE_MISSING"),
                        wouldHave("trial", "100 of 101", "SCOPE_MISSING"),
                        wouldHave("other", "1 of 2", "NO_CREDENTIALS"));
    }

    private static String wouldHave(String rule, String counts, String reason) {
        return "cardea.routes." + rule + ".report-only: the rule would have refused " + counts
                + " requests that were let in since the start, the last one, to Orders.list (request req-1), with "
                + reason;
    }

    /** Made by {@link #anApplicationNamesItsListenersInAServiceFile} through its service file. */
    public static final class Recorder implements DecisionListener {
        static final List<DecisionEvent> SEEN = new ArrayList<>();

        @Override
        public void decided(DecisionEvent event) {
            SEEN.add(event);
        }
    }

    @Test
    void anApplicationNamesItsListenersInAServiceFile(@TempDir Path classes) throws IOException {
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve(DecisionListener.class.getName()), Recorder.class.getName());
        try (URLClassLoader application = new URLClassLoader(
                        new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
                ResourceServer server = ResourceServer.builder()
                        .properties(
                                Map.of("cardea.issuer", "https://as.example", "cardea.audience", "https://api.example"))
                        .listenersOf(application)
                        .build()) {
            server.conclude(server.authenticate(new NoCredentials(), PathRule.none()));
        }
        assertThat(Recorder.SEEN).hasSize(1);
    }

    private record NoCredentials() implements ProtectedRequest {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public List<String> headers(String name) {
            return List.of();
        }

        @Override
        public @Nullable String query() {
            return null;
        }

        @Override
        public String path() {
            return "/test";
        }

        @Override
        public String matchedPath() {
            return "/test";
        }

        @Override
        public String route() {
            return "/*";
        }

        @Override
        public boolean isSecure() {
            return true;
        }

        @Override
        public @Nullable String remoteAddress() {
            return null;
        }

        @Override
        public String correlationId() {
            return CorrelationId.of(this);
        }
    }

    private static DecisionEvent event(
            DecisionEvent.Outcome outcome, String reason, @Nullable String clause, String detail) {
        return event(outcome, reason, clause, detail, Map.of());
    }

    private static DecisionEvent tried(Map<String, String> reportOnly) {
        return event(DecisionEvent.Outcome.GRANTED, "GRANTED", null, "", reportOnly);
    }

    private static DecisionEvent event(
            DecisionEvent.Outcome outcome,
            String reason,
            @Nullable String clause,
            String detail,
            Map<String, String> reportOnly) {
        return new DecisionEvent(
                outcome,
                reason,
                clause,
                detail,
                "Orders.list",
                null,
                reportOnly,
                "Bearer",
                "0123456789abcdef",
                9,
                null,
                null,
                null,
                1,
                1,
                1,
                1,
                false,
                null,
                false,
                false,
                "req-1");
    }
}
