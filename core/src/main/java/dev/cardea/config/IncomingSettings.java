package dev.cardea.config;

import dev.cardea.request.AddressRange;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How requests may come to us.
 *
 * @param requireTls {@code cardea.require-tls}: whether credentials over plain HTTP are refused
 * @param trustedProxies {@code cardea.proxy.trusted}: whose forwarding fields count
 * @param externalUrl {@code cardea.external-url}: the address that clients know the application by, or null
 * @param allowedOrigins {@code cardea.cors.allowed-origins}: whose pages browsers may let send and read
 */
public record IncomingSettings(
        boolean requireTls,
        List<AddressRange> trustedProxies,
        @Nullable String externalUrl,
        Set<String> allowedOrigins) {
    public IncomingSettings {
        trustedProxies = List.copyOf(trustedProxies);
        allowedOrigins = Set.copyOf(allowedOrigins);
    }
}
