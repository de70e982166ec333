package dev.cardea.challenge;

import dev.cardea.reject.Reason;
import dev.cardea.request.AuthScheme;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code WWW-Authenticate} (RFC 6750 3, RFC 9449 7.1, RFC 9110 11.6.1): the one place where a challenge is put together.
 *
 * <p>Each parameter stands once, and only characters that its grammar allows get in: values that come from
 * configuration are checked there, everything else is a constant. Immutable and thread-safe.
 */
public final class Challenges {
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;

    private final String realm;
    private final List<AuthScheme> schemes;
    private final String proofAlgorithms;

    /** Challenges of the scheme Bearer alone. */
    public Challenges(String realm) {
        this(realm, List.of());
    }

    /**
     * @param realm the protection space; anything that is not printable ASCII becomes {@code ?}
     * @param proofAlgorithms the algorithms of DPoP proofs that are accepted; empty if none is, and the scheme not offered
     */
    public Challenges(String realm, List<String> proofAlgorithms) {
        this.realm = realm;
        this.schemes =
                proofAlgorithms.isEmpty() ? List.of(AuthScheme.BEARER) : List.of(AuthScheme.BEARER, AuthScheme.DPOP);
        this.proofAlgorithms = String.join(" ", proofAlgorithms);
    }

    /** The schemes that are offered where nothing in particular is asked about bindings. */
    public List<AuthScheme> schemes() {
        return schemes;
    }

    /**
     * The field values for a refusal, one for each scheme: some clients cannot take several challenges of one field apart (RFC 9449 7.2,
     * D23). What is wrong is said for the scheme that the client used, and first; for each, where it used none that is offered or the request
     * itself is malformed.
     *
     * @param reason what is said; no {@code error} where the specification asks for none
     * @param scopes what the endpoint requires, or empty where that is not known or does not matter
     * @param used the scheme of the credentials, or null if there were none that can be told
     * @param offered the schemes that the endpoint takes
     */
    public List<String> challenges(
            Reason reason, List<String> scopes, @Nullable AuthScheme used, List<AuthScheme> offered) {
        boolean told = used != null && offered.contains(used) && reason.status() != BAD_REQUEST;
        AuthScheme blamed = told ? used : null;
        if (blamed == null) {
            return offered.stream()
                    .map(scheme -> challenge(scheme, reason, scopes))
                    .toList();
        }
        if (reason.status() != UNAUTHORIZED) {
            return List.of(challenge(blamed, reason, scopes)); // another scheme would not help
        }
        List<String> challenges = new ArrayList<>(offered.size());
        challenges.add(challenge(blamed, reason, scopes));
        for (AuthScheme scheme : offered) {
            if (scheme != blamed) {
                challenges.add(challenge(scheme, Reason.NO_CREDENTIALS, scopes));
            }
        }
        return challenges;
    }

    /** The field value for the scheme Bearer. */
    public String challenge(Reason reason, List<String> scopes) {
        return challenge(AuthScheme.BEARER, reason, scopes);
    }

    private String challenge(AuthScheme scheme, Reason reason, List<String> scopes) {
        StringBuilder value = new StringBuilder(scheme.label()).append(" realm=");
        quote(value, realm);
        parameter(value, "error", reason.error());
        parameter(value, "error_description", reason.description());
        if (!scopes.isEmpty()) {
            parameter(value, "scope", String.join(" ", scopes));
        }
        if (scheme == AuthScheme.DPOP) {
            parameter(value, "algs", proofAlgorithms);
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
