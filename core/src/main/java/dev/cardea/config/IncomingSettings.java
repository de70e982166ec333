package dev.cardea.config;

import dev.cardea.request.AddressRange;
import java.util.List;

/**
 * How requests may come to us.
 *
 * @param requireTls {@code cardea.require-tls}: whether credentials over plain HTTP are refused
 * @param trustedProxies {@code cardea.proxy.trusted}: whose forwarding fields count
 */
public record IncomingSettings(boolean requireTls, List<AddressRange> trustedProxies) {
    public IncomingSettings {
        trustedProxies = List.copyOf(trustedProxies);
    }
}
