package dev.cardea.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.cache.KeySpace;
import dev.cardea.clientauth.ClientAuthentication;
import dev.cardea.clientauth.ClientAuthentications;
import dev.cardea.config.ClientSettings;
import dev.cardea.config.HttpSettings;
import dev.cardea.config.IntrospectionSettings;
import dev.cardea.config.Secret;
import dev.cardea.http.HttpTransport;
import dev.cardea.http.JdkHttpTransport;
import dev.cardea.log.RateLimitedLog;
import dev.cardea.log.RecordedLog;
import dev.cardea.reject.SettingNames;
import dev.cardea.request.PresentedToken;
import dev.cardea.revocation.NotBeforeMarks;
import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.token.Source;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An authorization server and introspectors that ask it over real HTTP, all at the time of one clock. */
final class Introspecting implements AutoCloseable {
    static final IntrospectionSettings.Cache DEFAULT_CACHE =
            new IntrospectionSettings.Cache(Duration.ofSeconds(30), 10_000, Duration.ofSeconds(5));

    final Clockwork clock = new Clockwork();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 7);
    final TestAuthorizationServer as;
    final RecordedLog log = new RecordedLog();
    final NotBeforeMarks marks = new NotBeforeMarks(this::nanoTime, Duration.ofHours(2));
    final BackgroundQuestions background = new BackgroundQuestions();

    /** What the next throw of the dice gives, and all others. */
    volatile double chance = 0.5;

    private final JdkHttpTransport transport;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    Introspecting() {
        this(new HttpSettings(true, null, null), false);
    }

    private Introspecting(HttpSettings http, boolean tls) {
        as = tls ? TestAuthorizationServer.startTls(clock) : TestAuthorizationServer.start(clock);
        transport = new JdkHttpTransport(http, Duration.ofSeconds(10), System::nanoTime);
        opened.add(as);
        opened.add(transport);
        opened.add(background);
    }

    /** With a certificate that nobody trusts, or that we do. */
    static Introspecting overTls(boolean trusted) {
        HttpSettings http = trusted
                ? new HttpSettings(
                        false,
                        TestAuthorizationServer.trustStore(),
                        new Secret(TestAuthorizationServer.trustStorePassword()))
                : new HttpSettings(false, null, null);
        return new Introspecting(http, true);
    }

    /** Goes on with {@link #pass} only: whoever sets the clock does not touch it. */
    long nanoTime() {
        return nanos.get();
    }

    void pass(Duration time) {
        clock.pass(time);
        nanos.addAndGet(time.toNanos());
    }

    /** A question of now that takes what the memory allows, and has the time that the introspector takes by itself. */
    Question about(PresentedToken token) {
        return about(token, Long.MAX_VALUE);
    }

    /** A question of now. */
    Question about(PresentedToken token, long maxAgeNanos) {
        return Question.of(token, nanoTime(), maxAgeNanos, Duration.ofHours(1).toNanos());
    }

    /** That an answer is no, from there. */
    static Consumer<Introspection> inactive(Source source) {
        return answer -> {
            assertThat(answer).isInstanceOf(Introspection.Inactive.class);
            assertThat(answer.source()).isEqualTo(source);
        };
    }

    RemoteIntrospector remote() {
        return remote(TestAuthorizationServer.CLIENT_ID, TestAuthorizationServer.CLIENT_SECRET, true);
    }

    /** With little patience, for endpoints that would take all of it. */
    RemoteIntrospector hurried() {
        return remote(
                TestAuthorizationServer.CLIENT_ID, TestAuthorizationServer.CLIENT_SECRET, true, Duration.ofSeconds(1));
    }

    RemoteIntrospector remote(String clientId, String secret, boolean hint) {
        return remote(clientId, secret, hint, Duration.ofSeconds(20));
    }

    RemoteIntrospector remote(IntrospectionSettings.Cache cache) {
        return remote(
                TestAuthorizationServer.CLIENT_ID,
                TestAuthorizationServer.CLIENT_SECRET,
                true,
                Duration.ofSeconds(20),
                cache,
                null);
    }

    /** Which takes nothing but signed answers. */
    RemoteIntrospector remote(SignedAnswer signed) {
        return remote(
                TestAuthorizationServer.CLIENT_ID,
                TestAuthorizationServer.CLIENT_SECRET,
                true,
                Duration.ofSeconds(20),
                DEFAULT_CACHE,
                signed);
    }

    private RemoteIntrospector remote(String clientId, String secret, boolean hint, Duration timeout) {
        return remote(clientId, secret, hint, timeout, DEFAULT_CACHE, null);
    }

    private RemoteIntrospector remote(
            String clientId,
            String secret,
            boolean hint,
            Duration timeout,
            IntrospectionSettings.Cache cache,
            @Nullable SignedAnswer signed) {
        URI uri = URI.create(as.url(Endpoint.INTROSPECTION));
        IntrospectionSettings settings = new IntrospectionSettings(
                uri,
                ClientSettings.basic(clientId, new Secret(secret)),
                hint,
                false,
                false,
                timeout,
                Duration.ofSeconds(1),
                65536,
                cache,
                new IntrospectionSettings.Retry(1, Duration.ofMillis(50), Duration.ofMillis(500)),
                new IntrospectionSettings.Breaker(5, 20, Duration.ofSeconds(5), 1),
                new IntrospectionSettings.Limits(64, 0));
        RateLimitedLog limited = new RateLimitedLog(log, this::nanoTime);
        return new RemoteIntrospector(
                authentication(settings, transport),
                () -> uri,
                settings,
                SettingNames.MAIN,
                signed,
                clock,
                this::nanoTime,
                limited);
    }

    /** By a secret, which needs no time of its own. */
    static ClientAuthentication authentication(IntrospectionSettings settings, HttpTransport transport) {
        return ClientAuthentications.of(
                settings.client(),
                SettingNames.MAIN,
                null,
                dev.cardea.discovery.Endpoint.NOWHERE,
                transport,
                Clock.systemUTC(),
                System::nanoTime);
    }

    CachingIntrospector caching() {
        return caching(DEFAULT_CACHE);
    }

    CachingIntrospector caching(IntrospectionSettings.Cache settings) {
        return caching(remote(), settings);
    }

    CachingIntrospector caching(Introspector origin, IntrospectionSettings.Cache settings) {
        CachingIntrospector caching = new CachingIntrospector(
                origin,
                KeySpace.of(as.url(Endpoint.INTROSPECTION), TestAuthorizationServer.CLIENT_ID),
                new CachingIntrospector.Tenant("", "https://as.example"),
                settings,
                new CachingIntrospector.Shared(marks, background, clock, this::nanoTime, () -> chance));
        opened.push(caching);
        return caching;
    }

    int calls() {
        return as.count(Endpoint.INTROSPECTION);
    }

    List<String> logged() {
        return log.lines();
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable resource : opened) {
            resource.close();
        }
    }
}
