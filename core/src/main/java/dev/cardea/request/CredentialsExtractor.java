package dev.cardea.request;

import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the credentials of a request: one {@code Authorization} field, one scheme, strict grammar
 * (RFC 6750 2.1, RFC 9110 11.6.2).
 *
 * <p>The header is the only place where a token counts. A token in the query is ignored, and whether there was one can be
 * asked ({@link #hasToken}), for the record of misuse; a body
 * is never read, since the application may want it. Proves nothing about the token but its spelling and length.
 *
 * <p>Immutable and thread-safe.
 */
public final class CredentialsExtractor {
    private static final String QUERY_PARAMETER = "access_token=";

    private final int maxTokenLength;

    /** @param maxTokenLength characters; a longer token is refused before it is looked at */
    public CredentialsExtractor(int maxTokenLength) {
        this.maxTokenLength = maxTokenLength;
    }

    /**
     * Extracts the credentials.
     *
     * @param authorization every {@code Authorization} field of the request, as received
     * @param query the raw query, or null
     * @throws RejectedException if there is more than one field, or the field is malformed, or the token too long
     */
    public Credentials extract(List<String> authorization, @Nullable String query) throws RejectedException {
        if (authorization.isEmpty()) {
            return new Credentials.Absent(hasToken(query) ? Reason.TOKEN_IN_QUERY : Reason.NO_CREDENTIALS);
        }
        if (authorization.size() > 1) {
            throw new RejectedException(
                    Reason.SEVERAL_CREDENTIALS, authorization.size() + " Authorization fields in one request");
        }
        return parse(withoutTrailingSpace(authorization.get(0)));
    }

    /** RFC 9110 5.5: white space at the end is not part of a field's value, but Open Liberty hands it on. */
    private static String withoutTrailingSpace(String field) {
        int end = field.length();
        while (end > 0 && (field.charAt(end - 1) == ' ' || field.charAt(end - 1) == '\t')) {
            end--;
        }
        return field.substring(0, end);
    }

    private Credentials parse(String field) throws RejectedException {
        int schemeEnd = schemeEnd(field);
        if (!field.substring(0, schemeEnd).equalsIgnoreCase(AuthScheme.BEARER.label())) {
            return new Credentials.Absent(Reason.UNSUPPORTED_SCHEME);
        }
        int start = schemeEnd;
        while (start < field.length() && field.charAt(start) == ' ') {
            start++;
        }
        if (field.length() - start > maxTokenLength) {
            throw new RejectedException(
                    Reason.TOKEN_TOO_LONG,
                    "a token of more than " + maxTokenLength + " characters" + " (cardea.token.max-length)");
        }
        if (start == field.length() || Token68.end(field, start) != field.length()) {
            throw malformed();
        }
        return new Credentials.Presented(AuthScheme.BEARER, new PresentedToken(field.substring(start)));
    }

    /** The scheme is a token, and a space or the end of the field follows it; a tab does not separate. */
    private static int schemeEnd(String field) throws RejectedException {
        int i = 0;
        while (i < field.length() && Token68.isTchar(field.charAt(i))) {
            i++;
        }
        if (i == 0 || (i < field.length() && field.charAt(i) != ' ')) {
            throw malformed();
        }
        return i;
    }

    private static RejectedException malformed() {
        return new RejectedException(
                Reason.MALFORMED_CREDENTIALS, "the Authorization field is not a scheme, spaces and one token68");
    }

    /** Looks for the parameter by name at a parameter's start; decoding it would only find more ways to misuse it. */
    public static boolean hasToken(@Nullable String query) {
        return query != null && (query.startsWith(QUERY_PARAMETER) || query.contains("&" + QUERY_PARAMETER));
    }
}
