package dev.cardea.request;

import java.util.ArrayList;
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
        ForwardedProtocol simple = ofSimple(forwardedProto);
        ForwardedProtocol standard = ofStandard(forwarded);
        if (simple == UNSTATED || standard == PLAIN) {
            return standard;
        }
        return simple;
    }

    private static ForwardedProtocol ofSimple(List<String> fields) {
        if (fields.isEmpty()) {
            return UNSTATED;
        }
        String last = fields.get(fields.size() - 1);
        return of(last.substring(last.lastIndexOf(',') + 1).strip());
    }

    private static ForwardedProtocol ofStandard(List<String> fields) {
        if (fields.isEmpty()) {
            return UNSTATED;
        }
        List<String> elements = split(fields.get(fields.size() - 1), ',');
        List<String> pairs = elements == null ? null : split(elements.get(elements.size() - 1), ';');
        if (pairs == null) {
            return PLAIN;
        }
        ForwardedProtocol stated = UNSTATED;
        for (String pair : pairs) {
            if (pair.strip().regionMatches(true, 0, "proto=", 0, 6)) {
                if (stated != UNSTATED) {
                    return PLAIN;
                }
                stated = of(unquoted(pair.strip().substring(6)));
            }
        }
        return stated;
    }

    /** The words of proxies: some say {@code wss} for a WebSocket. */
    private static ForwardedProtocol of(String protocol) {
        return protocol.equalsIgnoreCase("https") || protocol.equalsIgnoreCase("wss") ? SECURE : PLAIN;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /** Splits outside quoted strings; null if one does not end. Never empty. */
    private static @Nullable List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return quoted ? null : parts;
    }
}
