package dev.cardea.clientauth;

import dev.cardea.config.HttpSettings;
import dev.cardea.config.Secret;
import dev.cardea.file.WatchedFile;
import dev.cardea.http.HttpAnswer;
import dev.cardea.http.JdkHttpTransport;
import dev.cardea.jose.SigningKey;
import dev.cardea.log.RateLimitedLog;
import dev.cardea.log.RecordedLog;
import dev.cardea.reject.SettingNames;
import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.ReceivedRequest;
import dev.cardea.testkit.TestAuthorizationServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** An authorization server, clients that ask it over real HTTP, and one time for all of them. */
final class Asking implements AutoCloseable {
    static final String ID = "http://x:8080/a b";
    static final String OTHER_TOKEN = "never-issued";
    static final Duration OVERLAP = Duration.ofMinutes(10);

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    final AtomicLong nanos = new AtomicLong(1_000_000);
    final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return START.plusNanos(nanos.get());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };
    final TestAuthorizationServer as = TestAuthorizationServer.start(clock);
    final RecordedLog log = new RecordedLog();
    final RateLimitedLog limited = new RateLimitedLog(log, nanos::get);
    final JdkHttpTransport transport =
            new JdkHttpTransport(new HttpSettings(true, null, null), Duration.ofSeconds(10), System::nanoTime);
    private final String token = as.issueOpaque(Map.of("sub", "alice"));

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    FormCall call() {
        return call(Duration.ofSeconds(20));
    }

    FormCall call(Duration timeout) {
        return new FormCall(
                URI.create(as.url(Endpoint.INTROSPECTION)),
                "application/json",
                Map.of("token", token),
                timeout,
                64 * 1024);
    }

    HttpAnswer ask(ClientAuthentication who) throws Exception {
        return who.send(call());
    }

    /** 200 with the right answer is {@code active}; anything else is its status. */
    String outcome(ClientAuthentication who) throws Exception {
        HttpAnswer answer = ask(who);
        return answer.status() == 200 && new String(answer.body(), StandardCharsets.UTF_8).contains("\"active\":true")
                ? "active"
                : String.valueOf(answer.status());
    }

    <C> ClientAuthentication with(C credentials, Presentation<? super C> presentation) {
        return with(Rotation.of(credentials, nanos::get), presentation);
    }

    <C> ClientAuthentication with(Rotation<C> rotation, Presentation<? super C> presentation) {
        return new RotatingAuthentication<>(transport, rotation, presentation, SettingNames.MAIN, nanos::get, limited);
    }

    Rotation<Secret> secretIn(Path file) throws Exception {
        return Rotation.of(watched(file, Secret::ofFile), OVERLAP, nanos::get);
    }

    <C> WatchedFile<C> watched(Path file, WatchedFile.Reading<C> reading) throws Exception {
        return new WatchedFile<>(
                file, "cardea.introspection.client-secret-file", SigningKey.MAX_SIZE, reading, nanos::get, limited);
    }

    ClientAssertion assertion() {
        return new ClientAssertion(ID, endpoint -> as.issuer(), clock);
    }

    int calls() {
        return as.count(Endpoint.INTROSPECTION);
    }

    ReceivedRequest last() {
        List<ReceivedRequest> requests = as.requests(Endpoint.INTROSPECTION);
        return requests.get(requests.size() - 1);
    }

    @Override
    public void close() {
        transport.close();
        as.close();
    }
}
