package dev.cardea.introspection;

import dev.cardea.clientauth.ClientAuthentication;
import dev.cardea.clientauth.FormCall;
import dev.cardea.clientauth.NoCredentialsException;
import dev.cardea.config.IntrospectionSettings;
import dev.cardea.discovery.Endpoint;
import dev.cardea.http.Freshness;
import dev.cardea.http.HttpAnswer;
import dev.cardea.http.TransportException;
import dev.cardea.log.RateLimitedLog;
import dev.cardea.reject.SettingNames;
import dev.cardea.reject.Uncertainty;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.request.PresentedToken;
import dev.cardea.token.AuthenticClaims;
import dev.cardea.token.Claims;
import dev.cardea.token.Source;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One call of the introspection endpoint for every token it is asked about (RFC 7662 2.1 and 2.2).
 *
 * <p>Proves that the endpoint calls the token active now. Whether the token is for us, and what its times say, is for
 * {@link dev.cardea.token.ClaimRules}.
 *
 * <p>Whatever keeps the endpoint from a definite answer goes to the log at most once a minute. Thread-safe.
 */
public final class RemoteIntrospector implements Introspector, Exchange {
    private final ClientAuthentication authentication;
    private final Endpoint endpoint;
    private final IntrospectionSettings settings;
    private final SettingNames names;
    private final AnswerReader reader;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final RateLimitedLog log;

    /**
     * @param authentication proves who we are, and sends
     * @param names what the settings are called
     * @param signed opens answers, all of which have to be signed; null for plain ones
     */
    public RemoteIntrospector(
            ClientAuthentication authentication,
            Endpoint endpoint,
            IntrospectionSettings settings,
            SettingNames names,
            @Nullable SignedAnswer signed,
            Clock clock,
            LongSupplier nanoTime,
            RateLimitedLog log) {
        this.authentication = authentication;
        this.endpoint = endpoint;
        this.settings = settings;
        this.names = names;
        this.reader = new AnswerReader(settings.maxResponse(), names, signed, clock);
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.log = log;
    }

    @Override
    public Introspection introspect(Question question) throws UndeterminedException {
        try {
            return ask(question);
        } catch (Trouble trouble) {
            throw tell(trouble);
        }
    }

    @Override
    public Introspection ask(Question question) throws Trouble, UndeterminedException {
        URI uri = endpoint.uri();
        long askedNanos = nanoTime.getAsLong();
        long left = Math.max(1, question.deadlineNanos() - askedNanos);
        FormCall call = call(
                uri,
                question.token(),
                Duration.ofNanos(Math.min(settings.timeout().toNanos(), left)));
        // Before the call: what changes while the answer travels must count as having changed after it.
        Instant asked = clock.instant();
        try {
            HttpAnswer answer = answer(call);
            Claims claims = reader.read(answer, asked);
            long keepNanos = keepNanos(answer);
            log.works(call + ": introspection works again");
            return claims == null
                    ? new Introspection.Inactive(Source.REMOTE, askedNanos, keepNanos)
                    : new Introspection.Active(
                            AuthenticClaims.introspected(claims, asked), Source.REMOTE, askedNanos, keepNanos);
        } catch (Trouble trouble) {
            throw trouble.with(call);
        }
    }

    /**
     * How long the answer says that it may be kept (I16). That it may not be kept at all is heeded where it is configured: some
     * products say so of everything.
     */
    private long keepNanos(HttpAnswer answer) {
        Duration fresh = settings.cache().respectNoStore() ? Freshness.of(answer) : Freshness.ofMaxAge(answer);
        return fresh == null ? Introspection.NO_LIMIT : fresh.toNanos();
    }

    private HttpAnswer answer(FormCall call) throws Trouble, UndeterminedException {
        try {
            return authentication.send(call);
        } catch (TransportException e) {
            String detail = String.valueOf(e.getMessage());
            throw switch (e.kind()) {
                case TOO_LARGE ->
                    new Trouble(Trouble.Cause.UNREADABLE, detail + " (" + names.of("introspection.max-response") + ")");
                case TIMED_OUT -> new Trouble(Trouble.Cause.TOO_SLOW, detail);
                case NOT_CONNECTED, BROKEN -> new Trouble(Trouble.Cause.UNREACHABLE, detail);
                case GIVEN_UP -> new Trouble(Trouble.Cause.GIVEN_UP, detail);
            };
        } catch (NoCredentialsException e) {
            throw withoutCredentials(e);
        }
    }

    private Trouble withoutCredentials(NoCredentialsException e) {
        HttpAnswer answer = e.answer();
        Trouble.Cause cause =
                switch (e.kind()) {
                    case REFUSED -> Trouble.Cause.CREDENTIALS_REFUSED;
                    case UNAVAILABLE ->
                        answer != null && answer.status() == 429 ? Trouble.Cause.OVERLOADED : Trouble.Cause.FAILING;
                    case UNREADABLE -> Trouble.Cause.UNREADABLE;
                };
        return new Trouble(cause, e.detail(), answer == null ? null : RetryAfter.of(answer, clock.instant()));
    }

    @Override
    public UndeterminedException tell(Trouble trouble) {
        Trouble.Cause cause = trouble.cause();
        if (cause != Trouble.Cause.GIVEN_UP) {
            // A refusal stays until somebody changes the configuration, anything else may pass.
            Level level = cause.uncertainty() == Uncertainty.INTROSPECTION_REFUSED ? Level.ERROR : Level.WARNING;
            log.failed(level, cause, trouble.detail());
        }
        return new UndeterminedException(cause.uncertainty(), trouble.detail(), trouble.retryAfter());
    }

    private FormCall call(URI uri, PresentedToken token, Duration left) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("token", token.text());
        if (settings.tokenTypeHint()) {
            fields.put("token_type_hint", "access_token");
        }
        return new FormCall(uri, reader.mediaType(), fields, left, settings.maxResponse());
    }
}
