package dev.cardea.config;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The RFC 7662 call to one authorization server, what is remembered of its answers, and how its troubles are kept away.
 *
 * @param url {@code cardea.introspection.url}, or null to find it by discovery from the issuer
 * @param tokenTypeHint {@code cardea.introspection.token-type-hint}: whether {@code token_type_hint=access_token} is
 *     sent; default true
 * @param allowMissingAudience {@code cardea.introspection.allow-missing-audience}; default false
 * @param signedResponse {@code cardea.introspection.response=jwt}: whether answers have to be signed (RFC 9701); default false
 * @param timeout {@code cardea.introspection.timeout}: from the question to its answer, retries included; default 2 s
 * @param connectTimeout {@code cardea.introspection.connect-timeout}; default 1 s
 * @param maxResponse {@code cardea.introspection.max-response} in bytes; default 65536
 */
public record IntrospectionSettings(
        @Nullable URI url,
        ClientSettings client,
        boolean tokenTypeHint,
        boolean allowMissingAudience,
        boolean signedResponse,
        Duration timeout,
        Duration connectTimeout,
        int maxResponse,
        Cache cache,
        Retry retry,
        Breaker breaker,
        Limits limits) {

    /**
     * What is kept of answers.
     *
     * @param ttl {@code cardea.introspection.cache.ttl}; default 30 s; zero asks every time
     * @param clientTtl {@code cardea.introspection.cache.client-ttl}: instead of {@code ttl}, by the client's id
     * @param maxEntries {@code cardea.introspection.cache.max-entries}; default 10000, each at most 8 KiB
     * @param negativeTtl {@code cardea.introspection.cache.negative-ttl}: for inactive tokens; default 5 s
     * @param refreshAhead {@code cardea.introspection.cache.refresh-ahead}: how long before its end an answer that is in use is
     *     asked for again; default zero, never
     * @param recheck {@code cardea.introspection.cache.recheck}: probability with which the use of a kept answer has it asked
     *     for again, 0 to 1; default 0
     * @param respectNoStore {@code cardea.introspection.cache.respect-no-store}; default false
     */
    public record Cache(
            Duration ttl,
            Map<String, Duration> clientTtl,
            int maxEntries,
            Duration negativeTtl,
            Duration refreshAhead,
            double recheck,
            boolean respectNoStore) {
        public Cache {
            clientTtl = Map.copyOf(clientTtl);
        }

        /** Without what is off by default. */
        public Cache(Duration ttl, int maxEntries, Duration negativeTtl) {
            this(ttl, Map.of(), maxEntries, negativeTtl, Duration.ZERO, 0, false);
        }
    }

    /**
     * What is tried again.
     *
     * @param attempts {@code cardea.introspection.retry.attempts}: calls for one question, the first included; default 2
     * @param backoff {@code cardea.introspection.retry.backoff}: longest pause before the second, doubled before each next one;
     *     default 50 ms
     * @param maxBackoff {@code cardea.introspection.retry.max-backoff}; default 500 ms
     */
    public record Retry(int attempts, Duration backoff, Duration maxBackoff) {}

    /**
     * When the endpoint is left alone.
     *
     * @param failures {@code cardea.introspection.breaker.failures} among the last {@code window} calls; default 5
     * @param window {@code cardea.introspection.breaker.window}; default 20
     * @param openFor {@code cardea.introspection.breaker.open-for}; default 5 s
     * @param probes {@code cardea.introspection.breaker.probes}: calls at a time that find out whether it works again; default 1
     */
    public record Breaker(int failures, int window, Duration openFor, int probes) {}

    /**
     * What the endpoint is asked at most.
     *
     * @param maxConcurrent {@code cardea.introspection.max-concurrent}: calls at a time; default 12 for each
     *     processor, at least 24
     * @param rate {@code cardea.introspection.rate-limit}: calls per second, 0 for no limit; default 500
     */
    public record Limits(int maxConcurrent, int rate) {}
}
