package dev.cardea.reject;

import org.jspecify.annotations.Nullable;

/**
 * Why the client's request was refused: error code, status and clause meet here and nowhere else.
 *
 * <p>Reasons are for the operator (event, log, metric). The client sees {@link #status()}, {@link #error()} and
 * {@link #description()}, which are the same for every way in which a token can be unusable: what distinguishes an
 * expired from a forged token helps an attacker more than a client (RFC 6750 5.3).
 */
public enum Reason {
    MALFORMED_CREDENTIALS(Outcome.BAD_REQUEST, Clause.B03),
    SEVERAL_CREDENTIALS(Outcome.BAD_REQUEST, Clause.B05),
    HOST_MALFORMED(Outcome.UNREADABLE_HOST, Clause.N13),
    AMBIGUOUS_PATH(Outcome.UNREADABLE_PATH, Clause.N22),

    NO_CREDENTIALS(Outcome.UNAUTHENTICATED, Clause.B09),
    TOKEN_IN_QUERY(Outcome.UNAUTHENTICATED, Clause.B07),
    UNSUPPORTED_SCHEME(Outcome.UNAUTHENTICATED, Clause.B13),
    COOKIE_FROM_ELSEWHERE(Outcome.UNAUTHENTICATED, Clause.C03),

    TOKEN_TOO_LONG(Outcome.INVALID_TOKEN, Clause.W19),
    TOKEN_MALFORMED(Outcome.INVALID_TOKEN, Clause.W17),
    TOKEN_KIND_NOT_ACCEPTED(Outcome.INVALID_TOKEN, Clause.B15),
    TOKEN_ENCRYPTED(Outcome.INVALID_TOKEN, Clause.W06),
    TOKEN_DECRYPTION_FAILED(Outcome.INVALID_TOKEN, Clause.W05),
    TOKEN_NOT_SIGNED(Outcome.INVALID_TOKEN, Clause.T11),
    HEADER_NOT_ACCEPTED(Outcome.INVALID_TOKEN, Clause.W20),
    TYPE_NOT_ACCEPTED(Outcome.INVALID_TOKEN, Clause.T01),
    ALGORITHM_NOT_ACCEPTED(Outcome.INVALID_TOKEN, Clause.T04),
    KEY_UNKNOWN(Outcome.INVALID_TOKEN, Clause.T05),
    SIGNATURE_INVALID(Outcome.INVALID_TOKEN, Clause.T04),
    CLAIMS_MALFORMED(Outcome.INVALID_TOKEN, Clause.T13),
    CLAIM_MISSING(Outcome.INVALID_TOKEN, Clause.T07),
    ISSUER_UNKNOWN(Outcome.INVALID_TOKEN, Clause.N15),
    ISSUER_MISMATCH(Outcome.INVALID_TOKEN, Clause.T02),
    AUDIENCE_MISMATCH(Outcome.INVALID_TOKEN, Clause.T03),
    EXPIRED(Outcome.INVALID_TOKEN, Clause.T06),
    NOT_YET_VALID(Outcome.INVALID_TOKEN, Clause.T13),
    ISSUED_IN_FUTURE(Outcome.INVALID_TOKEN, Clause.T13),
    LIFETIME_TOO_LONG(Outcome.INVALID_TOKEN, Clause.T13),
    INACTIVE(Outcome.INVALID_TOKEN, Clause.I06),
    SENDER_CONSTRAINED(Outcome.INVALID_TOKEN, Clause.D40),
    CONFIRMATION_UNKNOWN(Outcome.INVALID_TOKEN, Clause.M14),
    TOKEN_UNBOUND(Outcome.INVALID_TOKEN, Clause.D18),
    KEY_BINDING(Outcome.INVALID_TOKEN, Clause.D15),
    CERTIFICATE_MISSING(Outcome.INVALID_TOKEN, Clause.M02),
    CERTIFICATE_MISMATCH(Outcome.INVALID_TOKEN, Clause.M02),
    CERTIFICATE_MALFORMED(Outcome.INVALID_TOKEN, Clause.M15),
    SENDER_CONSTRAINT_MISSING(Outcome.INVALID_TOKEN, Clause.D39),

