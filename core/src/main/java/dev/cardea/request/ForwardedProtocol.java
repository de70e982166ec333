package dev.cardea.request;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the proxy in front of us says about how the request came to it: the last value of {@code X-Forwarded-Proto} and the
 * {@code proto} of the last element of {@code Forwarded} (RFC 7239 5.4). Values before the last one are other proxies', or the
 * client's own.
 *
 * <p>Proves nothing about who wrote the fields: the caller has to know that the peer is a trusted proxy.
 */
public enum ForwardedProtocol {
    /** Neither field says anything. */
    UNSTATED,
    /** Whatever says something says {@code https}. */
    SECURE,
    /** Something says otherwise, or nothing that can be understood: proxies set one field and pass on a client's other. */
    PLAIN;

    /** Reads both fields, every line of each. */
    public static ForwardedProtocol of(List<String> forwardedProto, List<String> forwarded) {
        ForwardedProtocol simple = said(ForwardedElement.lastValue(forwardedProto));
        ForwardedProtocol standard = said(ForwardedElement.last(forwarded).value("proto"));
        return simple == UNSTATED || standard == PLAIN ? standard : simple;
    }

    /** The words of proxies, some of which say {@code wss} for a WebSocket; null for none. */
    static ForwardedProtocol said(@Nullable String protocol) {
        if (protocol == null) {
            return UNSTATED;
        }
        return protocol.equalsIgnoreCase("https") || protocol.equalsIgnoreCase("wss") ? SECURE : PLAIN;
    }
}
