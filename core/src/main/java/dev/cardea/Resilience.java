package dev.cardea;

import dev.cardea.config.IntrospectionSettings;
import dev.cardea.config.IssuerSettings;
import dev.cardea.introspection.Introspector;
import dev.cardea.introspection.RemoteIntrospector;
import dev.cardea.introspection.ResilientIntrospector;
import dev.cardea.log.RateLimitedLog;
import dev.cardea.reject.SettingNames;
import dev.cardea.resilience.Gate;
import dev.cardea.resilience.GateReading;
import dev.cardea.resilience.Gates;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What keeps a resource server and the endpoints that it calls out of each other's troubles: one gate per endpoint. */
final class Resilience {
    private final Gates gates = new Gates();
    private final ResilientIntrospector.Timing timing;

    Resilience(LongSupplier nanoTime) {
        this.timing = new ResilientIntrospector.Timing(
                nanoTime, pause -> TimeUnit.NANOSECONDS.sleep(pause.toNanos()), bound -> ThreadLocalRandom.current()
                        .nextLong(bound));
    }

    /** @param issuer whose endpoint {@code remote} asks, or null if that is not known */
    Introspector around(
            RemoteIntrospector remote,
            IntrospectionSettings settings,
            @Nullable IssuerSettings issuer,
            RateLimitedLog log) {
        String endpoint = endpoint(settings, issuer);
        Gate gate = gates.of(endpoint, () -> ResilientIntrospector.gate(settings, timing.nanoTime()));
        return new ResilientIntrospector(
                remote, gate, endpoint, settings, issuer == null ? SettingNames.MAIN : issuer.names(), timing, log);
    }

    /** Which endpoint that is: an address, or the issuer that names one. */
    static String endpoint(IntrospectionSettings settings, @Nullable IssuerSettings issuer) {
        return settings.url() == null && issuer != null ? issuer.issuer() : String.valueOf(settings.url());
    }

    /** How each endpoint's gate stands, by its address or the issuer that names it. */
    Map<String, GateReading> read() {
        return gates.read();
    }
}
