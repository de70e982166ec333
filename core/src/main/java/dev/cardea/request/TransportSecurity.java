package dev.cardea.request;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request came by TLS, or did not have to (RFC 6750 5.2, 5.3): {@code cardea.require-tls}.
 *
 * <p>A peer on this machine does not have to. A trusted proxy's word counts in both directions: what it received in the
 * clear has been readable, however it reached us. Whoever else sets forwarding fields is not listened to. Immutable.
 */
public final class TransportSecurity {
    private final boolean required;
    private final List<AddressRange> trustedProxies;

    /** @param trustedProxies whose forwarding fields count */
    public TransportSecurity(boolean required, List<AddressRange> trustedProxies) {
        this.required = required;
        this.trustedProxies = List.copyOf(trustedProxies);
    }

    /**
     * Whether credentials may travel as this request did.
     *
     * @param secure whether the connection is TLS
     * @param peer address of the other end, or null if unknown, which makes it neither local nor a proxy
     */
    public boolean suffices(boolean secure, @Nullable String peer, Fields fields) {
        if (!required) {
            return true;
        }
        // The common case asks for no address.
        if (secure && trustedProxies.isEmpty()) {
            return true;
        }
        IpAddress address = IpAddress.parse(peer);
        ForwardedProtocol forwarded = address != null && isTrusted(address)
                ? ForwardedProtocol.of(fields.all("X-Forwarded-Proto"), fields.all("Forwarded"))
                : ForwardedProtocol.UNSTATED;
        return switch (forwarded) {
            case SECURE -> true;
            case PLAIN -> false;
            case UNSTATED -> secure || (address != null && address.isLoopback());
        };
    }

    private boolean isTrusted(IpAddress address) {
        return trustedProxies.stream().anyMatch(range -> range.contains(address));
    }

    /** The request's header fields: every one of a name, in order. */
    public interface Fields {
        List<String> all(String name);
    }
}
