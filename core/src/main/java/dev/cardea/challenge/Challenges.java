package dev.cardea.challenge;

import dev.cardea.reject.Reason;
import dev.cardea.request.AuthScheme;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code WWW-Authenticate} (RFC 6750 3, RFC 9110 11.6.1): the one place where a challenge is put together.
 *
 * <p>Each parameter stands once, and only characters that its grammar allows get in: values that come from
 * configuration are checked there, everything else is a constant. Immutable and thread-safe.
 */
public final class Challenges {
    private final String realm;

    /** @param realm the protection space; anything that is not printable ASCII becomes {@code ?} */
    public Challenges(String realm) {
        this.realm = realm;
    }

    /**
     * The field value for a refusal.
     *
     * @param reason what is said; no {@code error} where the specification asks for none
     * @param scopes what the endpoint requires, or empty where that is not known or does not matter
     */
    public String challenge(Reason reason, List<String> scopes) {
        StringBuilder value = new StringBuilder(AuthScheme.BEARER.label()).append(" realm=");
        quote(value, realm);
        parameter(value, "error", reason.error());
        parameter(value, "error_description", reason.description());
        if (!scopes.isEmpty()) {
            parameter(value, "scope", String.join(" ", scopes));
        }
        return value.toString();
    }

    private static void parameter(StringBuilder value, String name, @Nullable String content) {
        if (content != null) {
            value.append(", ").append(name).append('=');
            quote(value, content);
        }
    }

    /** A quoted-string without escapes: what would need one, or could end the line, becomes {@code ?} (B12). */
    private static void quote(StringBuilder value, String content) {
        value.append('"');
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            value.append(c < 0x20 || c > 0x7e || c == '"' || c == '\\' ? '?' : c);
        }
        value.append('"');
    }
}
