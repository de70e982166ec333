package dev.cardea.introspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cardea.config.ClientSettings;
import dev.cardea.config.HttpSettings;
import dev.cardea.config.IntrospectionSettings;
import dev.cardea.config.Secret;
import dev.cardea.http.JdkHttpTransport;
import dev.cardea.log.RateLimitedLog;
import dev.cardea.log.RecordedLog;
import dev.cardea.reject.SettingNames;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.request.PresentedToken;
import dev.cardea.resilience.CircuitBreaker.State;
import dev.cardea.resilience.Gate;
import dev.cardea.resilience.GateReading;
import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.TransportFault;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What answers over real HTTP mean for the next call. */
@Timeout(60)
class FailingEndpointTest {
    private static final int FAILURES = 2;

    private final TestAuthorizationServer as = TestAuthorizationServer.start(Clock.systemUTC());
    private final URI uri = URI.create(as.url(Endpoint.INTROSPECTION));
    private final JdkHttpTransport transport =
            new JdkHttpTransport(new HttpSettings(true, null, null), Duration.ofSeconds(1), System::nanoTime);
    private final IntrospectionSettings settings = new IntrospectionSettings(
            uri,
            ClientSettings.basic(TestAuthorizationServer.CLIENT_ID, new Secret(TestAuthorizationServer.CLIENT_SECRET)),
            true,
            false,
            false,
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            65_536,
            Introspecting.DEFAULT_CACHE,
            new IntrospectionSettings.Retry(1, Duration.ofMillis(50), Duration.ofMillis(500)),
            new IntrospectionSettings.Breaker(FAILURES, 20, Duration.ofSeconds(5), 1),
            new IntrospectionSettings.Limits(64, 0));
    private final AtomicLong nanos = new AtomicLong();
    private final RateLimitedLog log = new RateLimitedLog(new RecordedLog(), nanos::get);
    private final Gate gate = ResilientIntrospector.gate(settings, nanos::get);
    private final ResilientIntrospector introspector = new ResilientIntrospector(
            new RemoteIntrospector(
                    Introspecting.authentication(settings, transport),
                    () -> uri,
                    settings,
                    SettingNames.MAIN,
                    null,
                    Clock.systemUTC(),
                    nanos::get,
                    log),
            gate,
            uri.toString(),
            settings,
            SettingNames.MAIN,
            new ResilientIntrospector.Timing(nanos::get, pause -> {}, bound -> 0),
            log);
    private final PresentedToken token = PresentedToken.of(as.issueOpaque("orders:read"));

    @AfterEach
    void close() {
        transport.close();
        as.close();
    }

    private Introspection ask() throws UndeterminedException {
        return introspector.introspect(Question.of(
                token, nanos.get(), Long.MAX_VALUE, settings.timeout().toNanos()));
    }

    @ParameterizedTest
    @EnumSource(TransportFault.class)
    @Tag("I07")
    @Tag("I08")
    @Tag("I09")
    @Tag("I21")
    @Tag("N09")
    @Tag("N10")
    void onlyWhoIsNotThereIsLeftAlone(TransportFault fault) throws Exception {
        assertThat(ask()).isInstanceOf(Introspection.Active.class);

        as.fail(Endpoint.INTROSPECTION, fault);
        for (int i = 0; i < FAILURES; i++) {
            assertThatThrownBy(this::ask).isInstanceOf(UndeterminedException.class);
        }
        GateReading reading = gate.read();
        switch (fault) {
            case SERVER_ERROR, SERVER_ERROR_WITH_THE_RIGHT_BODY, CUT_OFF, CLOSED, RESET, NOT_HTTP, HANGING ->
                assertThat(reading.state()).isEqualTo(State.OPEN);
            case TOO_MANY_REQUESTS, UNAVAILABLE -> {
                assertThat(reading.paused()).isTrue();
                assertThat(reading.calls()).isEqualTo(2);
                assertThat(reading.state()).isEqualTo(State.CLOSED);
            }
            default -> {
                assertThat(reading.state()).isEqualTo(State.CLOSED);
                assertThat(reading.paused()).isFalse();
                assertThat(reading.failures()).isZero();
            }
        }
        as.heal();
        nanos.addAndGet(Duration.ofSeconds(7).toNanos());
        assertThat(ask()).isInstanceOf(Introspection.Active.class);
        assertThat(gate.read().state()).isEqualTo(State.CLOSED);
    }

    /** Whatever tokens callers make up. */
    @Test
    @Tag("I06")
    @Tag("N10")
    void inactiveTokensSayNothingAgainstTheEndpoint() throws Exception {
        for (int i = 0; i < 100; i++) {
            Question invented = Question.of(
                    PresentedToken.of("invented-" + i),
                    nanos.get(),
                    Long.MAX_VALUE,
                    settings.timeout().toNanos());
            assertThat(introspector.introspect(invented)).isInstanceOf(Introspection.Inactive.class);
        }
        assertThat(gate.read().failures()).isZero();
        assertThat(gate.read().state()).isEqualTo(State.CLOSED);
    }

    @Test
    @Tag("N10")
    void anInterruptedThreadSaysNothingAgainstTheEndpoint() throws Exception {
        for (int i = 0; i < 10; i++) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(this::ask).isInstanceOf(UndeterminedException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(gate.read().failures()).isZero();
        assertThat(ask()).isInstanceOf(Introspection.Active.class);
    }

    @Test
    @Tag("N10")
    void anApplicationThatIsStoppedSaysNothingAgainstTheEndpoint() {
        transport.close();
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(this::ask).isInstanceOf(UndeterminedException.class);
        }
        assertThat(gate.read().failures()).isZero();
    }
}
