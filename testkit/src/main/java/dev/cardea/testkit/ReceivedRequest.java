package dev.cardea.testkit;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as the server got it. Header names are in lower case; repeated fields keep their order.
 *
 * @param clientCertificate what the client proved its key of in the TLS handshake, or null
 */
public record ReceivedRequest(
        String method,
        String path,
        @Nullable String query,
        Map<String, List<String>> headers,
        String body,
        @Nullable X509Certificate clientCertificate) {

    /** The only value of the header, or null. */
    public @Nullable String header(String lowerCaseName) {
        List<String> values = headers.getOrDefault(lowerCaseName, List.of());
        if (values.size() > 1) {
            throw new IllegalStateException(values.size() + " fields " + lowerCaseName);
        }
        return values.isEmpty() ? null : values.get(0);
    }

    /** The form's fields, decoded; a repeated name keeps every value. */
    public Map<String, List<String>> form() {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (String pair : body.isEmpty() ? new String[0] : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            fields.computeIfAbsent(decode(name), n -> new ArrayList<>()).add(decode(value));
        }
        return fields;
    }

    /** The only value of the form field, or null when it is missing or repeated. */
    public @Nullable String field(String name) {
        List<String> values = form().getOrDefault(name, List.of());
        return values.size() == 1 ? values.get(0) : null;
    }

    static String decode(String encoded) {
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }

    /** Neither the credentials in the headers nor the token in the body. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
