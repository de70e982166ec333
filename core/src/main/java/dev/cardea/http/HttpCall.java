package dev.cardea.http;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One outgoing call.
 *
 * @param method {@code GET} or {@code POST}
 * @param headers field names and values; they may hold credentials, so a call is never logged
 * @param body the body, or null for none
 * @param timeout total: from the first attempt to connect to the last byte of the body
 * @param maxBody bytes; a larger answer is a {@link TransportException}
 */
public record HttpCall(
        String method, URI uri, Map<String, String> headers, byte @Nullable [] body, Duration timeout, int maxBody) {
    public HttpCall {
        headers = Map.copyOf(headers);
    }

    public static HttpCall get(URI uri, String accept, Duration timeout, int maxBody) {
        return new HttpCall("GET", uri, Map.of("Accept", accept), null, timeout, maxBody);
    }

    /** Method and address without user information and query: what may be logged. */
    @Override
    public String toString() {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return method + " " + uri.getScheme() + "://" + uri.getHost() + port + uri.getRawPath();
    }
}
