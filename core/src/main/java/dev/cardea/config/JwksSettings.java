package dev.cardea.config;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The issuer's signing keys.
 *
 * @param url {@code cardea.jwks.url}, or null to find it by discovery
 * @param refresh {@code cardea.jwks.refresh}: age at which keys are fetched again; default 10 min, never under 60 s
 * @param maxStale {@code cardea.jwks.max-stale}: age up to which the last good keys still verify; default 24 h
 * @param cooldown {@code cardea.jwks.cooldown}: time in which one further fetch for an unknown {@code kid} is
 *     earned; default 30 s, a burst of two is always there
 * @param timeout {@code cardea.jwks.timeout}: total time of one fetch; default 2 s
 */
public record JwksSettings(
        @Nullable URI url, Duration refresh, Duration maxStale, Duration cooldown, Duration timeout) {}
