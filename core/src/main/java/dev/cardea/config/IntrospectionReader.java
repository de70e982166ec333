package dev.cardea.config;

import dev.cardea.reject.Quoted;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the RFC 7662 call to one authorization server. It is configured when a client id is; its address may then come from the
 * issuer's metadata.
 */
final class IntrospectionReader {
    private final Values values;
    private final SettingFiles files;
    private final IssuerScope scope;

    IntrospectionReader(Values values, SettingFiles files, IssuerScope scope) {
        this.values = values;
        this.files = files;
        this.scope = scope;
    }

    /** Whether anything says that introspection is wanted: leaving out the client id does not switch it off silently. */
    boolean isMeant() {
        return firstSet().isPresent();
    }

    private Optional<Setting> firstSet() {
        return Arrays.stream(Key.values())
                .filter(key -> key.key().startsWith("cardea.introspection."))
                .map(scope::own)
                .filter(values::isSet)
                .findFirst();
    }

    private Setting at(Key key) {
        return scope.at(key, values);
    }

    /** Null if introspection is not configured, or if a problem was reported without which nothing can be made of it. */
    @Nullable
    IntrospectionSettings read() {
        String url = values.url(at(Key.INTROSPECTION_URL), scope.own(Key.ALLOW_HTTP), true);
        Duration timeout = values.duration(at(Key.INTROSPECTION_TIMEOUT));
        Duration connectTimeout = connectTimeout(timeout);
        boolean signedResponse = values.choice(at(Key.INTROSPECTION_RESPONSE)).equals("jwt");
        IntrospectionSettings.Cache cache = cache();
        IntrospectionSettings.Retry retry = new IntrospectionSettings.Retry(
                values.count(at(Key.INTROSPECTION_RETRY_ATTEMPTS)),
                values.duration(at(Key.INTROSPECTION_RETRY_BACKOFF)),
                values.duration(at(Key.INTROSPECTION_RETRY_MAX_BACKOFF)));
        IntrospectionSettings.Limits limits =
                new IntrospectionSettings.Limits(maxConcurrent(), values.count(at(Key.INTROSPECTION_RATE_LIMIT)));
        IntrospectionSettings.Breaker breaker = breaker();
        if (!isMeant()) {
            return null;
        }
        requireIssuer(signedResponse);
        ClientSettings client = new ClientReader(values, files, scope)
                .read(firstSet().map(Setting::key).orElse(""));
        return client == null
                ? null
                : new IntrospectionSettings(
                        url == null ? null : URI.create(url),
                        client,
                        values.flag(at(Key.INTROSPECTION_TOKEN_TYPE_HINT)),
                        values.flag(at(Key.INTROSPECTION_ALLOW_MISSING_AUDIENCE)),
                        signedResponse,
                        timeout,
                        connectTimeout,
                        values.count(at(Key.INTROSPECTION_MAX_RESPONSE)),
                        cache,
                        retry,
                        breaker,
                        limits);
    }

    /** What servers give requests threads by, if nobody says otherwise: an endpoint that hangs must not hold all of them. */
    private int maxConcurrent() {
        Integer stated = values.optionalCount(at(Key.INTROSPECTION_MAX_CONCURRENT));
        return stated == null ? Math.max(24, 12 * Runtime.getRuntime().availableProcessors()) : stated;
    }

    private IntrospectionSettings.Cache cache() {
        Duration ttl = values.duration(at(Key.INTROSPECTION_CACHE_TTL));
        Duration refreshAhead = values.duration(at(Key.INTROSPECTION_CACHE_REFRESH_AHEAD));
        if (!refreshAhead.isZero() && refreshAhead.compareTo(ttl) >= 0) {
            values.report(
                    at(Key.INTROSPECTION_CACHE_REFRESH_AHEAD),
                    "is not shorter than " + at(Key.INTROSPECTION_CACHE_TTL).key()
                            + ", so every use of an answer would ask for it again",
                    "less than " + Durations.format(ttl));
        }
        return new IntrospectionSettings.Cache(
                ttl,
                clientTtl(),
                values.count(at(Key.INTROSPECTION_CACHE_MAX_ENTRIES)),
                values.duration(at(Key.INTROSPECTION_CACHE_NEGATIVE_TTL)),
                refreshAhead,
                values.fraction(at(Key.INTROSPECTION_CACHE_RECHECK)),
                values.flag(at(Key.INTROSPECTION_CACHE_RESPECT_NO_STORE)));
    }

    /** A client's id may have an equals sign in it, a duration has none. */
    private Map<String, Duration> clientTtl() {
        Map<String, Duration> ttl = new LinkedHashMap<>();
        List<String> pairs = values.list(at(Key.INTROSPECTION_CACHE_CLIENT_TTL));
        for (String pair : pairs == null ? List.<String>of() : pairs) {
            int equals = pair.lastIndexOf('=');
            String client = equals < 0 ? "" : pair.substring(0, equals).strip();
            Duration duration = Durations.parse(pair.substring(equals + 1).strip());
            if (client.isEmpty() || duration == null || duration.compareTo(Duration.ofHours(1)) > 0) {
                values.report(
                        at(Key.INTROSPECTION_CACHE_CLIENT_TTL),
                        Quoted.of(pair) + " is not client-id=duration",
                        "for instance batch=5m, at most 1h");
            } else {
                ttl.put(client, duration);
            }
        }
        return ttl;
    }

    private IntrospectionSettings.Breaker breaker() {
        int failures = values.count(at(Key.INTROSPECTION_BREAKER_FAILURES));
        int window = values.count(at(Key.INTROSPECTION_BREAKER_WINDOW));
        if (window < failures) {
            values.report(
                    at(Key.INTROSPECTION_BREAKER_WINDOW),
                    "is smaller than " + at(Key.INTROSPECTION_BREAKER_FAILURES).key()
                            + ", so the circuit would never open",
                    failures + " or more");
        }
        return new IntrospectionSettings.Breaker(
                failures,
                window,
                values.duration(at(Key.INTROSPECTION_BREAKER_OPEN_FOR)),
                values.count(at(Key.INTROSPECTION_BREAKER_PROBES)));
    }

    private void requireIssuer(boolean signedResponse) {
        Setting issuer = scope.own(Key.ISSUER);
        if (values.isSet(issuer)) {
            return;
        }
        if (!values.isSet(at(Key.INTROSPECTION_URL))) {
            values.report(
                    at(Key.INTROSPECTION_URL),
                    "is not set, and there is no " + issuer.key() + " to discover it from",
                    "the address of the introspection endpoint, or set " + issuer.key());
        }
        if (signedResponse) {
            values.report(
                    at(Key.INTROSPECTION_RESPONSE),
                    "is jwt, but there is no " + issuer.key() + " whose keys would verify the answers",
                    "json, or set " + issuer.key());
        }
    }

    /** A short total timeout lowers the default, but does not silently change what somebody wrote. */
    private Duration connectTimeout(Duration timeout) {
        Setting key = at(Key.INTROSPECTION_CONNECT_TIMEOUT);
        Duration connectTimeout = values.duration(key);
        if (connectTimeout.compareTo(timeout) <= 0) {
            return connectTimeout;
        }
        if (values.isSet(key)) {
            values.report(
                    key,
                    "is longer than " + at(Key.INTROSPECTION_TIMEOUT).key(),
                    Durations.format(timeout) + " or less");
        }
        return timeout;
    }
}
