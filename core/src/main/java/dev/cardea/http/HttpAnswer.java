package dev.cardea.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A complete answer.
 *
 * @param status HTTP status code
 * @param headers field values by lower-case name
 * @param body the whole body, never null
 */
public record HttpAnswer(int status, Map<String, List<String>> headers, byte[] body) {

    /** The first value of a field, or null. */
    public @Nullable String header(String name) {
        List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
        return values == null || values.isEmpty() ? null : values.get(0);
    }

    /** The media type in lower case without parameters, or the empty string. */
    public String mediaType() {
        String type = header("content-type");
        if (type == null) {
            return "";
        }
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).trim().toLowerCase(Locale.ROOT);
    }

    /** Status and size: bodies hold token metadata. */
    @Override
    public String toString() {
        return status + ", " + body.length + " bytes";
    }
}
