package dev.cardea.config;

import dev.cardea.request.AddressRange;
import java.util.List;
import java.util.Set;

/**
 * How requests may come to us.
 *
 * @param requireTls {@code cardea.require-tls}: whether credentials over plain HTTP are refused
 * @param trustedProxies {@code cardea.proxy.trusted}: whose forwarding fields count
 * @param allowedOrigins {@code cardea.cors.allowed-origins}: whose pages browsers may let send and read
 */
public record IncomingSettings(boolean requireTls, List<AddressRange> trustedProxies, Set<String> allowedOrigins) {
    public IncomingSettings {
        trustedProxies = List.copyOf(trustedProxies);
        allowedOrigins = Set.copyOf(allowedOrigins);
    }
}
