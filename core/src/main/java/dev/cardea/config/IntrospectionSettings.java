package dev.cardea.config;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The RFC 7662 call and the cache in front of it.
 *
 * @param url {@code cardea.introspection.url}, or null to find it by discovery from {@code cardea.issuer}
 * @param clientId {@code cardea.introspection.client-id}
 * @param clientSecret {@code cardea.introspection.client-secret}, or the content of
 *     {@code cardea.introspection.client-secret-file}
 * @param tokenTypeHint {@code cardea.introspection.token-type-hint}: whether {@code token_type_hint=access_token} is
 *     sent; default true
 * @param allowMissingAudience {@code cardea.introspection.allow-missing-audience}; default false
 * @param timeout {@code cardea.introspection.timeout}: total time of one call; default 2 s
 * @param connectTimeout {@code cardea.introspection.connect-timeout}; default 1 s
 * @param maxResponse {@code cardea.introspection.max-response} in bytes; default 65536
 */
public record IntrospectionSettings(
        @Nullable URI url,
        String clientId,
        Secret clientSecret,
        boolean tokenTypeHint,
        boolean allowMissingAudience,
        Duration timeout,
        Duration connectTimeout,
        int maxResponse,
        Cache cache) {

    /**
     * What is kept of answers.
     *
     * @param ttl {@code cardea.introspection.cache.ttl}; default 30 s; zero asks every time
     * @param maxEntries {@code cardea.introspection.cache.max-entries}; default 10000, each at most 8 KiB
     * @param negativeTtl {@code cardea.introspection.cache.negative-ttl}: for inactive tokens; default 5 s
     */
    public record Cache(Duration ttl, int maxEntries, Duration negativeTtl) {}
}
