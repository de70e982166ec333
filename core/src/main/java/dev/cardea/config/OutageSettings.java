package dev.cardea.config;

import dev.cardea.demand.WhenUnavailable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What happens to tokens that cannot be introspected now, where a path rule does not say it.
 *
 * @param whenUnavailable {@code cardea.when-unavailable}; null, the default, is 503, but anonymous where everybody may come in
 * @param staleFor {@code cardea.stale-for}, or null
 */
public record OutageSettings(
        @Nullable WhenUnavailable whenUnavailable, @Nullable Duration staleFor) {}
