package dev.cardea.clientauth;

import dev.cardea.http.HttpCall;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A form on its way to an endpoint (RFC 7662 2.1, RFC 6749 4.4.2). Immutable; does not show what is in it. */
public final class FormCall {
    private final URI uri;
    private final Map<String, String> headers;
    private final Map<String, String> fields;
    private final Duration timeout;
    private final int maxBody;

    /**
     * @param accept the media type that is asked for
     * @param fields names and values, not encoded
     * @param timeout total, with whatever is done so that the call may be made
     * @param maxBody bytes of the answer
     */
    public FormCall(URI uri, String accept, Map<String, String> fields, Duration timeout, int maxBody) {
        this(
                uri,
                Map.of("Accept", accept, "Content-Type", "application/x-www-form-urlencoded"),
                new LinkedHashMap<>(fields),
                timeout,
                maxBody);
    }

    private FormCall(URI uri, Map<String, String> headers, Map<String, String> fields, Duration timeout, int maxBody) {
        this.uri = uri;
        this.headers = headers;
        this.fields = fields;
        this.timeout = timeout;
        this.maxBody = maxBody;
    }

    public URI uri() {
        return uri;
    }

    public Duration timeout() {
        return timeout;
    }

    FormCall withHeader(String name, String value) {
        return new FormCall(uri, with(headers, name, value), fields, timeout, maxBody);
    }

    FormCall withField(String name, String value) {
        return new FormCall(uri, headers, with(fields, name, value), timeout, maxBody);
    }

    FormCall withTimeout(Duration left) {
        return new FormCall(uri, headers, fields, left, maxBody);
    }

    private static Map<String, String> with(Map<String, String> members, String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return more;
    }

    HttpCall toHttpCall() {
        String form = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return new HttpCall("POST", uri, headers, form.getBytes(StandardCharsets.US_ASCII), timeout, maxBody);
    }

    /** {@code application/x-www-form-urlencoded} (RFC 6749 appendix B). */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Method and address: what may be logged. */
    @Override
    public String toString() {
        return new HttpCall("POST", uri, Map.of(), null, timeout, maxBody).toString();
    }
}
