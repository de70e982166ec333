package dev.cardea.confirmation;

import dev.cardea.certificate.ClientCertificate;
import dev.cardea.demand.NonceUse;
import dev.cardea.dpop.ProofOfPossession;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.request.ReceivedRequest;
import org.jspecify.annotations.Nullable;

/**
 * Who sent one request, as far as it was asked: what the request brings, and what has been proven with it. A proof counts once, so what it
 * proved is kept here, for when the request's token is validated once more. Made and read by {@link SenderConstraints}; for one request,
 * not thread-safe.
 */
public final class Sender {
    private final ReceivedRequest request;
    private final NonceUse nonce;
    private final boolean allowUnmarked;

    @Nullable
    ProofOfPossession possession;

    @Nullable
    ClientCertificate certificate;

    @Nullable
    String certificateField;

    boolean certificateRead;
    boolean strayProof;

    @Nullable
    UndeterminedException doubt;

    @Nullable
    String nonceForClient;

    /**
     * @param nonce what becomes of nonces for this request
     * @param allowUnmarked whether a proof will do of which nobody can tell whether it was used before
     */
    public Sender(ReceivedRequest request, NonceUse nonce, boolean allowUnmarked) {
        this.request = request;
        this.nonce = nonce;
        this.allowUnmarked = allowUnmarked;
    }

    ReceivedRequest request() {
        return request;
    }

    NonceUse nonce() {
        return nonce;
    }

    boolean allowsUnmarked() {
        return allowUnmarked;
    }

    /** Whether a proof came with an unbound bearer token: it was not looked at (D20). */
    public boolean hasStrayProof() {
        return strayProof;
    }

    /** Whether a proof was accepted of which nobody can tell whether it was used before (D35). */
    public boolean isUnmarked() {
        return doubt != null;
    }

    /** Why nobody can tell whether the proof was used before, where it was accepted all the same; else null. */
    public @Nullable UndeterminedException doubt() {
        return doubt;
    }

    /** Whether a proof with a nonce of ours was verified. */
    public boolean hasNonce() {
        return possession != null && possession.hasNonce();
    }

    /** The nonce that the answer is to carry (RFC 9449 8.2, 9), or null. */
    public @Nullable String nonceForClient() {
        return nonceForClient;
    }

    /** The header field of which the client's certificate was taken, so that answers depend on it (RFC 9440 2.4); null if of none. */
    public @Nullable String forwardedCertificateField() {
        return certificateField;
    }
}
