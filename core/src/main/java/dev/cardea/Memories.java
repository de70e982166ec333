package dev.cardea;

import dev.cardea.cache.KeySpace;
import dev.cardea.config.Configuration;
import dev.cardea.config.IntrospectionSettings;
import dev.cardea.config.IssuerSettings;
import dev.cardea.config.RouteSettings;
import dev.cardea.config.TrustedIssuer;
import dev.cardea.introspection.BackgroundQuestions;
import dev.cardea.introspection.CachingIntrospector;
import dev.cardea.introspection.Introspector;
import dev.cardea.revocation.NotBeforeMarks;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a resource server remembers of introspection: one memory per authorization server, all with the same marks and the same
 * background thread. For the one thread that builds.
 */
final class Memories {
    private final CachingIntrospector.Shared shared;
    private final Consumer<AutoCloseable> closing;
    private final Map<String, Memory> byTenant = new LinkedHashMap<>();

    Memories(Configuration configuration, Clock clock, LongSupplier nanoTime, Consumer<AutoCloseable> closing) {
        BackgroundQuestions background = new BackgroundQuestions();
        closing.accept(background);
        this.closing = closing;
        this.shared = new CachingIntrospector.Shared(
                new NotBeforeMarks(nanoTime, longestUse(configuration)),
                background,
                clock,
                nanoTime,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /** @param issuer whose endpoint {@code origin} asks, or null if that is not known */
    CachingIntrospector around(Introspector origin, IntrospectionSettings settings, @Nullable IssuerSettings issuer) {
        String name = issuer == null ? null : issuer.name();
        CachingIntrospector.Tenant tenant =
                new CachingIntrospector.Tenant(name == null ? "" : name, issuer == null ? null : issuer.issuer());
        CachingIntrospector caching = new CachingIntrospector(
                origin,
                KeySpace.of(
                        Resilience.endpoint(settings, issuer), settings.client().clientId()),
                tenant,
                settings.cache(),
                shared);
        closing.accept(caching);
        byTenant.put(tenant.name(), new Memory(Resilience.endpoint(settings, issuer), caching));
        if (!settings.cache().refreshAhead().isZero() || settings.cache().recheck() > 0) {
            shared.background().start();
        }
        return caching;
    }

    /** What makes answers old, of all tenants. */
    NotBeforeMarks marks() {
        return shared.marks();
    }

    /** By the name of their authorization server, empty for {@code cardea.issuer}. */
    Map<String, Memory> byTenant() {
        return Collections.unmodifiableMap(byTenant);
    }

    /**
     * What is remembered of one endpoint.
     *
     * @param endpoint its address, or the issuer that names it
     */
    record Memory(String endpoint, CachingIntrospector answers) {}

    /** No answer is used for longer, so marks need not last longer. */
    private static Duration longestUse(Configuration configuration) {
        Duration fresh = longestUse(configuration.introspection());
        for (TrustedIssuer trusted : configuration.issuers()) {
            fresh = longer(fresh, longestUse(trusted.introspection()));
        }
        Duration stale = longer(Duration.ZERO, configuration.outage().staleFor());
        for (RouteSettings route : configuration.routes()) {
            stale = longer(stale, route.demand().staleFor());
        }
        return fresh.plus(stale);
    }

    private static Duration longestUse(@Nullable IntrospectionSettings settings) {
        Duration longest = Duration.ZERO;
        if (settings != null) {
            longest = longer(settings.cache().ttl(), settings.cache().negativeTtl());
            for (Duration tier : settings.cache().clientTtl().values()) {
                longest = longer(longest, tier);
            }
        }
        return longest;
    }

    private static Duration longer(Duration one, @Nullable Duration other) {
        return other == null || one.compareTo(other) >= 0 ? one : other;
    }
}