    PROOF_MISSING(Outcome.INVALID_PROOF, Clause.D01),
    PROOF_REPEATED(Outcome.INVALID_PROOF, Clause.D01),
    PROOF_TOO_LONG(Outcome.INVALID_PROOF, Clause.D42),
    PROOF_MALFORMED(Outcome.INVALID_PROOF, Clause.D02),
    PROOF_MEMBER_MISSING(Outcome.INVALID_PROOF, Clause.D03),
    PROOF_TYPE(Outcome.INVALID_PROOF, Clause.D04),
    PROOF_ALGORITHM(Outcome.INVALID_PROOF, Clause.D05),
    PROOF_KEY(Outcome.INVALID_PROOF, Clause.D07),
    PROOF_METHOD(Outcome.INVALID_PROOF, Clause.D08),
    PROOF_TARGET(Outcome.INVALID_PROOF, Clause.D09),
    PROOF_TOKEN_HASH(Outcome.INVALID_PROOF, Clause.D14),
    PROOF_EXPIRED(Outcome.INVALID_PROOF, Clause.D37),
    PROOF_TIME(Outcome.INVALID_PROOF, Clause.D13),
    PROOF_SIGNATURE(Outcome.INVALID_PROOF, Clause.D06),
    PROOF_REPLAYED(Outcome.INVALID_PROOF, Clause.D30),
    PROOF_NONCE(Outcome.NONCE_NEEDED, Clause.D12),

    TLS_REQUIRED(Outcome.FORBIDDEN, Clause.B19),
    ACCESS_DENIED(Outcome.FORBIDDEN, Clause.C05),
    SUBJECT_TYPE(Outcome.FORBIDDEN, Clause.C04),
    ROLE_MISSING(Outcome.FORBIDDEN, Clause.C05),
    SCOPE_MISSING(Outcome.INSUFFICIENT_SCOPE, Clause.B16);

    private final Outcome outcome;
    private final Clause clause;

    Reason(Outcome outcome, Clause clause) {
        this.outcome = outcome;
        this.clause = clause;
    }

    /** HTTP status code: 400, 401 or 403. */
    public int status() {
        return outcome.status;
    }

    /** RFC 6750 3.1 or RFC 9449 7.1 error code, or null where the specification asks for none. */
    public @Nullable String error() {
        return outcome.error;
    }

    /** The client's voice: a constant per error code, or null beside no error code. */
    public @Nullable String description() {
        return outcome.description;
    }

    /** The requirement that was not met. */
    public Clause clause() {
        return clause;
    }

    private enum Outcome {
        BAD_REQUEST(400, "invalid_request", "The request carries malformed or repeated credentials"),
        UNREADABLE_HOST(400, "invalid_request", "The request names its host several times or not as one"),
        UNREADABLE_PATH(400, "invalid_request", "The request path can be read in several ways"),
        UNAUTHENTICATED(401, null, null),
        INVALID_TOKEN(401, "invalid_token", "The access token is not valid for this resource"),
        INVALID_PROOF(401, "invalid_dpop_proof", "The DPoP proof is missing or not valid for this request"),
        NONCE_NEEDED(401, "use_dpop_nonce", "The DPoP proof needs the nonce of this answer"),
        FORBIDDEN(403, null, null),
        INSUFFICIENT_SCOPE(403, "insufficient_scope", "The access token lacks a required scope");

        private final int status;
        private final @Nullable String error;
        private final @Nullable String description;

        Outcome(int status, @Nullable String error, @Nullable String description) {
            this.status = status;
            this.error = error;
            this.description = description;
        }
    }
}
