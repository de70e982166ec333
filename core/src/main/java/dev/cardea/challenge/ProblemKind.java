package dev.cardea.challenge;

import dev.cardea.reject.Reason;
import java.util.Locale;

/**
 * What a client may know about a refusal (RFC 9457 3.1.1): one problem type for each thing that it can do about it, and
 * none that tells an unknown token from an expired one. {@code docs/reference/problems.md} lists them; their URIs stay.
 */
public enum ProblemKind {
    MALFORMED_CREDENTIALS(400, "Malformed credentials", "The request carries malformed or repeated credentials."),
    MALFORMED_HOST(400, "Malformed host", "The request names its host several times or not as one."),
    AMBIGUOUS_PATH(400, "Ambiguous path", "The path of the request can be read in more than one way."),
    CREDENTIALS_REQUIRED(401, "Credentials required", "The resource requires an access token."),
    INVALID_TOKEN(401, "Invalid access token", "The access token is not valid for this resource."),
    INVALID_PROOF(401, "Invalid DPoP proof", "The DPoP proof is missing or not valid for this request."),
    NONCE_NEEDED(401, "DPoP nonce needed", "The DPoP proof needs the nonce that this answer carries."),
    TLS_REQUIRED(403, "TLS required", "The resource takes and asks for credentials over https only."),
    ACCESS_DENIED(403, "Access denied", "The caller may not access this resource."),
    INSUFFICIENT_SCOPE(403, "Insufficient scope", "The access token lacks a required scope."),
    UNAVAILABLE(503, "Temporarily unavailable", "Whether the request may be granted cannot be told at present.");

    private final int status;
    private final String title;
    private final String detail;

    ProblemKind(int status, String title, String detail) {
        this.status = status;
        this.title = title;
        this.detail = detail;
    }

    /** What a client is told about a refusal for {@code reason}. */
    public static ProblemKind of(Reason reason) {
        return switch (reason) {
            case HOST_MALFORMED -> MALFORMED_HOST;
            case AMBIGUOUS_PATH -> AMBIGUOUS_PATH;
            case TLS_REQUIRED -> TLS_REQUIRED;
            case SCOPE_MISSING -> INSUFFICIENT_SCOPE;
            case PROOF_NONCE -> NONCE_NEEDED;
            case PROOF_MISSING,
                    PROOF_REPEATED,
                    PROOF_TOO_LONG,
                    PROOF_MALFORMED,
                    PROOF_MEMBER_MISSING,
                    PROOF_TYPE,
                    PROOF_ALGORITHM,
                    PROOF_KEY,
                    PROOF_METHOD,
                    PROOF_TARGET,
                    PROOF_TOKEN_HASH,
                    PROOF_EXPIRED,
                    PROOF_TIME,
                    PROOF_SIGNATURE,
                    PROOF_REPLAYED -> INVALID_PROOF;
            default -> ofStatus(reason.status(), reason.error() != null);
        };
    }

    private static ProblemKind ofStatus(int status, boolean error) {
        return switch (status) {
            case 400 -> MALFORMED_CREDENTIALS;
            case 401 -> error ? INVALID_TOKEN : CREDENTIALS_REQUIRED;
            case 403 -> ACCESS_DENIED;
            default -> throw new IllegalStateException("no problem type for " + status);
        };
    }

    /** A tag URI (RFC 4151): a name, and nothing to be fetched. */
    public String type() {
        return "tag:cardea.dev,2026:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** HTTP status code. */
    public int status() {
        return status;
    }

    /** The same words for each problem of the kind. */
    public String title() {
        return title;
    }

    /** What the client can do something about, in a sentence. */
    public String detail() {
        return detail;
    }
}
