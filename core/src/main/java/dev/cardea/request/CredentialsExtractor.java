package dev.cardea.request;

import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
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
    private static final AuthScheme[] SCHEMES = AuthScheme.values();
    private static final String QUERY_PARAMETER = "access_token=";

    private final Set<AuthScheme> schemes;
    private final int maxTokenLength;
    private final @Nullable String cookie;
    private final TokenHasher hasher = new TokenHasher();

    /** Takes {@code Bearer} only. */
    public CredentialsExtractor(int maxTokenLength, @Nullable String cookie) {
        this(EnumSet.of(AuthScheme.BEARER), maxTokenLength, cookie);
    }

    /**
     * @param schemes those that are accepted; another one is as good as none
     * @param maxTokenLength characters; a longer token is refused before it is looked at
     * @param cookie the cookie that may hold the token where a path rule says so, or null
     */
    public CredentialsExtractor(Set<AuthScheme> schemes, int maxTokenLength, @Nullable String cookie) {
        this.schemes = Set.copyOf(schemes);
        this.maxTokenLength = maxTokenLength;
        this.cookie = cookie;
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

    /**
     * Extracts the credentials where the token may come in the cookie. A browser adds that by itself, so it counts only
     * where the browser says that the request comes from our own origin ({@link SameOrigin}); otherwise it is as if it were
     * not there. Beside an {@code Authorization} field it is one token too many (RFC 6750 2).
     *
     * @param headers every field of a name, as received
     * @throws RejectedException as {@link #extract(List, String)}, and if there are two tokens
     */
    public Credentials extract(String method, Function<String, List<String>> headers, @Nullable String query)
            throws RejectedException {
        List<String> authorization = headers.apply("Authorization");
        List<String> tokens = cookie == null ? List.of() : Cookies.named(cookie, headers.apply("Cookie"));
        if (tokens.isEmpty()) {
            return extract(authorization, query);
        }
        if (tokens.size() > 1 || !authorization.isEmpty()) {
            throw new RejectedException(
                    Reason.SEVERAL_CREDENTIALS,
                    authorization.isEmpty() ? "several cookies of that name" : "an Authorization field and the cookie");
        }
        return SameOrigin.isSaidBy(method, headers)
                ? token(AuthScheme.BEARER, tokens.get(0), 0)
                : new Credentials.Absent(Reason.COOKIE_FROM_ELSEWHERE);
    }

    /** RFC 9110 5.5: white space at the end is not part of a field's value, but Open Liberty hands it on. */
    private static String withoutTrailingSpace(String field) {
        int end = field.length();
        while (end > 0 && (field.charAt(end - 1) == ' ' || field.charAt(end - 1) == '\t')) {
            end--;
        }
        return field.substring(0, end);
    }

    /** What an operator is told about credentials that do not count; empty where there is nothing to tell. */
    public String explained(Credentials.Absent absent) {
        if (absent.reason() != Reason.UNSUPPORTED_SCHEME) {
            return "";
        }
        return schemes.contains(AuthScheme.DPOP)
                ? "the scheme in the Authorization field is neither Bearer nor DPoP"
                : "the scheme in the Authorization field is not Bearer; DPoP is switched off (cardea.dpop.mode=off)";
    }

    /** The scheme of credentials that were refused; null if that cannot be told, or it is not accepted. */
    public @Nullable AuthScheme schemeOf(List<String> authorization) {
        if (authorization.size() != 1) {
            return null;
        }
        String field = authorization.get(0);
        int space = field.indexOf(' ');
        return scheme(field, space < 0 ? field.length() : space);
    }

    private Credentials parse(String field) throws RejectedException {
        int schemeEnd = schemeEnd(field);
        AuthScheme scheme = scheme(field, schemeEnd);
        if (scheme == null) {
            return new Credentials.Absent(Reason.UNSUPPORTED_SCHEME);
        }
        int start = schemeEnd;
        while (start < field.length() && field.charAt(start) == ' ') {
            start++;
        }
        return token(scheme, field, start);
    }

    /** RFC 9110 11.1: in any case. */
    private @Nullable AuthScheme scheme(String field, int schemeEnd) {
        for (AuthScheme scheme : SCHEMES) {
            String label = scheme.label();
            if (schemeEnd == label.length() && field.regionMatches(true, 0, label, 0, schemeEnd)) {
                return schemes.contains(scheme) ? scheme : null;
            }
        }
        return null;
    }

    private Credentials token(AuthScheme scheme, String field, int start) throws RejectedException {
        if (field.length() - start > maxTokenLength) {
            throw new RejectedException(
                    Reason.TOKEN_TOO_LONG,
                    "a token of more than " + maxTokenLength + " characters" + " (cardea.token.max-length)");
        }
        // What is not in this alphabet becomes a question mark, which is not in a token either.
        byte[] ascii = field.getBytes(StandardCharsets.ISO_8859_1);
        if (start == ascii.length || Token68.end(ascii, start) != ascii.length) {
            throw malformed();
        }
        return new Credentials.Presented(scheme, new PresentedToken(field, ascii, start, hasher));
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
